// What some users ask for more, or less, than others: by region, by kind of access, by network.
// Does not know how much they ask for in all.
#pragma once

#include <map>
#include <optional>
#include <string>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/models/topology/access_line.hpp>
#include <cdnsim/models/workload/audience.hpp>

namespace cdnsim {

struct TasteSpec {
  std::optional<std::string> region;
  std::optional<AccessKind> access;
  std::optional<std::string> network;
  std::map<std::string, double> times;

  // Who fits all that is said.
  bool is_of(const Audience& audience) const {
    return (!region || *region == audience.region) && (!access || access == audience.access) &&
           (!network || *network == audience.network);
  }
};

template <class V>
void describe(V& v, TasteSpec& s) {
  v.optional("region", s.region, "of users in this region; in any when not given");
  v.optional("access", s.access,
             "of networks that name this kind of access; of any when not given");
  v.optional("network", s.network, "of this client network; of any when not given",
             refers_to("/network/client_networks"));
  v.required("times", s.times,
             "by how much their share of each class is multiplied; they ask as often as others do, "
             "so what one class gets the rest goes without",
             keys_refer_to("/content"), at_least(0.0), at_most(1e6));
}

// By name, for whoever reads them; whom several fit has them all.
using Tastes = std::map<std::string, TasteSpec>;

// The shares of classes in what an audience asks for; they need not sum to 1.
std::map<std::string, double> mix_of(const std::map<std::string, double>& mix, const Tastes& tastes,
                                     const Audience& audience);

}  // namespace cdnsim
