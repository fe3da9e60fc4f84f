// The figures of all presets of sites. models/node/PRESETS.md lists where each comes from.
#include <cdnsim/models/node/spec.hpp>

namespace cdnsim {
namespace {

// A pod of two racks: 24 servers, 50 TB of SSD, 250 TB of HDD, 25 Gbps.
constexpr std::uint32_t kPod = 24;

SiteKit kit_of_pod() {
  return {.memory = 128_GB, .ssd = 2083_GB, .hdd = 10'417_GB, .cards = 10_Gbps};
}

PopSpec pop(const char* name, std::uint32_t pods) {
  PopSpec made;
  made.servers = pods * kPod;
  made.kit = kit_of_pod();
  made.preset = name;
  return made;
}

PopSpec virtual_pop() {
  PopSpec made;
  made.servers = kPod;
  made.is_virtual = true;
  made.kit = {.memory = 64_GB, .cards = 10_Gbps, .service_factor = 1.5};
  made.preset = "virtual";
  return made;
}

ShieldSpec regional_shield() {
  ShieldSpec made;
  made.servers = 4 * kPod;
  made.kit = {.memory = 256_GB, .ssd = 20'830_GB, .hdd = 104'170_GB, .cards = 25_Gbps};
  made.preset = "regional";
  return made;
}

EmbeddedSpec appliance(const char* name, const SiteKit& kit, Power power) {
  EmbeddedSpec made;
  made.kit = kit;
  made.pricing.server_power = power;
  made.preset = name;
  return made;
}

// One after the other: a list in braces would be copied, member by member.
template <class Spec, class... More>
std::vector<Spec> listed(const More&... more) {
  std::vector<Spec> all(1);  // the first is what holds where no preset is named
  (all.push_back(more), ...);
  return all;
}

}  // namespace

const std::vector<PopSpec>& PopSpec::presets() {
  static const auto all =
      listed<PopSpec>(pop("tier1", 8), pop("tier2", 4), pop("tier3", 1), virtual_pop());
  return all;
}

const std::vector<ShieldSpec>& ShieldSpec::presets() {
  static const auto all = listed<ShieldSpec>(regional_shield());
  return all;
}

const std::vector<EmbeddedSpec>& EmbeddedSpec::presets() {
  static const auto all = listed<EmbeddedSpec>(
      // 36 disks of 7.2 TB and 6 of 500 GB, four cards of 10 Gbps.
      appliance("disks-2013",
                {.memory = 64_GB, .ssd = 3000_GB, .hdd = 259'200_GB, .cards = 40_Gbps}, Power{500}),
      appliance("flash-2016", {.memory = 256_GB, .ssd = 24'000_GB, .cards = 100_Gbps}, Power{350}),
      appliance("flash", {.memory = 512_GB, .ssd = 96'000_GB, .cards = 200_Gbps}, Power{700}));
  return all;
}

}  // namespace cdnsim
