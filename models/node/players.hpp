// The players of live events' viewers at one PoP or embedded cache: what each has got, what it asks
// for next and when, and how well it plays.
// Does not know caches: it is told how answers reach viewers, and hands out requests.
#pragma once

#include <cstdint>
#include <queue>
#include <span>
#include <utility>
#include <vector>

#include <cdnsim/models/node/live_counts.hpp>
#include <cdnsim/models/workload/catalogue.hpp>
#include <cdnsim/models/workload/demand.hpp>

namespace cdnsim {

// How an answer reached a viewer of a cell, or did not.
struct ViewerAnswer {
  std::uint16_t cell = 0;
  std::uint32_t viewer = 0;  // in its cell
  bool is_first = false;     // it is the answer to the first poll
  SimTime last{};            // when its last byte leaves
  Duration round_trip{0};    // between here and the viewer
};

class Players {
 public:
  // `cells[i]` is the cell that arrivals name i. REQUIRES: all outlive it.
  Players(const std::vector<LiveAudience>& audiences, const Catalogue& catalogue,
          std::span<const HeldCell> cells);

  // A manifest that the origin made at `made_at`.
  void got_manifest(const ContentClass& manifests, const ViewerAnswer& answer, SimTime made_at);
  void got_segment(const ContentClass& segments, std::uint32_t object, const ViewerAnswer& answer);
  // An error, or nothing at all. A player asks again when it has the next manifest.
  void failed(const ContentClass& content, const ViewerAnswer& answer);

  // The next request for a segment, or for a manifest once more, in the order of time.
  SimTime next_ask() const { return asks_.empty() ? SimTime::max() : asks_.top().at(); }
  // REQUIRES: there is one.
  Arrival take_ask();

  LiveCounts counts(std::uint16_t event) const;

 private:
  struct Player {
    SimTime plays_zero_at{};  // when the event's first segment would play; once it plays
    std::uint32_t next = 0;   // segment to ask for
    std::uint32_t listed : 28 = 0;
    std::uint32_t came : 1 = 0;   // here, with its first poll
    std::uint32_t begun : 1 = 0;  // knows where to start
    std::uint32_t asks : 1 = 0;   // and has no answer yet
    std::uint32_t plays : 1 = 0;
  };
  struct Later {
    bool operator()(const Arrival& a, const Arrival& b) const {
      if (a.at_ns != b.at_ns) return a.at_ns > b.at_ns;
      return std::pair<std::uint32_t, std::uint32_t>(a.cell, a.object) >
             std::pair<std::uint32_t, std::uint32_t>(b.cell, b.object);
    }
  };

  Player& player(std::uint16_t event, const ViewerAnswer& answer);
  const LiveAudience::Viewer& viewer(std::uint16_t event, const ViewerAnswer& answer) const;
  void note_first(Player& player, const ViewerAnswer& answer, LiveCounts& counts) const;
  void poll_again(const LiveObjects& event, const ContentClass& manifests,
                  const ViewerAnswer& answer);
  void ask_next(const ContentClass& segments, Player& player, const ViewerAnswer& answer);
  void push_ask(const ContentClass& content, std::uint32_t object, SimTime at,
                const ViewerAnswer& answer);
  void start(const LiveObjects& event, Player& player, std::uint32_t segment, SimTime there,
             const ViewerAnswer& answer);
  void go_on(const LiveObjects& event, Player& player, std::uint32_t segment, SimTime there);

  const std::vector<LiveAudience>& audiences_;  // by event
  const Catalogue& catalogue_;
  std::span<const HeldCell> cells_;
  std::vector<std::vector<std::vector<Player>>> players_;  // by event and cell, once it is heard of
  std::vector<LiveCounts> counts_;                         // by event
  std::priority_queue<Arrival, std::vector<Arrival>, Later> asks_;
};

}  // namespace cdnsim
