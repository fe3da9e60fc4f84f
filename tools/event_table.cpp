// What a result's table says of events that last.
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include <fmt/format.h>

#include <cdnsim/tools/result_table.hpp>
#include <cdnsim/tools/table.hpp>
#include <cdnsim/tools/units.hpp>

namespace cdnsim::tools {
namespace {

constexpr std::size_t kEventsShown = 3;

std::string spans_table(const EventResult& event, bool is_billed) {
  std::vector<std::string> titles = {shortened(event.name, 24),
                                     "lasts",
                                     "requests",
                                     "available",
                                     "stale",
                                     "hit ratio",
                                     "mean TTFB",
                                     "at origin"};
  if (is_billed) titles.emplace_back("USD a month");
  Table table(std::move(titles));
  const std::array<std::pair<const char*, const EventSpan*>, 3> spans = {
      {{"before", &event.spans->before},
       {"during", &event.spans->during},
       {"after", &event.spans->after}}};
  for (const auto& [name, span] : spans) {
    if (span->seconds == 0) continue;
    std::vector<std::string> cells = {
        name,
        seconds_text(span->seconds),
        count_text(span->requests),
        percent_text(span->availability),
        count_text(span->stale_answers),
        percent_text(span->hit_ratio),
        milliseconds_text(span->ttfb_mean_ms),
        rate_text(static_cast<double>(span->origin_requests) / span->seconds)};
    if (is_billed) cells.push_back(fmt::format("{:.2f}", span->month_usd));
    table.add(std::move(cells));
  }
  return table.text();
}

}  // namespace

std::string events_section(const Result& result) {
  std::string out;
  std::size_t shown = 0, left = 0;
  for (const EventResult& event : result.events) {
    if (!event.spans) continue;
    if (shown == kEventsShown) {
      ++left;
      continue;
    }
    out += (shown++ == 0 ? "" : "\n") + spans_table(event, result.cost.has_value());
  }
  if (left > 0) out += fmt::format("  and {} more events: result.json has them\n", left);
  return out;
}

}  // namespace cdnsim::tools
