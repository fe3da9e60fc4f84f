// What the scenario's events do at a node: purges, and servers that come and go.
#include <algorithm>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/node/cache_node.hpp>

namespace cdnsim {
namespace {

// How long after servers came or went requests are asked whether their server is another now.
constexpr Duration kMovesCounted = std::chrono::minutes(1);

}  // namespace

void CacheNode::schedule(const Action& action) {
  CDNSIM_ASSERT(actions_.empty() || action.at >= actions_.back().at, "actions come in order");
  if (const Purge* purge = std::get_if<Purge>(&action.what)) {
    for (std::size_t content = 0; content < rules_.size(); ++content) {
      if (!purge->scope.concerns(static_cast<std::uint16_t>(content))) continue;
      rules_[content].watched = true;
      rules_[content].keeps_made_at = true;
      const auto later =
          std::ranges::upper_bound(purges_[content], purge->published, {},
                                   [](const auto& known) { return known.second.published; });
      purges_[content].emplace(later, action.event, *purge);
    }
  }
  if (const NodeSwitch* node = std::get_if<NodeSwitch>(&action.what)) {
    goes_down_ = true;
    if (node->down) {
      for (Server& server : servers_) server.off.add(action.at);
    }
  }
  if (const ServerSwitch* change = std::get_if<ServerSwitch>(&action.what)) {
    goes_down_ = true;
    if (change->down) servers_[change->server].off.add(action.at);
    keep_homes();
  }
  if (std::holds_alternative<Degrade>(action.what) && !degrading_) {
    degrading_ = std::make_unique<Degrading>(config_.faults);
    open_desk(true);
  }
  goes_down_ = goes_down_ || std::holds_alternative<CellWay>(action.what) ||
               std::holds_alternative<AskerWay>(action.what);
  actions_.push_back(action);
  find_next_planned();
  keep_made_at();
}

// Where it matters which version a copy is of, or whether it is older than a purge.
void CacheNode::keep_made_at() {
  if (std::ranges::none_of(rules_, &CopyRules::keeps_made_at)) return;
  for (Server& server : servers_) server.cache->keep_generated();
}

void CacheNode::carry_out(const Action& action) {
  if (const Purge* purging = std::get_if<Purge>(&action.what)) return purge(*purging, action);
  if (carry_out_way(action)) return;
  if (const Degrade* worse = std::get_if<Degrade>(&action.what)) {
    return degrading_->carry_out(*worse, action.event);
  }
  // Several events may keep one down: it works when the last of them is over.
  const auto count = [](std::uint16_t& causes, bool down) {
    causes = static_cast<std::uint16_t>(down ? causes + 1 : causes - 1);
  };
  const auto turn = [&](Server& server, bool down) {
    count(server.down_causes, down);
    if (down) {
      server.flights_lost = server.coalescer.counters().flights;
      server.solo_flights_lost = solo_flights_;
    }
    server.off.note_switch(action.at, down, server.down_causes > 0);
  };
  if (const NodeSwitch* node = std::get_if<NodeSwitch>(&action.what)) {
    for (Server& server : servers_) turn(server, node->down);
    if (pool_ && node->down) pool_->close_all();
    return;
  }
  if (const ServerSwitch* change = std::get_if<ServerSwitch>(&action.what)) {
    Server& server = servers_[change->server];
    turn(server, change->down);
    if (change->wipe) wipe(server, action);
    return;
  }
  const ServerNoticed& noticed = std::get<ServerNoticed>(action.what);
  if (!moves_) moves_.emplace(catalogue_.size());
  moves_->begin(placement_);
  move_event_ = action.event;
  moves_counted_until_ = action.at + kMovesCounted;
  if (hot_) take_batch_back();
  count(servers_[noticed.server].noticed_causes, noticed.down);
  const bool is_down = servers_[noticed.server].noticed_causes > 0;
  std::visit([&](auto& placement) { placement.set_down(noticed.server, is_down); }, placement_);
  if (hot_) hot_->rearrange(placement_);
  place_batch();
}

void CacheNode::wipe(Server& server, const Action& action) {
  event(action.event).copies += server.cache->erase_if([&](std::uint64_t key,
                                                           std::uint16_t content) {
    const std::uint32_t object = catalogue_[content].object_of(key);
    seen_.exchange(content, catalogue_[content].number_of(key, object), SeenObjects::State::purged);
    return true;
  });
  server.failures.clear();
}

void CacheNode::purge(const Purge& purge, const Action& action) {
  using State = SeenObjects::State;
  CarriedOut done{purge, action.at, {}};
  const auto condemned = [&](std::uint64_t key, std::uint16_t content) {
    if (!purge.scope.concerns(content)) return false;
    const std::uint32_t object = catalogue_[content].object_of(key);
    if (!purge.scope.covers(catalogue_, content, object)) return false;
    if (!purge.soft) {
      seen_.exchange(content, catalogue_[content].number_of(key, object), State::purged);
    }
    return true;
  };
  for (Server& server : servers_) {
    event(action.event).copies += purge.soft ? server.cache->make_stale_if(condemned, action.at)
                                             : server.cache->erase_if(condemned);
    done.flights.push_back(server.coalescer.counters().flights);
    // Keys do not tell what failed: better to ask once too often.
    server.failures.clear();
  }
  fills_.erase_if([&](const BrokenFill& fill) {
    return purge.scope.covers(catalogue_, fill.content, fill.object);
  });
  // What was under way for longer than anybody waits is of no interest any more.
  std::erase_if(carried_out_, [&](const CarriedOut& old) {
    return action.at - old.at > 2 * config_.tier.coalesce + std::chrono::minutes(1);
  });
  carried_out_.push_back(std::move(done));
}

// Whether a purge came while the fetch was under way, whose answer may be what was purged.
bool CacheNode::is_condemned(const Reply& reply) const {
  return std::ranges::any_of(carried_out_, [&](const CarriedOut& done) {
    return reply.token.flight <= done.flights[reply.token.server] &&
           reply.made_at < done.purge.published &&
           done.purge.scope.covers(catalogue_, reply.content, reply.object);
  });
}

void CacheNode::count_move(std::uint64_t key) {
  EventCounts& counts = event(move_event_);
  ++counts.requests;
  counts.moved += owner_in(moves_->before(), key) != owner_of(key);
}

// An answer is outdated when its object has changed at the origin since, or was purged.
void CacheNode::note_outdated(const Waiter& waiter, SimTime made_at, SimTime now) {
  const std::uint16_t content = waiter.asked.content;
  bool outdated = catalogue_[content].version_of(waiter.object, made_at) !=
                  catalogue_[content].version_of(waiter.object, now);
  for (const auto& [number, purge] : purges_[content]) {
    if (purge.published > now) break;
    if (made_at >= purge.published) continue;
    if (!purge.scope.covers(catalogue_, content, waiter.object)) continue;
    ++event(number).served_outdated;
    outdated = true;
  }
  if (outdated) ++counts_of(waiter.asked).outdated;
}

}  // namespace cdnsim
