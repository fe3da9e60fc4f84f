#include <cdnsim/models/node/spec.hpp>

namespace cdnsim {

PolicyText placement_text(const TierSpec& tier) {
  PolicyText text = tier.placement;
  if (text.name == "ring" || text.name == "bounded") {
    text.parameters.try_emplace("nodes", tier.virtual_nodes);
  }
  return text;
}

}  // namespace cdnsim
