// Hyperbolic caching (Blankstein, Sen and Freedman, ATC'17): of a sample of copies the one goes
// that was asked for least often, for each byte and for the time since it entered. Does not know
// keys.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/data_path/slot_sample.hpp>

namespace cdnsim {

// Time counts requests. With `bytes` 0 sizes do not matter, as in libCacheSim (2025-05); 1 is the
// paper's. Of equals the one that entered first goes. A cache of no more copies than samples looks
// at all of them, where libCacheSim draws some of them twice.
class Hyperbolic {
 public:
  static constexpr std::string_view kName = "hyperbolic";
  static constexpr std::string_view kSummary =
      "of a sample, the copy with fewest requests a byte for its age goes first";
  static constexpr std::array kParameters{
      PolicyParameter{.name = "samples", .otherwise = 64, .least = 1, .most = 1024, .whole = true},
      PolicyParameter{.name = "bytes", .otherwise = 1, .least = 0, .most = 1, .whole = true},
      PolicyParameter{
          .name = "seed", .otherwise = 0, .least = 0, .most = 4294967295, .whole = true}};

  Hyperbolic() = default;
  explicit Hyperbolic(std::span<const double> values)
      : copies_(static_cast<std::uint64_t>(values[2])),
        samples_(static_cast<Slot>(values[0])),
        counts_bytes_(values[1] != 0) {}

  void attach(Bytes) {}
  void reach(Slot last) { copies_.reach(last); }
  void on_ask(std::uint64_t) { ++now_; }
  Offer offer(std::uint64_t, std::int64_t) { return Offer::admit; }
  void on_insert(Slot slot, std::uint64_t, std::int64_t bytes) {
    copies_.add(slot, {now_, 1, counts_bytes_ ? static_cast<double>(bytes) : 1});
  }
  void prefetch(Slot slot) const { copies_.prefetch(slot); }
  void on_hit(Slot slot) { copies_.of(slot).requests += 1; }
  void on_erase(Slot slot, std::uint64_t, std::int64_t, Removal) { copies_.remove(slot); }

  template <class Entries>
  Slot victim(const Entries&) {
    Slot least = 0;
    double least_worth = std::numeric_limits<double>::infinity();
    std::uint64_t least_entered = 0;
    copies_.visit(samples_, [&](Slot place, const Copy& copy) {
      const auto age = static_cast<double>(now_ - copy.entered);
      const double worth = copy.requests / (age * copy.bytes);
      if (worth > least_worth || (worth == least_worth && copy.entered >= least_entered)) return;
      least = place;
      least_worth = worth;
      least_entered = copy.entered;
    });
    return copies_.slot_at(least);
  }

 private:
  struct Copy {
    std::uint64_t entered;  // by the count of requests
    double requests;        // since then
    double bytes;
  };

  SlotSample<Copy> copies_;
  Slot samples_ = 64;
  bool counts_bytes_ = true;
  std::uint64_t now_ = 0;
};

}  // namespace cdnsim
