// What a link, a PoP and an origin say of money among their own fields: which tariffs hold for
// them. Does not know tariffs: they are names here, and anything may include this.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/models/economics/units.hpp>

namespace cdnsim {

// A tariff may be one of the scenario or one that always exists.
inline RefersTo tariff_reference() {
  return refers_to("/billing/tariffs")
      .or_one_of("transit", "port", "pni", "backbone", "colocation", "hardware", "rent", "egress");
}

// Of a link, among its own fields.
struct LinkPricing {
  std::optional<std::string> tariff;
  std::optional<std::string> port;
};

template <class V>
void describe_pricing(V& v, LinkPricing& s) {
  v.optional("tariff", s.tariff,
             "what it costs; when not given, the tariff named like its kind (port for ixp), and "
             "nothing for on_net",
             tariff_reference());
  v.optional("port", s.port,
             "name of the physical port it leaves through; links that name the same one are billed "
             "as one port. A port of its own when not given");
}

// Of a PoP, a shield or an embedded cache, among its own fields.
struct SitePricing {
  std::optional<std::vector<std::string>> tariffs;
  Power server_power{500};
  std::optional<BitRate> rented;
  std::optional<Money> server_price = {};
};

template <class V>
void describe_pricing(V& v, SitePricing& s) {
  v.optional("tariffs", s.tariffs,
             "what it costs; when not given, colocation and hardware, and rent alone for a virtual "
             "PoP",
             tariff_reference());
  v.optional("server_power", s.server_power, "what one server draws", at_least(Power{0}),
             at_most(Power{1'000'000}));
  v.optional("rented", s.rented, "capacity that a virtual PoP pays for whether it is used or not",
             at_least(BitRate{0}), at_most(1000_Tbps));
  v.optional("server_price", s.server_price,
             "purchase price of one server without disks; what its hardware tariff says when not "
             "given",
             at_least(Money{0}), at_most(10'000'000_USD));
}

// Of an origin, among its own fields.
struct OriginPricing {
  std::optional<std::string> tariff;
};

template <class V>
void describe_pricing(V& v, OriginPricing& s) {
  v.optional("tariff", s.tariff, "what its traffic costs; the tariff named egress when not given",
             tariff_reference());
}

}  // namespace cdnsim
