#include <cdnsim/models/node/service_desk.hpp>

namespace cdnsim {
namespace {

constexpr Duration kBurst = std::chrono::seconds(1);

}  // namespace

ServiceDesk::ServiceDesk(const DeskSettings& settings, std::size_t servers,
                         std::vector<LimitPart> parts)
    : settings_(settings), parts_(std::move(parts)), lengths_(servers), busy_(servers) {
  if (settings.nic) {
    nics_.assign(servers, Port(*settings.nic));
    nic_bytes_.resize(servers);
  }
  if (settings.max_rate) {
    between_ = Duration{static_cast<std::int64_t>(1e9 / settings.max_rate->per_second())};
  }
}

bool ServiceDesk::refuses(std::uint32_t server, std::uint16_t content, SimTime now,
                          bool is_port_full, bool counts) {
  const LimitPart& part = parts_[content];
  if (is_port_full) {
    if (counts) refused_by_ = &Refusals::by_port;
    return true;
  }
  if (!nics_.empty() && nics_[server].queue_at(now) > part(settings_.max_wait)) {
    if (counts) refused_by_ = &Refusals::by_nic;
    return true;
  }
  if (!settings_.max_rate) return false;
  gate_free_at_ = std::max(gate_free_at_, now);
  if (gate_free_at_ + between_ - now > std::max(part(kBurst), between_)) {
    if (counts) refused_by_ = &Refusals::by_node;
    return true;
  }
  gate_free_at_ += between_;
  return false;
}

Duration ServiceDesk::take_up(std::uint32_t server, SimTime now, Duration queued, bool counts,
                              const Degrading* degrading) {
  Duration service = settings_.service_time.mean();
  if (!settings_.service_time.is_fixed()) {
    const DrawBlock block =
        draw(settings_.draws, Counter{static_cast<std::uint32_t>(drawn_),
                                      static_cast<std::uint32_t>(drawn_ >> 32), 0, 0});
    ++drawn_;
    service = settings_.service_time.draw(block.low64());
  }
  if (degrading != nullptr) service = degrading->slowed(service);
  if (settings_.balancer.choices > 1) lengths_.note(server, now + queued + service);
  if (!counts) return service;
  busy_[server] += service;
  waits_.add(queued);
  return service;
}

Duration ServiceDesk::send(std::uint32_t server, SimTime now, Bytes bytes, bool counts) {
  if (nics_.empty()) return Duration{0};
  if (counts) nic_bytes_[server] += bytes;
  return nics_[server].charge(now, bytes);
}

void ServiceDesk::add_to(ServerLoads& loads) const {
  loads.busy = busy_;
  loads.nic_bytes = nic_bytes_;
  loads.nic = settings_.nic.value_or(BitRate{0});
  loads.waits = waits_;
  loads.refusals = refusals_;
}

}  // namespace cdnsim
