// The viewers of a live event: when each comes and goes, when after a segment is listed it polls,
// and in which rendition it watches; and from that the polls of any slot, a pure function of
// (seed, workload, network, cell, slot) as all demand is.
// Does not know who serves them, nor what they get.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/models/workload/arrival.hpp>
#include <cdnsim/models/workload/audience.hpp>
#include <cdnsim/models/workload/catalogue.hpp>

namespace cdnsim {

class LiveAudience {
 public:
  struct Viewer {
    SimTime comes{};
    SimTime leaves{};
    Duration phase{0};  // of its polls, after a segment is listed
    BitRate line{0};    // the part of its line's rate that it finds
    std::uint32_t rendition = 0;
  };

  // REQUIRES: `catalogue` outlives it and has the event's classes; the audiences' shares are of
  // this workload's demand.
  LiveAudience(std::uint64_t seed, const std::string& name, const Live& live,
               std::span<const AudienceInfo> audiences, const Catalogue& catalogue);

  const LiveObjects& objects() const { return *manifests_->live; }
  // Of one cell, by phase: a viewer's number in its cell is its place here.
  std::span<const Viewer> viewers(std::size_t audience, std::uint32_t cell) const;

  // Appends the polls of some cells of one audience in one slot. `object` of each is the viewer.
  void append_polls(std::size_t audience, std::span<const LabelledCell> cells, SimTime from,
                    SimTime until, std::vector<Arrival>& out) const;

 private:
  const ContentClass& manifests() const { return *manifests_; }
  void add_audience(std::uint64_t seed, const std::string& name, const Live& live,
                    const AudienceInfo& info, std::uint64_t count);
  void append_cell(std::size_t first, std::size_t count, std::uint16_t label, SimTime from,
                   SimTime until, std::vector<Arrival>& out) const;
  void append_poll(std::size_t viewer, std::size_t first, SimTime at, bool is_first,
                   std::uint16_t label, std::vector<Arrival>& out) const;

  const ContentClass* manifests_;
  std::uint16_t content_;
  std::vector<Viewer> viewers_;                  // by audience, cell and phase
  std::vector<std::uint32_t> order_;             // in each cell, by when they come
  std::vector<std::vector<std::size_t>> cells_;  // by audience: where each cell begins, and the end
};

}  // namespace cdnsim
