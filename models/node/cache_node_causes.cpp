// Why a request missed: what became of its object here, and whether another server has it.
// Does not know what is done about it.
#include <cdnsim/models/node/cache_node.hpp>

namespace cdnsim {

MissCause CacheNode::cause_of_absence(const Request& request, std::uint32_t index) {
  using State = SeenObjects::State;
  const Asked& asked = request.asked;
  const ContentClass& content = catalogue_[asked.content];
  const std::uint32_t number = content.number_of(request.key, request.object);
  if (content.formed && content.forms.is_unique(content.form_of(request.key))) {
    return MissCause::first_request;
  }
  const State before = seen_.exchange(asked.content, number, State::asked_for);
  const Placement* const last = moves_ ? moves_->ask(asked.content, number) : nullptr;
  if (before != State::never) {
    if (const auto cause = cause_elsewhere(request, index, last)) return *cause;
  }
  switch (before) {
    case State::never: return MissCause::first_request;
    case State::stored: return MissCause::evicted;
    case State::refused: return MissCause::not_admitted;
    case State::purged: return MissCause::purged;
    case State::missing:
      return rules_[asked.content].not_found_ttl > Duration{0} ? MissCause::expired
                                                               : MissCause::not_admitted;
    case State::asked_for: break;
  }
  return rules_[asked.content].worth_storing() ? MissCause::not_fetched : MissCause::not_admitted;
}

std::optional<MissCause> CacheNode::cause_elsewhere(const Request& request, std::uint32_t index,
                                                    const Placement* last) const {
  if (last != nullptr) {
    const std::uint32_t old = owner_in(*last, request.key);
    const bool has_moved = old != index && old != owner_of(request.key);
    const std::optional<Use> use = has_moved ? use_at(old, request) : std::nullopt;
    if (use) return *use == Use::expired ? MissCause::expired : MissCause::re_steered;
  }
  const bool is_bounded = std::holds_alternative<BoundedRing>(placement_);
  if (!(is_bounded || balances_) || (hot_ && !hot_->replicas_of(request.key).empty()))
    return std::nullopt;
  return cause_spilled(request, index);
}

std::optional<MissCause> CacheNode::cause_spilled(const Request& request,
                                                  std::uint32_t index) const {
  std::optional<MissCause> cause;
  const MembersUp& members = std::visit(
      [](const auto& family) -> const MembersUp& { return family.members(); }, placement_);
  for (std::uint32_t other = 0; other < servers_.size(); ++other) {
    if (other == index || !members.takes(other)) continue;
    const std::optional<Use> use = use_at(other, request);
    if ((use && *use != Use::expired) || servers_[other].coalescer.is_under_way(request.key)) {
      return MissCause::spilled;
    }
    if (use) cause = MissCause::expired;
  }
  return cause;
}

std::optional<Use> CacheNode::use_at(std::uint32_t index, const Request& request) const {
  const ServerCache& cache = *servers_[index].cache;
  const ServerCache::Copy copy = cache.peek(request.key);
  if (copy.state == Lookup::absent) return std::nullopt;
  const Use use = judge(cache.times(copy.slot).fresh_until, request.asked.born,
                        rules_[request.asked.content].windows);
  const bool serves =
      use == Use::fresh || (use == Use::stale_while_revalidate && !request.must_be_fresh);
  return serves ? use : Use::expired;
}

void CacheNode::note_found(const Request& request) {
  const std::uint16_t content = request.asked.content;
  moves_->ask(content, catalogue_[content].number_of(request.key, request.object));
}

}  // namespace cdnsim
