// A live event: viewers come, poll the manifest of their rendition and ask for each segment that it
// lists. Says who comes and when; what players ask for beyond polls follows from what they get.
// Does not know cells, PoPs or caches.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/models/workload/content.hpp>

namespace cdnsim {

// How segments come down: asked for from below, or sent on as soon as they are out.
enum class LiveDelivery { pull, push, push_to_shields };

constexpr std::array<EnumName<LiveDelivery>, 3> enum_names(LiveDelivery) {
  return {{{LiveDelivery::pull, "pull"},
           {LiveDelivery::push, "push"},
           {LiveDelivery::push_to_shields, "push_to_shields"}}};
}

struct Rendition {
  BitRate bitrate{0};
  double screens = 0;
};

template <class V>
void describe(V& v, Rendition& s) {
  v.required("bitrate", s.bitrate, "video and audio together", at_least(BitRate{1000}));
  v.optional("screens", s.screens,
             "weight of the viewers whose screens show no more than this; where no rendition has "
             "any, all screens show the highest",
             at_least(0.0));
}

// Six to eight are usual; bitrates like those that vendors of encoders recommend, from memory.
std::map<std::string, Rendition> usual_ladder();

struct Live {
  static constexpr std::string_view kKind = "live";
  static constexpr std::uint64_t kMostViewers = 100'000'000;
  static constexpr std::size_t kMostRenditions = 64;
  std::uint64_t viewers = 0;
  Duration starts{0};
  Duration lasts{0};
  Duration doors{0};
  Duration ramp = std::chrono::minutes(2);
  Ratio late{0.0};
  std::optional<Duration> drop_off;
  Ratio stay{0.0};
  std::map<std::string, double> interest;
  Duration segment = std::chrono::seconds(4);
  Duration encoding = std::chrono::seconds(1);
  std::map<std::string, Rendition> ladder = usual_ladder();
  Ratio headroom{0.7};
  std::uint32_t behind = 3;
  std::uint32_t window = 6;
  std::optional<Duration> polls_within;
  Duration manifest_ttl = std::chrono::seconds(2);
  Bytes manifest_size{2000};
  Duration segment_ttl = std::chrono::minutes(10);
  LiveDelivery delivery = LiveDelivery::pull;
  std::string origin;

  // The classes of content that it brings, by name: segments under the workload's own.
  static std::vector<std::string> own_classes(const std::string& id) {
    return {id, id + "_manifests"};
  }
  ContentSpec segments_content() const;
  ContentSpec manifests_content() const;

  std::uint32_t segments() const { return static_cast<std::uint32_t>(lasts / segment); }
  // How much of the demand falls on a user there, against users elsewhere.
  double weight_in(const std::string& region) const;
  Duration phases() const { return polls_within.value_or(segment); }
  // By rising bitrate.
  std::vector<std::pair<std::string, Rendition>> rungs() const;
};

template <class V>
void describe(V& v, Live& s) {
  v.required("viewers", s.viewers, "how many ever watch", at_least(std::uint64_t{1}),
             at_most(Live::kMostViewers));
  v.required("starts", s.starts, "when the first frame is filmed, from the start of the run",
             at_least(Duration{0}));
  v.required("lasts", s.lasts, "how long is filmed, a whole number of segments",
             at_least(Duration{1ms}), at_most(Duration{168h}));
  v.optional("doors", s.doors, "how long before that the first viewers come",
             at_least(Duration{0}));
  v.optional("ramp", s.ramp,
             "from the first viewer to the last of those who come in time: slowly, then faster, "
             "then slowly (3u^2 - 2u^3)",
             at_least(Duration{1ms}), at_most(Duration{168h}));
  v.optional("late", s.late, "share of the viewers who come at any time while it lasts, evenly");
  v.optional("drop_off", s.drop_off,
             "mean time until one who does not stay leaves, exponential; nobody leaves when not "
             "given",
             at_least(Duration{1ms}), at_most(Duration{8760h}));
  v.optional("stay", s.stay, "share of the viewers who stay to the end anyhow");
  v.map("interest", s.interest,
        "viewers per user by region, relative to regions not named (1); it does not change how "
        "many there are",
        at_least(0.0), at_most(1000.0));
  v.optional("segment", s.segment, "playing time of a segment", at_least(Duration{100ms}),
             at_most(Duration{60s}));
  v.optional("encoding", s.encoding,
             "from the last frame of a segment until it is at the origin and its manifest lists it",
             at_least(Duration{0}), at_most(Duration{60s}));
  v.map("ladder", s.ladder, "the renditions; seven usual ones when not given", min_members(1));
  v.optional("headroom", s.headroom,
             "the part of what a player finds on its line that a rendition may take; it finds a "
             "part of the network's access rate, each viewer another one, evenly from none to all");
  v.optional("behind", s.behind,
             "a player starts so many segments before the end of the list, and plays once it has "
             "the first of them",
             at_least(1u), at_most(20u));
  v.optional("window", s.window,
             "segments that a manifest lists; a player that is further behind goes on at the end "
             "of the list",
             at_least(1u), at_most(1000u));
  v.optional("polls_within", s.polls_within,
             "players poll once a segment, each at a moment of its own, evenly within this time "
             "after the segment is listed; the segment's length when not given: no herd",
             at_least(Duration{1ms}));
  v.optional("manifest_ttl", s.manifest_ttl, "max-age of manifests", at_least(Duration{0}),
             at_most(Duration{1h}));
  v.optional("manifest_size", s.manifest_size, "size of a manifest", at_least(Bytes{1}));
  v.optional("segment_ttl", s.segment_ttl, "max-age of segments", at_least(Duration{0}),
             at_most(Duration{24h}));
  v.optional("delivery", s.delivery,
             "pull: caches fetch what they are asked for; push: as soon as a segment is out the "
             "origin sends it, in all renditions and then their manifests, to all who fetch from "
             "it, and they to those who fetch from them; push_to_shields: to shields alone");
  v.required("origin", s.origin, "the origin that owns it", refers_to("/network/origins"));
  v.require(s.ladder.size() <= Live::kMostRenditions, "ladder", "at most 64 renditions");
  v.require(s.doors <= s.starts, "doors",
            "longer than the run goes on before \"starts\"; give at most that");
  v.require(s.window >= s.behind, "window",
            "a player starts \"behind\" segments before the end of the list; give at least that");
  v.require(!s.polls_within || *s.polls_within <= s.segment, "polls_within",
            "players poll once a segment; give at most its length");
  v.require(s.lasts % s.segment == Duration{0}, "lasts",
            "give a whole number of segments; see \"segment\"");
}

}  // namespace cdnsim
