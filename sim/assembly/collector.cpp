#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include <cdnsim/assembly/collector.hpp>
#include <cdnsim/assembly/occurrences.hpp>
#include <cdnsim/base/check.hpp>

namespace cdnsim::assembly {
namespace {

constexpr Duration kSecond = std::chrono::seconds(1);
constexpr std::string_view kHeader =
    "start_s,node,kind,requests,hits,stale_hits,negative_hits,delayed_hits,misses,passes,shed,"
    "dropped,errors,fetches,refreshes,bytes_served,bytes_fetched,answers,first_byte_ns,"
    "stale_on_error,sent_pni,sent_ixp,sent_transit,sent_backbone,received_pni,received_ixp,"
    "received_transit,received_backbone\n";

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::uint64_t requests_of(const Recorder& recorder, std::uint16_t content) {
  return recorder.counts(Phase::warmup, content).requests() +
         recorder.counts(Phase::measured, content).requests();
}

ClassCounts all_of(const Recorder& recorder) {
  ClassCounts sum = recorder.total(Phase::warmup);
  sum += recorder.total(Phase::measured);
  return sum;
}

std::uint64_t answers_in(const ClassCounts& counts) {
  return counts[Status::ok] + counts[Status::not_found];
}

std::uint64_t first_bytes_in(const ClassCounts& counts) {
  return std::accumulate(counts.time_ns.begin(), counts.time_ns.end(), std::uint64_t{0});
}

// When each event lasts, in the order of their names.
std::vector<SpanWatch> watches_of_spans(const Scenario& scenario, std::size_t ports) {
  std::vector<std::vector<SpanWatch::Lasting>> lasting(scenario.events.size());
  for (const Occurrence& one : occurrences_of(scenario)) {
    if (one.at < scenario.duration) lasting[one.event].push_back(lasting_of(one, scenario));
  }
  std::vector<SpanWatch> watches;
  for (auto& times : lasting) watches.emplace_back(std::move(times), scenario.billing ? ports : 0);
  return watches;
}

}  // namespace

Collector::Collector(Network& network, const Scenario& scenario,
                     std::function<void(std::string_view)> series)
    : network_(network),
      scenario_(scenario),
      series_(std::move(series)),
      interval_s_(scenario.series_interval / kSecond),
      loads_(network.plan->topology),
      port_second_(loads_.size()),
      origin_by_class_(network.plan->catalogue.size()),
      edge_by_class_(network.plan->catalogue.size()),
      requests_before_(network.nodes.size() * network.plan->catalogue.size()),
      row_before_(network.nodes.size()),
      traffic_(network),
      span_watches_(watches_of_spans(scenario, loads_.size())) {
  for (const auto& [name, event] : scenario.events) event_watches_.emplace_back(SimTime{event.at});
  for (const Outage& outage : network.plan->outages) ways_watches_.emplace_back(outage);
  degrade_links();
  if (series_) series_(kHeader);
  tell_nodes();
}

void Collector::degrade_links() {
  const std::vector<Link>& links = network_.plan->topology.links();
  for (const Occurrence& one : occurrences_of(scenario_)) {
    const auto* event = std::get_if<DegradeEvent>(&one.what);
    if (event == nullptr || !event->link) continue;
    const auto link = static_cast<std::uint32_t>(std::ranges::find(links, *event->link, &Link::id) -
                                                 links.begin());
    const Duration until = event->lasts ? one.at + *event->lasts : Duration::max();
    for (const bool forward : {true, false}) {
      loads_.degrade(PortLoads::index_of(PortRef{link, forward}), one.at, until,
                     event->capacity.value());
    }
  }
}

const RateFigures& Collector::billed(std::uint32_t link, std::uint32_t direction) const {
  const PortFigures& figures = load(link, direction);
  return figures.all && network_.plan->topology.links()[link].spec.background->billed ? *figures.all
                                                                                      : figures.own;
}

void Collector::close_until(SimTime time) {
  if (SimTime{(second_ + 1) * kSecond} > time) return;
  while (SimTime{(second_ + 1) * kSecond} <= time) close_second();
  tell_nodes();
}

void Collector::close_second() {
  const bool measured = SimTime{second_ * kSecond} >= SimTime{scenario_.warmup};
  close_ports(measured);
  close_requests(measured);
  if (!event_watches_.empty()) close_events(measured);
  ++second_;
  if (second_ - row_start_ == interval_s_) {
    write_rows(row_start_, second_);
    row_start_ = second_;
  }
}

void Collector::close_ports(bool measured) {
  std::fill(port_second_.begin(), port_second_.end(), 0);
  for (const auto& node : network_.nodes) {
    const std::vector<PortRef>& refs = node->egress().port_refs();
    for (std::size_t i = 0; i < refs.size(); ++i) {
      const Bytes bytes = node->egress().ledger().close_second(i, second_);
      const std::size_t port = PortLoads::index_of(refs[i]);
      port_second_[port] += bytes.count();
      bytes_closed_ += static_cast<std::uint64_t>(bytes.count());
      if (!measured) continue;
      loads_.note_queue(port, node->egress().queue_at(i, SimTime{(second_ + 1) * kSecond}));
    }
  }
  for (std::size_t i = 0; i < port_second_.size(); ++i) {
    loads_.close_second(i, Bytes{port_second_[i]}, second_, measured);
  }
  if (series_) traffic_.close_second(loads_);
}

void Collector::tell_nodes() {
  // How far apart the requests of an atomic replay are was worked out for ports without load.
  if (scenario_.replay == ReplayMode::atomic) return;
  for (const auto& node : network_.nodes) {
    Egress& egress = node->egress();
    const std::vector<PortRef>& refs = egress.port_refs();
    for (std::size_t i = 0; i < refs.size(); ++i) {
      const std::size_t port = PortLoads::index_of(refs[i]);
      if (egress.use_of(i) == PortUse::line) {
        egress.hear(i, loads_.line(port, second_), Duration{0});
      } else {
        egress.hear(i, loads_.share(port, second_), loads_.queue(port, second_));
      }
    }
    egress.follow_what_was_heard();
  }
}

void Collector::close_requests(bool measured) {
  const std::size_t classes = network_.plan->catalogue.size();
  std::vector<std::uint64_t> at_origin(classes);
  std::vector<std::uint64_t> at_edge(classes);
  for (std::size_t n = 0; n < network_.nodes.size(); ++n) {
    const ObservedNode& node = *network_.nodes[n];
    if (!serves_clients(node.role()) && node.role() != NodeRole::origin) continue;
    std::vector<std::uint64_t>& sum = node.role() == NodeRole::origin ? at_origin : at_edge;
    for (std::size_t content = 0; content < classes; ++content) {
      const std::uint64_t now = requests_of(node.recorder(), static_cast<std::uint16_t>(content));
      sum[content] += now - requests_before_[n * classes + content];
      requests_before_[n * classes + content] = now;
    }
  }
  if (!measured) return;
  std::uint64_t total = 0;
  for (std::size_t content = 0; content < classes; ++content) {
    origin_by_class_[content].add_second(at_origin[content]);
    edge_by_class_[content].add_second(at_edge[content]);
    total += at_origin[content];
  }
  origin_total_.add_second(total);
}

void Collector::close_events(bool measured) {
  SecondCounts now;
  for (const auto& node : network_.nodes) {
    const ClassCounts counts = all_of(node->recorder());
    switch (node->role()) {
      case NodeRole::edge:
      case NodeRole::embedded:
        now.looked_up += counts.looked_up();
        now.hits += counts.found();
        now.lost += counts.failed();
        now.requests += counts.requests();
        now.answers += answers_in(counts);
        now.stale += counts[Outcome::stale_hit] + counts.stale_on_error;
        now.first_byte_ns += first_bytes_in(counts);
        break;
      case NodeRole::shield: now.shield_requests += counts.requests(); break;
      case NodeRole::origin: now.origin_requests += counts.requests(); break;
      case NodeRole::detector:
      case NodeRole::controller: break;
    }
  }
  const SecondCounts second = now.since(counted_before_);
  counted_before_ = now;
  if (!measured) return;
  for (EventWatch& watch : event_watches_) watch.close_second(second_, second);
  for (SpanWatch& watch : span_watches_) watch.close_second(second_, second, loads_);
  for (WaysWatch& watch : ways_watches_) {
    watch.close_second(second_, {second.answers, second.first_byte_ns});
  }
}

void Collector::write_rows(std::int64_t from_second, std::int64_t until_second) {
  CDNSIM_ASSERT(from_second < until_second, "a row covers some time");
  if (!series_) return;
  fmt::memory_buffer text;
  for (std::size_t n = 0; n < network_.nodes.size(); ++n) {
    const ObservedNode& node = *network_.nodes[n];
    if (is_control(node.role())) continue;
    const ClassCounts now = all_of(node.recorder());
    ClassCounts row = now;
    row -= row_before_[n];
    row_before_[n] = now;
    fmt::format_to(std::back_inserter(text), "{},{},{},{}", from_second, csv_field(node.id()),
                   name_of(node.role()), row.requests());
    for (const std::uint64_t count : row.outcomes) {
      fmt::format_to(std::back_inserter(text), ",{}", count);
    }
    fmt::format_to(std::back_inserter(text), ",{},{},{},{},{},{},{},{}", row.failed(), row.fetches,
                   row.refreshes, row.bytes_served, row.bytes_fetched, answers_in(row),
                   first_bytes_in(row), row.stale_on_error);
    const NodeTraffic::Bytes traffic = traffic_.take(n);
    for (const auto& bytes : {traffic.sent, traffic.received}) {
      fmt::format_to(std::back_inserter(text), ",{}", fmt::join(bytes, ","));
    }
    text.push_back('\n');
  }
  series_(std::string_view(text.data(), text.size()));
}

void Collector::finish() {
  close_until(SimTime{scenario_.duration});
  const SimTime end{scenario_.duration};
  if (SimTime{second_ * kSecond} < end) close_second();
  if (row_start_ < second_) write_rows(row_start_, second_);
  loads_.finish();
  for (RateFigures& figures : origin_by_class_) figures.finish();
  for (RateFigures& figures : edge_by_class_) figures.finish();
  origin_total_.finish();
}

}  // namespace cdnsim::assembly
