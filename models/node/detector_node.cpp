#include <algorithm>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/node/detector_node.hpp>

namespace cdnsim {

DetectorNode::DetectorNode(std::string id, const ViralSpec& spec,
                           std::unique_ptr<Recorder> recorder, Duration least_delay)
    : ObservedNode(std::move(id), NodeRole::detector, std::move(recorder)),
      every_(spec.report_every),
      least_delay_(least_delay),
      watch_(spec.rules()) {}

void DetectorNode::add_pop(NodeId pop, Duration delay) {
  pops_.push_back(Pop{pop, delay});
  patience_ = std::max({patience_, delay, least_delay_});
}

void DetectorNode::advance(SimTime horizon, std::span<const Message> inbox, Outbox& outbox) {
  for (const Message& message : inbox) {
    CDNSIM_ASSERT(kind_of(message) == MessageKind::hot_report, "a detector gets reports only");
    judge_before(message.at, outbox);
    on_report(message);
  }
  judge_before(horizon, outbox);
  outbox.note_work(inbox.size());
}

void DetectorNode::on_report(const Message& message) {
  const auto report = message.as<HotReport>();
  ++messages(MessageKind::hot_report).received;
  watch_.add({report.key, report.content, report.interval, report.requests, report.social,
              report.first_at.time_since_epoch()});
}

// An interval is judged when the report of the PoP that is furthest away is in, whoever reports.
SimTime DetectorNode::next_work() const {
  const std::optional<std::int64_t> interval = watch_.next_to_judge();
  return interval ? SimTime{(*interval + 1) * every_} + patience_ : SimTime::max();
}

void DetectorNode::judge_before(SimTime time, Outbox& outbox) {
  for (SimTime now = next_work(); now < time; now = next_work()) {
    for (const ViralWatch::Found& found : watch_.judge(*watch_.next_to_judge())) {
      const HotAlert alert{found.key, static_cast<std::uint32_t>(detections_.size()),
                           static_cast<std::uint16_t>(found.tag)};
      detections_.push_back(Detection{found, now});
      for (const Pop& pop : pops_) {
        outbox.send(pop.node, arrival(now, pop.delay, least_delay_),
                    static_cast<std::uint32_t>(MessageKind::hot_alert), alert);
        ++messages(MessageKind::hot_alert).sent;
      }
    }
  }
}

CacheFlows DetectorNode::flows() const {
  CacheFlows flows;
  flows.delays_raised = delays_raised();
  return flows;
}

}  // namespace cdnsim
