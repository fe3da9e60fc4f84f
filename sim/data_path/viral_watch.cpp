#include <algorithm>

#include <cdnsim/data_path/viral_watch.hpp>

namespace cdnsim {

ViralWatch::ViralWatch(const Rules& rules)
    : rules_(rules),
      interval_s_(std::chrono::duration<double>(rules.interval).count()),
      history_(rules.within / rules.interval),
      cool_down_(rules.cool_down / rules.interval) {
  CDNSIM_ASSERT(
      rules.interval.count() > 0 && history_ > 0 && history_ * rules.interval == rules.within,
      "what is compared lies whole intervals apart");
}

void ViralWatch::add(const Report& report) {
  CDNSIM_ASSERT(report.interval > judged_, "a report comes before its interval is judged");
  Open& open = open_[report.interval][report.key];
  open.first_at = open.places == 0 ? report.first_at : std::min(open.first_at, report.first_at);
  open.tag = report.tag;
  open.interval = report.interval;
  open.requests += report.requests;
  open.social += report.social;
  ++open.places;
}

std::optional<std::int64_t> ViralWatch::next_to_judge() const {
  if (open_.empty()) return std::nullopt;
  return open_.begin()->first;
}

std::vector<ViralWatch::Found> ViralWatch::judge(std::int64_t interval) {
  CDNSIM_ASSERT(interval > judged_, "intervals are judged in order");
  judged_ = interval;
  std::vector<Found> all;
  const auto open = open_.extract(interval);
  if (open.empty()) return all;
  for (const auto& [key, sum] : open.mapped()) {
    Object& object = objects_[key];
    if (object.reported < 0 || object.reported < interval - history_) {
      object.first_at = sum.first_at;
    }
    object.reported = interval;
    sum_of(object, interval) = sum;
    Found found = look_at(object, sum);
    const auto signals = std::count(found.signals.begin(), found.signals.end(), true);
    const bool is_viral = found.holds(ViralSignal::acceleration) && signals >= rules_.needed;
    const auto stay = stays_.find(key);
    if (stay != stays_.end() && (is_viral || sum.requests >= stay->second.requests)) {
      stay->second.high = interval;
    }
    if (!is_viral) continue;
    const bool is_new = object.viral < 0 || interval - object.viral > cool_down_;
    object.viral = interval;
    if (!is_new) continue;
    stays_.try_emplace(key, Stay{sum.requests, interval});
    found.key = key;
    found.tag = sum.tag;
    all.push_back(found);
  }
  std::erase_if(objects_, [&](const auto& entry) {
    return entry.second.reported < interval - std::max(history_, cool_down_);
  });
  return all;
}

std::optional<std::int64_t> ViralWatch::next_to_cool() const {
  std::optional<std::int64_t> next;
  for (const auto& [key, stay] : stays_) {
    const std::int64_t cool = stay.high + cool_down_ + 1;
    next = next ? std::min(*next, cool) : cool;
  }
  return next;
}

std::vector<std::uint64_t> ViralWatch::cooled(std::int64_t interval) {
  std::vector<std::uint64_t> all;
  for (const auto& [key, stay] : stays_) {
    if (interval - stay.high > cool_down_) all.push_back(key);
  }
  for (const std::uint64_t key : all) stays_.erase(key);
  return all;
}

ViralWatch::Sum& ViralWatch::sum_of(Object& object, std::int64_t interval) const {
  const std::int64_t kept = history_ + 1;
  if (object.sums.empty()) object.sums.resize(static_cast<std::size_t>(kept));
  return object.sums[static_cast<std::size_t>(interval % kept)];
}

ViralWatch::Found ViralWatch::look_at(Object& object, const Sum& now) const {
  Found found;
  found.first_at = object.first_at;
  found.places = now.places;
  const auto requests = static_cast<double>(now.requests);
  found.rate = requests / interval_s_;
  found.social_share = now.requests == 0 ? 0.0 : static_cast<double>(now.social) / requests;
  const auto set = [&](ViralSignal signal, bool holds) {
    found.signals[static_cast<std::size_t>(signal)] = holds;
  };
  if (const std::int64_t at = now.interval - history_; at >= 0) {
    Sum then = sum_of(object, at);
    if (then.interval != at) then = Sum{};
    const double more = now.places > then.places ? now.places - then.places : 0u;
    const double before =
        static_cast<double>(then.requests) + more * rules_.floor.per_second() * interval_s_;
    found.growth = before > 0 ? requests / before - 1 : 0;
    set(ViralSignal::acceleration, requests > (1 + rules_.acceleration) * before);
  }
  set(ViralSignal::rate, requests >= rules_.rate.per_second() * interval_s_);
  set(ViralSignal::spread, now.places > rules_.places);
  set(ViralSignal::social,
      static_cast<double>(now.social) > rules_.social_share.value() * requests);
  return found;
}

}  // namespace cdnsim
