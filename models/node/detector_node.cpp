#include <algorithm>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/node/detector_node.hpp>

namespace cdnsim {

DetectorNode::DetectorNode(std::string id, const ViralSpec& spec,
                           std::unique_ptr<Recorder> recorder, Duration least_delay)
    : ObservedNode(std::move(id), NodeRole::detector, std::move(recorder)),
      every_(spec.report_every),
      least_delay_(least_delay),
      watch_(spec.rules()),
      tells_end_(spec.mitigations.has_value()) {}

void DetectorNode::add_pop(NodeId pop, Duration report_delay, Duration alert_delay) {
  patience_ = std::max({patience_, report_delay, least_delay_});
  add_listener(pop, alert_delay);
}

void DetectorNode::add_listener(NodeId node, Duration delay) {
  listeners_.push_back(Listener{node, delay});
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

// Also one without reports, if something has cooled down by its end.
std::optional<std::int64_t> DetectorNode::next_interval() const {
  const std::optional<std::int64_t> judged = watch_.next_to_judge();
  const std::optional<std::int64_t> cooled = tells_end_ ? watch_.next_to_cool() : std::nullopt;
  if (judged && cooled) return std::min(*judged, *cooled);
  return judged ? judged : cooled;
}

// An interval is judged when the report of the PoP that is furthest away is in, whoever reports.
SimTime DetectorNode::next_work() const {
  const std::optional<std::int64_t> interval = next_interval();
  return interval ? SimTime{(*interval + 1) * every_} + patience_ : SimTime::max();
}

void DetectorNode::judge_before(SimTime time, Outbox& outbox) {
  for (SimTime now = next_work(); now < time; now = next_work()) {
    const std::int64_t interval = *next_interval();
    for (const ViralWatch::Found& found : watch_.judge(interval)) {
      const HotAlert alert{found.key, static_cast<std::uint32_t>(detections_.size()),
                           static_cast<std::uint16_t>(found.tag), false};
      detections_.push_back(Detection{found, now});
      tell(alert, now, outbox);
    }
    if (!tells_end_) continue;
    for (const std::uint64_t key : watch_.cooled(interval)) end(key, now, outbox);
  }
}

// It may have been found again meanwhile: all of that is over.
void DetectorNode::end(std::uint64_t key, SimTime now, Outbox& outbox) {
  HotAlert alert;
  for (std::uint32_t i = 0; i < detections_.size(); ++i) {
    Detection& detection = detections_[i];
    if (detection.found.key != key || detection.over_at != SimTime::max()) continue;
    detection.over_at = now;
    alert = HotAlert{key, i, static_cast<std::uint16_t>(detection.found.tag), true};
  }
  tell(alert, now, outbox);
}

void DetectorNode::tell(const HotAlert& alert, SimTime now, Outbox& outbox) {
  for (const Listener& listener : listeners_) {
    outbox.send(listener.node, arrival(now, listener.delay, least_delay_),
                static_cast<std::uint32_t>(MessageKind::hot_alert), alert);
    ++messages(MessageKind::hot_alert).sent;
  }
}

CacheFlows DetectorNode::flows() const {
  CacheFlows flows;
  flows.delays_raised = delays_raised();
  return flows;
}

}  // namespace cdnsim
