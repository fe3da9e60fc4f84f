// Viral objects: a PoP reports what it is asked for much, and is told what goes viral everywhere.
#include <algorithm>

#include <cdnsim/models/node/cache_node.hpp>

namespace cdnsim {

void CacheNode::report_to(NodeId detector, Duration delay, const ViralSpec& spec) {
  reports_ = std::make_unique<ViralReports>(spec, detector, delay);
  set_next_report();
}

bool CacheNode::is_down() const {
  return std::ranges::all_of(servers_, [](const Server& s) { return s.down_causes > 0; });
}

// The batch is of one slot, and intervals end between slots only.
void CacheNode::count_for_report() {
  for (const Arrival& arrival : arrivals_.batch()) {
    const ContentClass& content = catalogue_[arrival.content];
    reports_->count(arrival.key, arrival.content, content.is_social(arrival.key, arrival.at()),
                    arrival.at());
  }
}

void CacheNode::send_hot_reports(Outbox& outbox) {
  const SimTime now = reports_->next();
  const std::vector<HotReport> reports = reports_->close();
  if (is_down()) return;
  for (const HotReport& report : reports) {
    outbox.send(reports_->detector(), arrival(now, reports_->delay(), config_.least_delay),
                static_cast<std::uint32_t>(MessageKind::hot_report), report);
    ++messages(MessageKind::hot_report).sent;
  }
}

// What is left of the slot is shared out anew.
void CacheNode::on_alert(const Message& message, Outbox& outbox) {
  const auto alert = message.as<HotAlert>();
  ++messages(MessageKind::hot_alert).received;
  if (alert.over) {
    if (hot_) hot_->advance(message.at, placement_);  // it was held until now
    return end_measures(alert.key);
  }
  AlertHeard heard{alert.detection, message.at, false};
  if (hot_ && reports_ && !is_down()) {
    take_batch_back();
    heard.listed = hot_->list_now(alert.key, alert.content, message.at, placement_);
    // What it has listed itself is spread as its own rules say.
    if (heard.listed && measures_ && measures_->replicate()) {
      hot_->hold(alert.key, measures_->replicate()->replicas, placement_);
    }
    place_batch();
  }
  if (reports_) reports_->heard().push_back(heard);
  if (measures_ && !is_down()) begin_measures(alert, message.at, outbox);
}

std::vector<AlertHeard> CacheNode::alerts_heard() const {
  return reports_ ? reports_->heard() : std::vector<AlertHeard>{};
}

}  // namespace cdnsim
