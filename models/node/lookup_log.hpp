// What one node's look-ups found, request by request, in a part of a run: for whoever wants to know
// in which request two runs part.
// Does not know what a look-up does.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/observe/recorder.hpp>

namespace cdnsim {

struct LoggedLookup {
  SimTime at{};
  std::uint32_t object = 0;
  std::uint16_t content = 0;
  bool by_client = false;               // or by another node
  Outcome outcome = Outcome::kCount;    // kCount: none was counted, as somebody else served it
  MissCause cause = MissCause::kCount;  // kCount: it did not lead a fetch

  friend auto operator<=>(const LoggedLookup&, const LoggedLookup&) = default;
};

class LookupLog {
 public:
  LookupLog(SimTime from, SimTime until) : from_(from), until_(until) {}

  // Does it, and notes what the recorder counted of it meanwhile.
  template <class Serve>
  void note(const Recorder& recorder, LoggedLookup lookup, const Serve& serve) {
    if (lookup.at < from_ || lookup.at >= until_) return serve();
    const Counted before = counted(recorder, lookup.content);
    serve();
    const Counted after = counted(recorder, lookup.content);
    lookup.outcome = static_cast<Outcome>(first_that_grew(before.outcomes, after.outcomes));
    lookup.cause = static_cast<MissCause>(first_that_grew(before.causes, after.causes));
    list_.push_back(lookup);
  }

  // In the order in which the node served them.
  const std::vector<LoggedLookup>& list() const { return list_; }

 private:
  struct Counted {
    std::array<std::uint64_t, kCountOf<Outcome>> outcomes{};
    std::array<std::uint64_t, kCountOf<MissCause>> causes{};
  };

  // Whatever phase it is counted in.
  static Counted counted(const Recorder& recorder, std::uint16_t content) {
    Counted sum;
    for (std::size_t phase = 0; phase < kCountOf<Phase>; ++phase) {
      const ClassCounts& counts = recorder.counts(static_cast<Phase>(phase), content);
      for (std::size_t i = 0; i < sum.outcomes.size(); ++i) sum.outcomes[i] += counts.outcomes[i];
      for (std::size_t i = 0; i < sum.causes.size(); ++i) sum.causes[i] += counts.causes[i];
    }
    return sum;
  }
  template <class Counts>
  static std::size_t first_that_grew(const Counts& before, const Counts& after) {
    std::size_t i = 0;
    while (i < before.size() && after[i] == before[i]) ++i;
    return i;
  }

  SimTime from_, until_;
  std::vector<LoggedLookup> list_;
};

}  // namespace cdnsim
