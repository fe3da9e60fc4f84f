// Who asks for what, when: arrivals as a pure function of (seed, workload, network, cell, slot).
// Does not know who serves a request; adding a PoP or steering otherwise changes no arrival.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/sampler/discrete.hpp>
#include <cdnsim/models/workload/arrival.hpp>
#include <cdnsim/models/workload/audience.hpp>
#include <cdnsim/models/workload/catalogue.hpp>
#include <cdnsim/models/workload/list.hpp>
#include <cdnsim/models/workload/live_audience.hpp>

namespace cdnsim {

class Demand {
 public:
  Demand(std::uint64_t seed, Duration slot, const std::map<std::string, WorkloadSpec>& traffic,
         std::vector<AudienceInfo> audiences, const Catalogue& catalogue);

  Duration slot() const { return slot_; }
  // Whether there is anything to draw: a trace is dealt by others.
  bool draws() const { return !streams_.empty() || !lives_.empty(); }
  std::size_t audiences() const { return audiences_.size(); }
  const AudienceInfo& audience(std::size_t index) const { return audiences_[index]; }

  // Appends the arrivals of some cells of one audience in one slot, in no order of time. They are
  // the same whoever asks and whichever cells he asks for together.
  void append_arrivals(std::size_t audience, std::span<const LabelledCell> cells, std::int64_t slot,
                       std::vector<Arrival>& out) const;
  // By number of the event.
  const std::vector<LiveAudience>& live_events() const { return lives_; }

 private:
  // One workload as the draws need it: which objects, and under which keys. What a crowd adds to a
  // workload is a stream of its own.
  struct Stream {
    const WorkloadSpec* spec;
    bool is_crowd = false;
    std::vector<std::uint16_t> contents;
    std::vector<Discrete> mixes;
    std::vector<std::uint32_t> mix_of;  // by audience: which of them
    std::vector<DrawKey> keys;          // by audience
    std::vector<DrawKey> burst_keys;    // by audience; none where nothing comes in bursts
    std::vector<Audience> audiences;    // with their shares of this workload
    std::vector<std::vector<RegionalOrder>> orders;  // by audience and content; none: no own ones
  };

  void add_stream(std::uint64_t seed, const std::string& name, const WorkloadSpec& spec,
                  bool is_crowd);
  void add_audience(std::uint64_t seed, const std::string& name, const Audience& audience,
                    Stream& stream) const;
  double mean_in_slot(const Stream& stream, std::size_t audience, std::int64_t slot) const;
  void append_cell(const Stream& stream, std::size_t audience, LabelledCell cell, std::int64_t slot,
                   double mean, std::vector<Arrival>& out) const;

  Duration slot_;
  std::vector<AudienceInfo> audiences_;
  const Catalogue& catalogue_;
  std::vector<Stream> streams_;
  std::vector<LiveAudience> lives_;
};

}  // namespace cdnsim
