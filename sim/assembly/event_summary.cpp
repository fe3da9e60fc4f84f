#include <limits>
#include <set>
#include <string>
#include <utility>

#include <cdnsim/assembly/activity_summary.hpp>
#include <cdnsim/assembly/event_summary.hpp>
#include <cdnsim/assembly/occurrences.hpp>
#include <cdnsim/assembly/span_bill.hpp>
#include <cdnsim/assembly/ways_summary.hpp>
#include <cdnsim/config/domain_members.hpp>

namespace cdnsim::assembly {
namespace {

// Of what fails by chance, those that did in the run.
std::uint64_t servers_failed_by_chance(const std::vector<Occurrence>& happened, std::uint32_t event,
                                       Duration duration) {
  std::set<std::pair<std::string, std::uint32_t>> servers;
  for (const Occurrence& one : happened) {
    const auto* down = std::get_if<DownEvent>(&one.what);
    if (one.event != event || one.at >= duration || down == nullptr || !down->server) continue;
    servers.emplace(down->node, *down->server);
  }
  return servers.size();
}

std::uint64_t servers_failed(const NetworkSpec& network, const EventSpec& event) {
  if (const auto* down = std::get_if<DownEvent>(&event.what)) return down->server.has_value();
  const auto* fail = std::get_if<FailEvent>(&event.what);
  if (fail == nullptr) return 0;
  std::uint64_t count = 0;
  for (const auto& [site, servers] : config::failing(network, *fail).servers) {
    count += servers.size();
  }
  return count;
}

EventCounts counts_of_event(const Network& network, std::size_t index) {
  EventCounts sum;
  for (const auto& node : network.nodes) {
    if (index >= node->event_counts().size()) continue;
    const EventCounts& counts = node->event_counts()[index];
    sum.copies += counts.copies;
    sum.served_outdated += counts.served_outdated;
    sum.requests += counts.requests;
    sum.moved += counts.moved;
    sum.requests_dropped += counts.requests_dropped;
    sum.answers_dropped += counts.answers_dropped;
    sum.messages_dropped += counts.messages_dropped;
    sum.stale_requests += counts.stale_requests;
  }
  return sum;
}

EventSpan span_result(const Scenario& scenario, const Network& network,
                      const SpanWatch::Span& span) {
  const SecondCounts& counts = span.counts;
  EventSpan found;
  found.seconds = static_cast<double>(counts.seconds);
  found.requests = counts.requests;
  found.lost = counts.lost;
  found.stale_answers = counts.stale;
  found.origin_requests = counts.origin_requests;
  found.availability = ratio(counts.answers, counts.answers + counts.lost);
  found.hit_ratio = ratio(counts.hits, counts.looked_up);
  found.ttfb_mean_ms = ratio(counts.first_byte_ns, counts.answers) / 1e6;
  found.month_usd = month_like(scenario, network, span);
  return found;
}

}  // namespace

std::vector<EventResult> events_of(const Scenario& scenario, const Network& network,
                                   const Collector& collector) {
  std::vector<EventResult> events;
  const std::vector<Occurrence> happened = occurrences_of(scenario);
  for (const auto& [name, spec] : scenario.events) {
    const std::size_t index = events.size();
    const auto number = static_cast<std::uint32_t>(index);
    EventResult& event = events.emplace_back();
    event.name = name;
    event.kind = std::visit([](const auto& what) { return std::string(what.kKind); }, spec.what);
    event.at_s = seconds(spec.at);
    event.recurs = recurs_of(scenario, spec, happened, number);
    const EventCounts sum = counts_of_event(network, index);
    event.copies_purged = sum.copies;
    event.served_outdated = sum.served_outdated;
    event.moved_share = ratio(sum.moved, sum.requests);
    collector.event_watches()[index].judge(event);
    event.servers_failed = std::holds_alternative<FaultsEvent>(spec.what)
                               ? servers_failed_by_chance(happened, number, scenario.duration)
                               : servers_failed(scenario.network, spec);
    event.ways = ways_of(number, sum, network, collector);
    const SpanWatch& spans = collector.span_watches()[index];
    if (!spans.has_any()) continue;
    event.spans = EventSpans{span_result(scenario, network, spans.before()),
                             span_result(scenario, network, spans.during()),
                             span_result(scenario, network, spans.after())};
  }
  return events;
}

}  // namespace cdnsim::assembly
