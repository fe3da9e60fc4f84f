// What a scenario says of PoPs that open during the run: how they are warmed, in which stages
// clients come, and what sends them back.
// Does not know nodes, steering or caches.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

// The objects that are asked for most, from the PoP's parent.
struct TopWarming {
  static constexpr std::string_view kKind = "top_n";
  std::optional<std::uint64_t> objects;
  std::optional<std::vector<std::string>> classes;
  BitRate rate{1'000'000'000};
};

template <class V>
void describe(V& v, TopWarming& s) {
  v.optional("objects", s.objects,
             "how many, those that are asked for most first; as many as the PoP has room for when "
             "not given",
             at_least(std::uint64_t{1}));
  v.optional("classes", s.classes, "of these classes of content; of all when not given",
             refers_to("/content"));
  v.optional("rate", s.rate, "how fast they come in", at_least(BitRate{1'000}));
}

// The same, of which another PoP gives what it has.
struct PeerWarming {
  static constexpr std::string_view kKind = "peers";
  std::string from;
  TopWarming what = {};
};

template <class V>
void describe(V& v, PeerWarming& s) {
  v.required("from", s.from, "the PoP that is asked; what it has not does not come",
             refers_to("/network/pops"));
  describe(v, s.what);
}

// A copy of the requests that will be its own.
struct ShadowWarming {
  static constexpr std::string_view kKind = "shadow";
  Duration lasts = std::chrono::minutes(5);
};

template <class V>
void describe(V& v, ShadowWarming& s) {
  v.optional("lasts", s.lasts,
             "how long a copy of each request that its clients make elsewhere comes to it: nobody "
             "gets an answer, but what is missing is fetched",
             at_least(Duration{1s}));
}

struct LaunchStage {
  Ratio share{1.0};
  Duration lasts{0};
};

template <class V>
void describe(V& v, LaunchStage& s) {
  v.required("share", s.share,
             "of the cells of clients that steering would give to the PoP, how many it has",
             at_least(Ratio{0.0}), at_most(Ratio{1.0}));
  v.required("lasts", s.lasts, "until the next stage, or until the launch is over",
             at_least(Duration{1s}));
}

// Each criterion is left out by not giving it.
struct RollBackSpec {
  std::optional<Ratio> hit_ratio_below;
  std::optional<double> p95_above;
  std::optional<Ratio> errors_above;
  bool hardware = true;
  Duration settle = std::chrono::seconds(30);
  std::uint64_t least_requests = 1000;
};

template <class V>
void describe(V& v, RollBackSpec& s) {
  v.optional("hit_ratio_below", s.hit_ratio_below, "the PoP's hit ratio in a stage is below this");
  v.optional("p95_above", s.p95_above,
             "the 95th percentile of the PoP's time to first byte in a stage is above this many "
             "times that of the PoPs it takes clients from, as it was before the first stage",
             above(0.0));
  v.optional("errors_above", s.errors_above,
             "the share of the PoP's requests in a stage that ended in an error is above this");
  v.optional("hardware", s.hardware,
             "a server of the PoP has failed, or three of its reports are missing");
  v.optional("settle", s.settle,
             "how long after a stage has begun nothing is measured yet: clients are still coming, "
             "and the cache fills",
             at_least(Duration{0}));
  v.optional("least_requests", s.least_requests,
             "a stage is not judged by fewer requests, but for hardware",
             at_least(std::uint64_t{1}));
}

struct LaunchSpec {
  Duration at{0};
  std::variant<std::monostate, TopWarming, PeerWarming, ShadowWarming> warming;
  std::optional<Duration> starts;
  std::vector<LaunchStage> stages;
  std::optional<RollBackSpec> roll_back;
  Duration report_every = std::chrono::seconds(10);
  std::string place;
};

template <class V>
void describe(V& v, LaunchSpec& s) {
  v.required("at", s.at,
             "when warming begins, from the start of the run; before, the PoP is empty, and until "
             "its first stage it serves nobody",
             at_least(Duration{0}));
  v.choice(s.warming, "how it is warmed");
  v.optional("starts", s.starts, "when the first stage begins; when warming is over if not given",
             at_least(Duration{0}));
  v.required("stages", s.stages, "one after the other", min_members(1));
  v.optional("roll_back", s.roll_back,
             "when one of these holds, all its clients go back where they were");
  v.optional("report_every", s.report_every,
             "how often the PoP, and those it takes clients from, report; decisions fall with "
             "reports",
             at_least(Duration{1s}), at_most(Duration{1h}));
  v.optional("place", s.place,
             "where reports come together and it is decided; the first shield when not given, or "
             "the first origin",
             refers_to("/network/pops", "/network/shields", "/network/origins"));
}

}  // namespace cdnsim
