// The forms in which objects of one class are asked for: variants, which the key rules make of
// parameters and headers, and segments. Each form that is kept by itself has a number of its own.
// Does not know objects' numbers or keys, nor caches.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/sampler/discrete.hpp>
#include <cdnsim/base/sampler/zipf.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/models/workload/content.hpp>

namespace cdnsim {

// The bytes that one request wants of an object.
struct BytePart {
  Bytes from{0};
  Bytes bytes = Bytes::max();  // all there are

  bool is_all() const { return bytes == Bytes::max(); }
};

class Forms {
 public:
  // Different requests; more of them are a user's mistake.
  static constexpr std::uint64_t kMostCombinations = 4096;
  // Requests that are each a variant of its own have this many numbers at least to draw from.
  // Of n that are for one segment of one object, n^2 / 2N pairs share one: half a pair of 1,000.
  static constexpr std::uint64_t kUniqueNumbers = 1 << 20;

  Forms() = default;  // one form
  // REQUIRES: forms_problem(spec) finds nothing.
  explicit Forms(const ContentSpec& spec);

  // Whether a request draws anything.
  bool drawn() const { return variants_.has_value() || has_ranges(); }
  bool has_ranges() const { return segment_ > Bytes{0}; }
  // Ranges of objects that are kept as a whole: the form does not tell the segment.
  bool cuts() const { return has_ranges() && whole_; }

  struct Drawn {
    std::uint32_t form = 0;
    std::uint32_t segment = 0;
  };
  // Of one request. `counter` and those with a higher d are its own.
  Drawn draw_form(DrawKey key, Counter counter, Bytes object) const;

  // Forms are numbered from 0: variants, and within each the segments.
  std::uint64_t count() const { return std::uint64_t{known_variants_} * span_; }
  std::uint32_t segment_of(std::uint32_t form) const { return form % span_; }
  // Nobody else asks for this form.
  bool is_unique(std::uint32_t form) const { return form / span_ >= known_variants_; }
  std::uint32_t known_variants() const { return known_variants_; }
  bool has_unique() const { return has_unique_; }

  // REQUIRES: has_ranges(), and that the object has such a segment.
  BytePart part_of(std::uint32_t segment, Bytes object) const;
  Bytes bytes_of(std::uint32_t form, Bytes object) const {
    return span_ == 1 ? object : part_of(segment_of(form), object).bytes;
  }
  // How far into a video the form begins; nothing where it has no such beginning.
  std::optional<Duration> starts_at(std::uint32_t form) const {
    if (!lasts_) return std::nullopt;
    return segment_of(form) * *lasts_;
  }

 private:
  static constexpr std::uint32_t kUnique = ~std::uint32_t{0};

  std::uint32_t variant(std::uint32_t pick, std::uint32_t own) const;

  std::optional<Discrete> variants_;       // of the combinations
  std::vector<std::uint32_t> variant_of_;  // by combination
  std::uint32_t known_variants_ = 1;
  bool has_unique_ = false;
  bool whole_ = false;
  Bytes segment_{0};
  std::uint32_t span_ = 1;  // segments that forms tell apart
  PopularityLaw from_;
  std::optional<Duration> lasts_;
};

// What is wrong with the way in which a class is asked for, and where; nothing if all is well.
struct FormsProblem {
  std::string pointer;  // from the class's own
  std::string message;
};
std::optional<FormsProblem> forms_problem(const ContentSpec& spec);

}  // namespace cdnsim
