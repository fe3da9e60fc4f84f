// Objects that come and go: every rank of a class is taken by a new object again and again, at
// moments of its own, and requests prefer what is new by a half-life.
// Does not know ranks' popularity.
#pragma once

#include <cstdint>
#include <optional>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

struct ChurnSpec {
  Duration every{std::chrono::hours(24)};
  std::optional<Duration> half_life;

  // A request asks for what was newest at its rank some time ago: a time that is exponential with
  // this half-life, and no longer than 20 of them (all but a millionth of it).
  static constexpr std::int64_t kHalfLivesMost = 20;
  Duration longest_ago() const { return half_life ? *half_life * kHalfLivesMost : Duration{0}; }
  // How many objects a rank had before the one that holds it at the start and may be asked for yet.
  std::uint64_t earlier() const {
    return static_cast<std::uint64_t>((longest_ago() + every - Duration{1}) / every);
  }
  // How many objects one rank has at most that somebody asks for in a run of this length.
  std::uint64_t in_run(Duration run) const {
    return earlier() + static_cast<std::uint64_t>(run / every) + 2;
  }
};

template <class V>
void describe(V& v, ChurnSpec& s) {
  v.required("every", s.every,
             "each rank is taken by a new object once in this time, at a moment of its own",
             at_least(Duration{std::chrono::seconds(1)}));
  v.optional("half_life", s.half_life,
             "requests prefer what is new: they ask for what was newest at its rank a while ago, "
             "half of them less than this; an object's demand rises while it is its rank's newest "
             "and then halves in this time. When not given, all ask for the newest",
             at_least(Duration{std::chrono::seconds(1)}));
}

}  // namespace cdnsim
