// What a scenario says of a cache inside a client network: whom it serves, with what, and how it is
// filled. Does not know routing, steering or the nodes that it asks.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/models/economics/pricing.hpp>
#include <cdnsim/models/economics/tariff/preset.hpp>
#include <cdnsim/models/node/site_kit.hpp>
#include <cdnsim/models/topology/spec.hpp>

namespace cdnsim {

// A part of each day, by local time; it may hold midnight.
struct FillWindow {
  Duration from{0};
  Duration until{0};

  // `time` may be any time of the run; `utc_offset` is local time minus UTC.
  bool holds(SimTime time, Duration utc_offset) const;
  // The first moment from `time` on at which it holds.
  SimTime next(SimTime time, Duration utc_offset) const;
  // REQUIRES: it holds at `time`. When it ends.
  SimTime end_after(SimTime time, Duration utc_offset) const;
  friend bool operator==(const FillWindow&, const FillWindow&) = default;
};

template <>
struct UnitInfo<FillWindow> {
  static constexpr const char* kName = "a part of the day";
  static constexpr const char* kExample = "02:00-08:00";
  static constexpr const char* kPattern = "^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$";
};
template <>
Parsed<FillWindow> parse<FillWindow>(std::string_view text);
std::string to_text(const FillWindow& window);

enum class FillMode : std::uint8_t {
  on_demand,  // what is asked for and not there comes in, and stays
  ahead  // the objects that are asked for most come in unasked; what is not there passes through
};

constexpr std::array<EnumName<FillMode>, 2> enum_names(FillMode) {
  return {{{FillMode::on_demand, "on_demand"}, {FillMode::ahead, "ahead"}}};
}

struct EmbeddedSpec {
  std::string host;
  std::uint32_t servers = 1;
  std::string place = {};
  std::optional<std::vector<std::string>> serves = {};
  std::vector<std::string> neighbours = {};
  std::string source = "nearest";
  FillMode fill = FillMode::on_demand;
  std::optional<FillWindow> fill_window = {};
  std::optional<BitRate> fill_rate = {};
  std::optional<std::string> hosting = {};
  SiteKit kit = {};
  SitePricing pricing = {};
  std::string preset = "plain";

  static const std::vector<EmbeddedSpec>& presets();
};

template <class V>
void describe(V& v, EmbeddedSpec& s) {
  describe_preset(v, s);
  v.required("host", s.host, "the client network that it stands in, whose users it serves",
             refers_to("/network/client_networks"));
  v.optional("place", s.place, "the metro that it is in; its host's when not given",
             example("frankfurt"));
  v.optional("servers", s.servers, "cache servers behind the hash ring", at_least(1u),
             at_most(4096u));
  v.optional("serves", s.serves,
             "classes of content for which the host steers its users here; all that may be cached "
             "when not given",
             refers_to("/content", "/traffic"));
  v.optional("neighbours", s.neighbours,
             "other client networks whose users it serves too, as its host's policy lets it: "
             "networks behind its host, or those that peer with it",
             refers_to("/network/client_networks"));
  v.optional("source", s.source,
             "whom it asks for what it has not: \"nearest\" (the PoP that serves its host "
             "otherwise) or the id of a PoP or shield");
  v.optional("fill", s.fill,
             "on_demand: what is fetched stays. ahead: what is asked for most is fetched before it "
             "is asked for, and what is asked for and not there passes through");
  v.optional("fill_window", s.fill_window,
             "the part of the day, by the host's time, in which copies come in; outside of it what "
             "is fetched is passed on and not kept. Always when not given");
  v.optional("fill_rate", s.fill_rate,
             "what comes in faster than this is passed on and not kept, or waits where it is "
             "fetched ahead: 1.2Gbps for each server when not given; on_demand has no limit then",
             at_least(BitRate{1'000}));
  describe_kit(v, s.kit);
  describe_pricing(v, s.pricing);
  v.optional("hosting", s.hosting,
             "the tariff by which the room and power that the host gives it are priced; the one "
             "named colocation when not given. The host pays it",
             refers_to("/billing/tariffs").or_one_of("colocation"));
}

}  // namespace cdnsim
