#include <cdnsim/models/node/spec.hpp>

namespace cdnsim {

PolicyText placement_text(const TierSpec& tier) {
  PolicyText text = tier.placement;
  if (text.name == "ring" || text.name == "bounded") {
    text.parameters.try_emplace("nodes", tier.virtual_nodes);
  }
  return text;
}

TierSpec tier_of(TierSpec tier, const SiteKit& kit) {
  if (kit.memory) tier.memory = *kit.memory;
  if (kit.ssd) tier.storage.ssd = kit.ssd;
  if (kit.hdd) tier.storage.hdd = kit.hdd;
  if (kit.nic) tier.nic = kit.nic;
  if (kit.service_factor != 1.0) tier.service_time = tier.service_time.times(kit.service_factor);
  return tier;
}

}  // namespace cdnsim
