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
  // `cells[i]` is the cell that arrivals name i. What comes after `end` is not there any more.
  // REQUIRES: all outlive it.
  Players(const std::vector<LiveAudience>& audiences, const Catalogue& catalogue,
          std::span<const HeldCell> cells, SimTime end);

  // A manifest that the origin made at `made_at`.
  void got_manifest(const ContentClass& manifests, const ViewerAnswer& answer, SimTime made_at);
  void got_segment(const ContentClass& segments, std::uint32_t object, const ViewerAnswer& answer);
  // An error, or nothing at all. A player asks again when it has the next manifest.
  void failed(const ContentClass& content, const ViewerAnswer& answer);
  // A cell's viewers come from elsewhere, or go there: players take nothing along.
  void hold(std::uint16_t cell, bool held, SimTime now);
  // A segment was pushed here, and is whole at `whole_at`.
  void note_push(const LiveObjects& event, std::uint32_t object, SimTime whole_at);

  // What the viewer's own line carries at most.
  BitRate line_of(std::uint16_t event, std::uint16_t cell, std::uint32_t viewer) const;

  // The next request for a segment, or for a manifest once more, in the order of time.
  SimTime next_ask() const { return asks_.empty() ? SimTime::max() : asks_.top().at(); }
  // REQUIRES: there is one.
  Arrival take_ask();

  // When the run is over.
  LiveCounts counts(std::uint16_t event) const;
  // Requests for segments that are still in line.
  std::uint64_t in_line() const { return in_line_; }

 private:
  struct Player {
    SimTime plays_zero_at{};  // when the event's first segment would play; once it plays
    SimTime free_at{};        // when the last answer's last byte leaves
    std::uint32_t next = 0;   // segment to ask for
    std::uint32_t listed : 28 = 0;
    std::uint32_t begun : 1 = 0;    // knows where to start
    std::uint32_t asks : 1 = 0;     // and has no answer yet
    std::uint32_t plays : 1 = 0;    // or waits in front of a dark screen, if it has
    std::uint32_t started : 1 = 0;  // has played something
  };
  struct Cell {
    bool held = true;
    SimTime held_since{};
    std::vector<std::vector<Player>> players;  // by event, once one is heard of
  };
  struct Later {
    bool operator()(const Arrival& a, const Arrival& b) const {
      if (a.at_ns != b.at_ns) return a.at_ns > b.at_ns;
      return std::pair<std::uint32_t, std::uint32_t>(a.cell, a.object) >
             std::pair<std::uint32_t, std::uint32_t>(b.cell, b.object);
    }
  };

  Player& player(std::uint16_t event, const ViewerAnswer& answer);
  std::span<const LiveAudience::Viewer> viewers(std::uint16_t event, std::uint16_t cell) const;
  const LiveAudience::Viewer& viewer(std::uint16_t event, const ViewerAnswer& answer) const {
    return viewers(event, answer.cell)[answer.viewer];
  }
  bool came_here(std::uint16_t event, const ViewerAnswer& answer) const {
    return viewer(event, answer).comes >= all_[answer.cell].held_since;
  }
  bool polls_later(const LiveObjects& event, const ViewerAnswer& answer) const;
  void poll_again(const LiveObjects& event, const ContentClass& manifests,
                  const ViewerAnswer& answer);
  void ask_next(const ContentClass& segments, Player& player, const ViewerAnswer& answer);
  void push_ask(const ContentClass& content, std::uint32_t object, SimTime at,
                const ViewerAnswer& answer);
  void start(const LiveObjects& event, Player& player, std::uint32_t segment, SimTime there,
             const ViewerAnswer& answer);
  void go_on(const LiveObjects& event, Player& player, std::uint32_t segment, SimTime there);
  static void add_dark(Duration dark, LiveCounts& counts);
  void add_dark_until(SimTime now, std::uint16_t event, std::uint16_t cell,
                      LiveCounts& counts) const;

  const std::vector<LiveAudience>& audiences_;  // by event
  const Catalogue& catalogue_;
  std::span<const HeldCell> cells_;
  SimTime end_;
  std::vector<Cell> all_;           // by cell
  std::vector<LiveCounts> counts_;  // by event
  std::priority_queue<Arrival, std::vector<Arrival>, Later> asks_;
  std::uint64_t in_line_ = 0;
};

}  // namespace cdnsim
