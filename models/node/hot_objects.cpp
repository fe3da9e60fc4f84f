#include <algorithm>
#include <tuple>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/node/hot_objects.hpp>

namespace cdnsim {
namespace {

constexpr std::size_t kMostTold = 100;
static_assert(kMostReplicas == 64, "as many as a scenario may ask for");

std::int64_t second_of(SimTime time) { return time.time_since_epoch() / std::chrono::seconds(1); }

}  // namespace

HotObjects::HotObjects(const HotSpec& spec, Duration service_time, std::uint32_t servers)
    : wanted_(spec.replicas),
      servers_(servers),
      list_({spec.least_rate(service_time), spec.refresh, spec.cool_down, spec.tracked}),
      in_second_(servers) {}

void HotObjects::advance(SimTime now, const Placement& placement) {
  while (list_.next_refresh() <= now) {
    const SimTime at = list_.next_refresh();
    close_second(second_of(at));
    for (Spread& spread : spreads_) {
      if (spread.requests.empty()) continue;
      HotListing& told = spread.told;
      if (spread.came_within) {
        spread.came_within = false;
        told.busiest.front() = busiest_;
        continue;
      }
      told.busiest_after = std::max(told.busiest_after, busiest_);
      if (told.busiest.size() < HotListing::kMostIntervals) told.busiest.push_back(busiest_);
    }
    list_.refresh([&](Slot slot) { begin(slot, placement); }, [&](Slot slot) { end(slot, at); });
    busiest_ = 0;
  }
}

bool HotObjects::list_now(std::uint64_t key, std::uint16_t content, SimTime now,
                          const Placement& placement) {
  advance(now, placement);
  const Slot slot = list_.list_now(key, content, now);
  if (slot == kNoSlot) return false;
  begin(slot, placement);
  spreads_[slot].came_within = true;
  spreads_[slot].told.by_alert = true;
  return true;
}

void HotObjects::hold(std::uint64_t key, std::uint32_t replicas, const Placement& placement) {
  const Slot slot = list_.find(key);
  if (slot == kNoSlot) return;
  list_.hold(slot);
  spreads_[slot].wanted = replicas;
  arrange(spreads_[slot], placement);
}

void HotObjects::let_go(std::uint64_t key, const Placement& placement) {
  const Slot slot = list_.find(key);
  if (slot == kNoSlot || !list_.is_held(slot)) return;
  list_.let_go(slot);
  spreads_[slot].wanted = wanted_;
  arrange(spreads_[slot], placement);
}

std::uint32_t HotObjects::next_server(std::uint64_t key) {
  Spread* const spread = find(key);
  if (spread == nullptr || spread->servers.empty()) return kNobody;
  const std::uint32_t server = spread->servers[spread->turn];
  spread->turn = spread->turn + 1 == spread->servers.size() ? 0 : spread->turn + 1;
  ++spread->requests[server];
  return server;
}

void HotObjects::note_load(std::uint32_t server, SimTime now) {
  if (const std::int64_t second = second_of(now); second != second_) close_second(second);
  ++in_second_[server];
}

void HotObjects::take_back(std::uint64_t key, std::uint32_t server) {
  if (in_second_[server] > 0) --in_second_[server];
  Spread* const spread = find(key);
  if (spread == nullptr || spread->servers.empty()) return;
  --spread->requests[server];
}

std::span<const std::uint32_t> HotObjects::replicas_of(std::uint64_t key) const {
  const Slot slot = list_.find(key);
  if (slot == kNoSlot) return {};
  return spreads_[slot].servers;
}

void HotObjects::note_fill(std::uint64_t key) {
  if (Spread* const spread = find(key)) ++spread->told.fills;
}

void HotObjects::rearrange(const Placement& placement) {
  for (Spread& spread : spreads_) {
    if (!spread.requests.empty()) arrange(spread, placement);
  }
}

HotObjects::Spread* HotObjects::find(std::uint64_t key) {
  const Slot slot = list_.find(key);
  return slot == kNoSlot ? nullptr : &spreads_[slot];
}

void HotObjects::close_second(std::int64_t second) {
  busiest_ = std::max(busiest_, *std::max_element(in_second_.begin(), in_second_.end()));
  std::fill(in_second_.begin(), in_second_.end(), 0);
  second_ = second;
}

void HotObjects::begin(Slot slot, const Placement& placement) {
  if (slot >= spreads_.size()) spreads_.resize(slot + 1);
  Spread& spread = spreads_[slot];
  spread = Spread{};
  spread.told.key = list_.key(slot);
  spread.told.content = static_cast<std::uint16_t>(list_.tag(slot));
  spread.told.first_hot = list_.first_hot(slot);
  spread.told.listed_at = list_.listed_at(slot);
  spread.told.busiest.push_back(busiest_);
  spread.requests.resize(servers_);
  spread.wanted = wanted_;
  arrange(spread, placement);
}

void HotObjects::end(Slot slot, SimTime at) {
  ended_.push_back(told(slot));
  ended_.back().unlisted_at = at;
  spreads_[slot] = Spread{};
  if (ended_.size() >= 2 * kMostTold) keep_the_most_asked(ended_);
}

// The first of the key's own order, or all that are up, the owner first.
void HotObjects::arrange(Spread& spread, const Placement& placement) const {
  const std::uint64_t key = spread.told.key;
  spread.turn = 0;
  std::visit(
      [&](const auto& family) {
        spread.servers.resize(std::min(servers_, spread.wanted == 0 ? 1 : spread.wanted));
        spread.servers.resize(replicas(family, key, std::span(spread.servers)));
        if (spread.wanted != 0 || spread.servers.empty()) return;
        const std::uint32_t owner = spread.servers.front();
        for (std::uint32_t server = 0; server < servers_; ++server) {
          if (server != owner && family.members().takes(server)) spread.servers.push_back(server);
        }
      },
      placement);
}

HotListing HotObjects::told(Slot slot) const {
  const Spread& spread = spreads_[slot];
  HotListing told = spread.told;
  told.peak = list_.peak(slot);
  const std::uint32_t owner = spread.servers.empty() ? kNobody : spread.servers.front();
  if (owner != kNobody) told.by_server.emplace_back(owner, spread.requests[owner]);
  for (std::uint32_t server = 0; server < servers_; ++server) {
    const std::uint64_t requests = spread.requests[server];
    told.requests += requests;
    if (server != owner && requests > 0) told.by_server.emplace_back(server, requests);
  }
  return told;
}

void HotObjects::keep_the_most_asked(std::vector<HotListing>& listings) {
  std::sort(listings.begin(), listings.end(), [](const HotListing& a, const HotListing& b) {
    if (a.requests != b.requests) return a.requests > b.requests;
    return std::tuple(a.listed_at, a.key) < std::tuple(b.listed_at, b.key);
  });
  if (listings.size() > kMostTold) listings.resize(kMostTold);
}

std::vector<HotListing> HotObjects::listings() const {
  std::vector<HotListing> all = ended_;
  for (std::size_t slot = 0; slot < spreads_.size(); ++slot) {
    if (!spreads_[slot].requests.empty()) all.push_back(told(static_cast<Slot>(slot)));
  }
  keep_the_most_asked(all);
  std::sort(all.begin(), all.end(), [](const HotListing& a, const HotListing& b) {
    return std::tuple(a.listed_at, a.key) < std::tuple(b.listed_at, b.key);
  });
  return all;
}

}  // namespace cdnsim
