#include <algorithm>
#include <utility>

#include <cdnsim/assembly/span_watch.hpp>

namespace cdnsim::assembly {

SpanWatch::SpanWatch(std::vector<Lasting> lasting, std::size_t ports)
    : lasting_(std::move(lasting)) {
  std::erase_if(lasting_, [](const Lasting& one) { return one.from >= one.until; });
  std::ranges::sort(lasting_, {}, &Lasting::from);
  std::vector<Lasting> joined;
  for (const Lasting& one : lasting_) {
    if (!joined.empty() && one.from <= joined.back().until) {
      joined.back().until = std::max(joined.back().until, one.until);
    } else {
      joined.push_back(one);
    }
  }
  lasting_ = std::move(joined);
  for (Span& span : spans_) {
    span.carried.resize(ports);
    span.carried_in_all.resize(ports);
  }
}

// A second that something touches is of the time in which it lasts.
std::size_t SpanWatch::span_of(std::int64_t second) {
  const SimTime from{std::chrono::seconds(second)};
  const SimTime until = from + std::chrono::seconds(1);
  while (next_ < lasting_.size() && lasting_[next_].until <= from) ++next_;
  if (next_ < lasting_.size() && lasting_[next_].from < until) return 1;
  return next_ == 0 ? 0 : 2;
}

void SpanWatch::close_second(std::int64_t second, const SecondCounts& counts,
                             const PortLoads& loads) {
  if (!has_any()) return;
  Span& span = spans_[span_of(second)];
  span.counts += counts;
  for (std::size_t port = 0; port < span.carried.size(); ++port) {
    span.carried[port] += loads.carried(port);
    span.carried_in_all[port] += loads.carried_in_all(port);
  }
}

}  // namespace cdnsim::assembly
