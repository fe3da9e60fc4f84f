// Where servers do more than work a fixed time on each request: drawn times, balancing by queues,
// network cards and limits.
#include <array>

#include <cdnsim/models/node/cache_node.hpp>

namespace cdnsim {

void CacheNode::open_desk(bool wanted) {
  const TierSpec& tier = config_.tier;
  const DeskSettings settings{tier.service_time, tier.balancer, tier.nic,
                              config_.max_rate,  tier.max_wait, config_.watches_ports,
                              config_.service};
  if (desk_ || !(wanted || settings.wants_desk())) return;
  desk_ = std::make_unique<ServiceDesk>(settings, servers_.size(), limit_parts(tier, catalogue_));
  balances_ = tier.balancer.choices > 1;
}

std::uint32_t CacheNode::balance(std::uint64_t key, SimTime now) {
  std::array<std::uint32_t, kMostReplicas> choices;
  const std::uint32_t count = std::visit(
      [&](const auto& family) {
        return replicas(family, key, std::span(choices).first(desk_->choices()));
      },
      placement_);
  return count == 0 ? 0 : desk_->shortest_of(std::span(choices).first(count), now);
}

bool CacheNode::take_up_at_desk(std::uint32_t index, Asked& asked) {
  const SimTime now = asked.born;
  if (degrading_ && degrading_->fails()) {
    fails_ = true;
    return false;
  }
  const bool is_port_full =
      config_.watches_ports &&
      egress().is_full(askers_[asked.asker].route, now, desk_->part_of(asked.content));
  if (desk_->refuses(index, asked.content, now, is_port_full, phase_of(asked) == Phase::measured)) {
    return false;
  }
  const bool counts = recorder().phase_at(now) == Phase::measured;
  asked.service = desk_->take_up(index, now, asked.queued, counts, degrading_.get());
  servers_[index].busy_until = now + asked.queued + asked.service;
  servers_[index].requests += counts;
  if (degrading_) asked.service += degrading_->delay();
  return true;
}

Transfer CacheNode::send_carefully(Egress::RouteId route, const Asked& asked, Answer& answer,
                                   SimTime now, SimTime ready) {
  Duration card{0};
  if (desk_ && !answer.refused) {
    const bool counts = recorder().phase_at(asked.born) == Phase::measured;
    card = desk_->send(asked.server, now, answer.bytes, counts);
  }
  Transfer transfer =
      goes_down_ ? send_until_off(route, asked.server, answer, now, ready + card)
                 : egress().send(route, answer.bytes, now, ready + card, answer.last_byte_at);
  transfer.wait += card;
  return transfer;
}

}  // namespace cdnsim
