// What a scenario says of objects that go viral: who looks for them, and what tells them.
// Does not know how they are found.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/viral_watch.hpp>
#include <cdnsim/models/node/mitigation_spec.hpp>

namespace cdnsim {

struct ViralSpec {
  std::string detector;
  Duration report_every = std::chrono::seconds(1);
  Rate floor{50.0};
  double acceleration = 1.0;
  Duration within = std::chrono::seconds(60);
  Rate rate{50'000.0};
  std::uint32_t pops = 10;
  Ratio social_share{0.3};
  std::uint32_t needed = 2;
  Duration cool_down = std::chrono::seconds(60);
  std::uint32_t tracked = 1024;
  std::optional<MitigationSpec> mitigations = {};

  ViralWatch::Rules rules() const {
    return {report_every, within, acceleration, rate, pops, social_share, needed, floor, cool_down};
  }
};

template <class V>
void describe(V& v, ViralSpec& s) {
  v.optional("detector", s.detector,
             "the PoP, shield or origin where reports are judged; the first shield by name when "
             "not given, or the first origin",
             refers_to("/network/pops", "/network/shields", "/network/origins"));
  v.optional("report_every", s.report_every,
             "PoPs count and report in intervals of this length, whole seconds",
             at_least(Duration{1s}), at_most(Duration{1h}));
  v.optional("floor", s.floor, "a PoP reports an object that it was asked for at this rate or more",
             at_least(Rate{1.0}));
  v.optional("acceleration", s.acceleration,
             "first signal: growth above this, of all that is reported; 1 is +100 %", at_least(0.0),
             at_most(1e6));
  v.optional("within", s.within, "the time in which it grew so much, whole intervals",
             at_least(Duration{1s}), at_most(Duration{24h}));
  v.optional("rate", s.rate, "second signal: so many requests per second, all PoPs together",
             at_least(Rate{1.0}));
  v.optional("pops", s.pops, "third signal: reported by more PoPs than this");
  v.optional("social_share", s.social_share,
             "fourth signal: a larger share of its requests than this come from social media");
  v.optional("needed", s.needed, "how many of the four must hold; the first is always one of them",
             at_least(1u), at_most(4u));
  v.optional(
      "cool_down", s.cool_down,
      "it is told anew only when it was not viral for longer than this; mitigations end when "
      "for longer than this it was neither viral nor asked for as much as when it was found",
      at_least(Duration{0}), at_most(Duration{24h}));
  v.optional("tracked", s.tracked, "objects that a PoP counts at a time", at_least(1u),
             at_most(1'000'000u));
  v.optional("mitigations", s.mitigations,
             "what an alert switches on until the object has cooled down; nothing but the list of "
             "hot objects when not given");
}

}  // namespace cdnsim
