// What a scenario says of the engine that steers by load: who reports how often, what it weighs,
// and what holds it back.
// Does not know how it decides.
#pragma once

#include <cstdint>
#include <string>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

struct EngineWeights {
  double proximity = 1;
  double load = 1;
  double network = 1;
  double health = 1;
};

template <class V>
void describe(V& v, EngineWeights& s) {
  v.optional("proximity", s.proximity, "of each millisecond of the round trip", at_least(0.0),
             at_most(1e6));
  v.optional("load", s.load, "of how full the PoP's servers are: 100 ms when they are full",
             at_least(0.0), at_most(1e6));
  v.optional("network", s.network,
             "of how full the fullest port on the way is: 100 ms when it is full", at_least(0.0),
             at_most(1e6));
  v.optional("health", s.health,
             "of the share of the PoP's requests that failed, other than by being shed: 100 ms "
             "when all did",
             at_least(0.0), at_most(1e6));
}

struct EngineSpec {
  std::string place = {};
  Duration report_every = std::chrono::seconds(10);
  Duration decide_every = std::chrono::seconds(30);
  Duration ttl = std::chrono::seconds(20);
  std::uint32_t candidates = 3;
  EngineWeights weights = {};
  Ratio comfortable{0.7};
  // Above the noise of reports of some seconds: loads that are drawn deviate by a few per cent.
  Duration gain = std::chrono::milliseconds(20);
  Ratio most_moves{0.1};
  Duration least_stay = std::chrono::seconds(60);
  bool one_by_one = true;
  std::uint32_t silent_after = 3;
};

template <class V>
void describe(V& v, EngineSpec& s) {
  v.optional("place", s.place,
             "the PoP, shield or origin where it stands; the first shield by name when not given, "
             "or the first origin",
             refers_to("/network/pops", "/network/shields", "/network/origins"));
  v.optional("report_every", s.report_every,
             "PoPs count and report in intervals of this length, whole seconds",
             at_least(Duration{1s}), at_most(Duration{1h}));
  v.optional("decide_every", s.decide_every, "how often it decides, whole seconds",
             at_least(Duration{1s}), at_most(Duration{24h}));
  v.optional("ttl", s.ttl,
             "how long its answers are used: a cell that is to move asks again at moments of its "
             "own, whole seconds",
             at_least(Duration{1s}), at_most(Duration{24h}));
  v.optional("candidates", s.candidates,
             "between how many PoPs nearest to a network it chooses, by delay", at_least(1u),
             at_most(100u));
  v.object("weights", s.weights,
           "what counts how much in the cost of serving a cell from a PoP, in milliseconds");
  v.optional("comfortable", s.comfortable,
             "load of a PoP or port up to which being fuller costs nothing; from there the cost "
             "rises evenly, and goes on rising beyond full",
             at_most(Ratio{0.99}));
  v.optional("gain", s.gain, "a cell moves only when its cost falls by more than this",
             at_least(Duration{0}), at_most(Duration{1h}));
  v.optional("most_moves", s.most_moves,
             "no more than this share of all cells moves in one decision, but always one may");
  v.optional("least_stay", s.least_stay, "a cell that has moved stays for at least this long",
             at_least(Duration{0}), at_most(Duration{24h}));
  v.optional("one_by_one", s.one_by_one,
             "true: each move counts for those decided after it; false: all cells are judged at "
             "once, by the same loads");
  v.optional("silent_after", s.silent_after,
             "a PoP that so many reports in a row are missing from is left by all its cells",
             at_least(1u), at_most(1000u));
}

}  // namespace cdnsim
