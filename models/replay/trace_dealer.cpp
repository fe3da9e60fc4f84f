#include <algorithm>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/hash.hpp>
#include <cdnsim/models/replay/trace_dealer.hpp>
#include <cdnsim/trace/trace_reader.hpp>

namespace cdnsim {
namespace {

// As many requests are dealt together: who has none of them sleeps until they are over.
constexpr int kReadAhead = 4096;
// Seeds of hashes that must have nothing to do with each other.
constexpr std::uint64_t kNetworkHash = 1;
constexpr std::uint64_t kCellHash = 2;

std::vector<double> users_of(std::span<const AudienceInfo> audiences) {
  std::vector<double> users;
  for (const AudienceInfo& info : audiences) users.push_back(info.audience.share);
  return users;
}

std::map<std::uint64_t, std::uint32_t> named_clients(const TraceReplay& trace,
                                                     std::span<const AudienceInfo> audiences) {
  std::map<std::uint64_t, std::uint32_t> named;
  for (const auto& [client, network] : trace.clients) {
    const auto found = std::find_if(audiences.begin(), audiences.end(), [&](const auto& info) {
      return info.audience.network == network;
    });
    CDNSIM_ASSERT(found != audiences.end(), "client networks are checked when a scenario is read");
    named[trace_client(client)] = static_cast<std::uint32_t>(found - audiences.begin());
  }
  return named;
}

}  // namespace

TraceDealer::TraceDealer(DealerSettings settings,
                         const std::map<std::string, WorkloadSpec>& traffic,
                         const std::map<std::string, TraceSurvey>& surveys,
                         std::span<const AudienceInfo> audiences, const Catalogue& catalogue)
    : settings_(settings),
      catalogue_(catalogue),
      audiences_(audiences.begin(), audiences.end()),
      by_users_(users_of(audiences)) {
  std::uint32_t cells = 0;
  for (const AudienceInfo& info : audiences_) {
    first_cell_.push_back(cells);
    cells += info.cells;
  }
  queues_.resize(cells);
  for (const auto& [name, workload] : traffic) {
    const auto* trace = std::get_if<TraceReplay>(&workload);
    if (trace == nullptr) continue;
    sources_.push_back(Source{TraceStream(*trace, surveys.at(name)),
                              catalogue.index_of_name(trace->content),
                              trace->sizes == TraceSizes::trace,
                              draw_key(settings.seed, {"replayed connections", name}).value,
                              named_clients(*trace, audiences_),
                              {}});
  }
}

std::int64_t TraceDealer::take(std::span<const HeldCell> cells, std::int64_t slot,
                               std::vector<DealtRequest>& out) {
  const std::lock_guard lock(mutex_);
  deal_beyond(slot);
  std::int64_t next = at_end_ ? kNoSlot : std::max(slot + 1, reached_);
  const auto first = static_cast<std::ptrdiff_t>(out.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    std::deque<DealtRequest>& queue = queue_of(cells[i]);
    const auto is_before = [&](const DealtRequest& r) { return slot_of(r.at_ns) < slot; };
    const auto begin = std::find_if_not(queue.begin(), queue.end(), is_before);
    auto end = begin;
    for (; end != queue.end() && slot_of(end->at_ns) == slot; ++end) {
      out.push_back(*end);
      out.back().cell = static_cast<std::uint16_t>(i);
    }
    end = queue.erase(begin, end);
    if (end != queue.end()) next = std::min(next, slot_of(end->at_ns));
  }
  std::sort(out.begin() + first, out.end(),
            [](const DealtRequest& a, const DealtRequest& b) { return a.order < b.order; });
  return next;
}

void TraceDealer::deal_beyond(std::int64_t slot) {
  while (!at_end_ && reached_ <= slot) {
    for (int i = 0; i < kReadAhead && !at_end_; ++i) {
      Source* source = earliest_source();
      if (source == nullptr) {
        at_end_ = true;
      } else {
        deal(*source);
      }
    }
  }
}

// Of several at the same time the first by name; nothing when all that is to be dealt was.
TraceDealer::Source* TraceDealer::earliest_source() {
  if (settings_.clock && dealt_ == settings_.clock->requests) return nullptr;
  Source* earliest = nullptr;
  for (Source& source : sources_) {
    const PlayedRequest* next = source.stream.peek();
    if (next == nullptr) continue;
    if (earliest == nullptr || next->at < earliest->stream.peek()->at) earliest = &source;
  }
  if (earliest == nullptr || settings_.clock) return earliest;
  return earliest->stream.peek()->at < settings_.end ? earliest : nullptr;
}

void TraceDealer::deal(Source& source) {
  const PlayedRequest& request = *source.stream.peek();
  const Home home = home_of(source, request);
  const SimTime at = settings_.clock ? settings_.clock->at(dealt_) : request.at;
  const auto new_connections =
      static_cast<std::uint64_t>(audiences_[home.audience].new_connections * 4294967296.0);
  DealtRequest dealt;
  dealt.order = dealt_++;
  dealt.at_ns = at.time_since_epoch().count();
  dealt.object = object_of(source, request.id);
  dealt.content = source.content;
  dealt.key = catalogue_[source.content].key_of(dealt.object);
  dealt.bytes = source.has_sizes ? request.bytes : 0;
  dealt.new_connection =
      (hash_combine(source.connections_key, request.number) >> 32) < new_connections;
  queue_of(HeldCell{home.audience, home.cell}).push_back(dealt);
  reached_ = slot_of(dealt.at_ns);
  source.stream.advance();
}

TraceDealer::Home TraceDealer::home_of(const Source& source, const PlayedRequest& request) const {
  const bool is_known = request.client != TraceReader::kNobody;
  const std::uint64_t who = is_known ? request.client : request.number;
  const auto named = source.audience_of_client.find(request.client);
  Home home;
  home.audience = is_known && named != source.audience_of_client.end()
                      ? named->second
                      : static_cast<std::uint32_t>(by_users_.pick(
                            static_cast<std::uint32_t>(hash64(who, kNetworkHash) >> 32)));
  home.cell = static_cast<std::uint32_t>(hash64(who, kCellHash) % audiences_[home.audience].cells);
  return home;
}

// Numbered as they come: dense, so that what is kept by object is small.
std::uint32_t TraceDealer::object_of(Source& source, std::uint64_t id) {
  const Slot known = source.objects.find(id);
  if (known != cdnsim::kNoSlot) return static_cast<std::uint32_t>(source.objects[known].word);
  CDNSIM_REQUIRE_USER(source.object_count < UINT32_MAX,
                      "a replayed trace asks for more than 4 G objects");
  source.objects.add(id, source.object_count);
  return source.object_count++;
}

}  // namespace cdnsim
