// What a trace is like: how much is asked for, how often the same, how large, how soon again.
// Does not know caches. Holds each object once.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include <cdnsim/data_path/slot_index.hpp>
#include <cdnsim/trace/trace_request.hpp>

namespace cdnsim {

struct TraceSummary {
  std::uint64_t requests = 0, objects = 0;
  std::int64_t bytes = 0;          // of all requests
  std::int64_t footprint = 0;      // of all objects, by their first sizes
  std::uint64_t size_changes = 0;  // requests with another size than their object's last
  Duration duration{0};            // from the first request to the last
  std::uint64_t asked_once = 0;    // objects
  std::uint64_t most_asked = 0;    // requests for the most popular object
  std::int64_t size_least = 0, size_median = 0, size_p90 = 0, size_most = 0;  // of objects
  // The slope of log(requests) against log(rank), over objects asked for at least ten times and
  // with the same weight for every octave of ranks; NaN when there are fewer than ten of them.
  double zipf_exponent = 0;
  // The lognormal law with the mean and the deviation of the logarithms of the objects' sizes, and
  // the largest distance between its distribution and theirs (Kolmogorov-Smirnov). A sigma of 0:
  // all objects are of one size.
  double size_law_median = 0, size_law_sigma = 0, size_law_distance = 0;
  // Requests whose object was asked for not more than a thousandth, a hundredth, a tenth of all
  // requests ago.
  std::array<std::uint64_t, 3> reused_within{};
  // Objects asked for in each tenth of the requests, and of those the ones never asked for before.
  std::vector<std::uint64_t> objects_in_tenth, new_in_tenth;
};

class TraceProfile {
 public:
  // `requests` are how many will be added: for the tenths.
  explicit TraceProfile(std::uint64_t requests);

  void add(std::span<const TraceRequest> requests);
  // REQUIRES: called once, at the end.
  TraceSummary summary();

 private:
  struct Row {
    std::uint64_t id;
    std::int64_t first_bytes, last_bytes;
    std::uint64_t count, last_number;
  };

  void add_one(const TraceRequest& request);
  std::uint32_t tenth_of(std::uint64_t number) const;
  void look_at_sizes(std::vector<std::int64_t> sizes);

  Row& row_of(const TraceRequest& request, bool& is_new);
  double fitted_exponent(const std::vector<std::uint64_t>& counts) const;

  SlotIndex index_;
  SlotArray<Row> rows_;
  std::uint64_t expected_;
  SimTime first_{}, last_{};
  TraceSummary summary_;
};

}  // namespace cdnsim
