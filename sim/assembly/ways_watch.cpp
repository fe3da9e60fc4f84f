#include <algorithm>
#include <limits>

#include <cdnsim/assembly/ways_watch.hpp>

namespace cdnsim::assembly {
namespace {

constexpr Duration kAround = std::chrono::minutes(1);

SimTime minute_after(SimTime time) {
  return time == SimTime::max() ? SimTime::max() : time + kAround;
}

}  // namespace

WaysWatch::WaysWatch(const Outage& outage) : event_(outage.event) {
  const bool reacts = outage.seen_at != SimTime::max();
  const SimTime over = reacts ? outage.seen_back : outage.back;
  const SimTime seen = reacts ? outage.seen_at : outage.back;
  stretches_ = {Stretch{outage.at - kAround, outage.at, {}}, Stretch{outage.at, seen, {}},
                Stretch{seen, over, {}}, Stretch{over, minute_after(over), {}}};
}

// A second that lies in two stretches belongs to none.
void WaysWatch::close_second(std::int64_t second, const AnswerTimes& times) {
  const SimTime from{std::chrono::seconds(second)};
  const SimTime until = from + std::chrono::seconds(1);
  for (Stretch& stretch : stretches_) {
    if (from < stretch.from || until > stretch.until) continue;
    stretch.sum.answers += times.answers;
    stretch.sum.first_byte_ns += times.first_byte_ns;
  }
}

double WaysWatch::Stretch::mean_ms() const {
  if (sum.answers == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(sum.first_byte_ns) / static_cast<double>(sum.answers) / 1e6;
}

void WaysWatch::judge(WaysResult& result) const {
  result.ttfb_before_ms = stretches_[0].mean_ms();
  result.ttfb_unconverged_ms = stretches_[1].mean_ms();
  result.ttfb_converged_ms = stretches_[2].mean_ms();
  result.ttfb_after_ms = stretches_[3].mean_ms();
}

}  // namespace cdnsim::assembly
