// Which object a request for a rank is for, where that is not the object of the rank's number: the
// one that holds the rank now, one that a region ranks there, or one that nobody else asks for.
// Does not know popularity, keys or sizes. A pure function of a request's own draws and its time.
#pragma once

#include <cstdint>
#include <string_view>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/models/workload/content.hpp>
#include <cdnsim/models/workload/object_number.hpp>

namespace cdnsim {

// A region's own order of the objects of a class: rank k is object (factor k + offset) mod n.
struct RegionalOrder {
  std::uint64_t factor = 1;  // prime to n
  std::uint64_t offset = 0;
};

class ObjectChoice {
 public:
  ObjectChoice() = default;
  // `lots` are those of the class's objects.
  ObjectChoice(const ContentSpec& spec, DrawKey lots);

  // Whether a request draws anything.
  bool is_drawn() const { return once_ > 0 || regional_ > 0 || every_ > 0; }
  bool has_regions() const { return regional_ > 0; }
  RegionalOrder order_of(std::string_view region) const;

  struct Chosen {
    std::uint32_t object = 0;
    std::uint32_t apart = 0;  // tells objects that are asked for once apart, with their number
  };
  // `own` is a block of the request's own. REQUIRES: the time is not before the run's start.
  Chosen choose(const DrawBlock& own, std::uint32_t rank, const RegionalOrder& order,
                std::int64_t at_ns) const;

 private:
  std::uint32_t holder_of(std::uint64_t rank, std::int64_t at_ns, std::uint64_t bits) const;

  DrawKey lots_;
  std::uint64_t ranks_ = 1;
  std::uint64_t once_ = 0;      // of 2^32
  std::uint64_t regional_ = 0;  // of 2^32
  std::int64_t every_ = 0;      // ns; 0: no churn
  std::int64_t earlier_ = 0;
  double mean_ago_ = 0;  // ns; 0: always the newest
  double longest_ago_ = 0;
};

}  // namespace cdnsim
