// Deals the requests of traces to the cells of their clients, slot by slot, read ahead.
// Does not know who holds a cell, nor caches. Holds what was read and not yet taken, and every
// object of a trace once.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <cdnsim/base/sampler/discrete.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/key_table.hpp>
#include <cdnsim/models/replay/trace_stream.hpp>
#include <cdnsim/models/workload/demand.hpp>

namespace cdnsim {

// The times of atomic replay: one request after the other, each `gap` after the one before, in the
// order of the traces' own times.
struct AtomicClock {
  Duration gap{0};
  std::uint64_t warmup_requests = 0;
  std::uint64_t requests = 0;  // all that are played
  SimTime measured_from{};     // when the warm-up's requests are over

  SimTime at(std::uint64_t number) const {
    if (number < warmup_requests) return SimTime{static_cast<std::int64_t>(number) * gap};
    return measured_from + static_cast<std::int64_t>(number - warmup_requests) * gap;
  }
};

struct DealtRequest {
  std::uint64_t order = 0;  // among all that are dealt
  std::int64_t at_ns = 0;
  std::uint64_t key = 0;
  std::int64_t bytes = 0;  // 0: by the law of its class
  std::uint32_t object = 0;
  std::uint16_t content = 0;
  std::uint16_t cell = 0;  // which of the cells that were asked for
  bool new_connection = false;
};

struct DealerSettings {
  std::uint64_t seed = 1;
  Duration slot{0};
  SimTime end{};  // what comes at it or later is not dealt
  std::optional<AtomicClock> clock;
};

// Several threads may take at a time: what each gets depends on the traces alone.
class TraceDealer {
 public:
  // `traffic` holds traces, with `surveys` of all of them, and perhaps other workloads; both
  // outlive the dealer.
  TraceDealer(DealerSettings settings, const std::map<std::string, WorkloadSpec>& traffic,
              const std::map<std::string, TraceSurvey>& surveys,
              std::span<const AudienceInfo> audiences, const Catalogue& catalogue);

  static constexpr std::int64_t kNoSlot = INT64_MAX;

  // The requests of some cells in one slot, in the order of the traces. Returns the next slot in
  // which these cells may have more. REQUIRES: who holds a cell asks for its slots one after the
  // other; those in which it has nothing may be left out. Where a cell goes to somebody else, he
  // may ask for the slots after that first.
  std::int64_t take(std::span<const HeldCell> cells, std::int64_t slot,
                    std::vector<DealtRequest>& out);

 private:
  struct Source {
    TraceStream stream;
    std::uint16_t content;
    bool has_sizes;
    std::uint64_t connections_key;
    std::map<std::uint64_t, std::uint32_t> audience_of_client;
    KeyTable objects;
    std::uint32_t object_count = 0;
  };
  struct Home {
    std::uint32_t audience = 0;
    std::uint32_t cell = 0;
  };

  void deal_beyond(std::int64_t slot);
  Source* earliest_source();
  void deal(Source& source);
  Home home_of(const Source& source, const PlayedRequest& request) const;
  static std::uint32_t object_of(Source& source, std::uint64_t id);
  std::int64_t slot_of(std::int64_t at_ns) const { return at_ns / settings_.slot.count(); }
  std::deque<DealtRequest>& queue_of(const HeldCell& held) {
    return queues_[first_cell_[held.audience] + held.cell];
  }

  DealerSettings settings_;
  const Catalogue& catalogue_;
  std::vector<AudienceInfo> audiences_;
  Discrete by_users_;
  std::vector<std::uint32_t> first_cell_;  // by audience, into queues_

  std::mutex mutex_;  // of all that follows
  std::vector<Source> sources_;
  std::vector<std::deque<DealtRequest>> queues_;  // by cell
  std::uint64_t dealt_ = 0;
  std::int64_t reached_ = -1;  // the slot of the last that was dealt
  bool at_end_ = false;
};

}  // namespace cdnsim
