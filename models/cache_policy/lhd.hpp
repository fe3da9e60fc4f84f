// LHD (Beckmann, Chen and Cidon, NSDI'18): of a sample the copy goes from which fewest hits are
// expected for the bytes and the time that it will take, learnt from copies of its class and age.
// Does not know keys.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/data_path/slot_sample.hpp>

namespace cdnsim {

// Constants are those of the authors' program, which libCacheSim (2025-05) runs: 16 classes by how
// long the last two hits took, 20,000 ages, a step of age chosen twice by the number of copies, old
// events fading by a tenth each `interval` requests, a few copies that are kept to explore, and the
// last eight newcomers that look bad among each sample. Until it has learnt for 50 intervals a
// sample is `early`. Differences: the oldest age counts as 0 in the mean of victims, a newcomer
// that left is no longer looked at when it comes back, and where no more copies are there than
// samples all are looked at; of equals the one that was asked for longest ago goes.
class Lhd {
 public:
  static constexpr std::string_view kName = "lhd";
  static constexpr std::string_view kSummary =
      "of a sample, the copy with fewest hits to expect for its room and time goes first";
  static constexpr std::array kParameters{
      PolicyParameter{.name = "samples", .otherwise = 32, .least = 1, .most = 1024, .whole = true},
      PolicyParameter{.name = "early", .otherwise = 8, .least = 1, .most = 1024, .whole = true},
      PolicyParameter{
          .name = "interval", .otherwise = 1048576, .least = 1, .most = 1e9, .whole = true},
      PolicyParameter{
          .name = "seed", .otherwise = 0, .least = 0, .most = 4294967295, .whole = true}};

  Lhd() : Lhd(std::array{32.0, 8.0, 1048576.0, 0.0}) {}
  explicit Lhd(std::span<const double> values)
      : copies_(static_cast<std::uint64_t>(values[3])),
        samples_(static_cast<Slot>(values[0])),
        early_samples_(static_cast<Slot>(values[1])),
        interval_(static_cast<std::uint64_t>(values[2])),
        seed_(static_cast<std::uint64_t>(values[3])) {}

  void attach(Bytes capacity) { budget_ = capacity.count() / 100; }
  void reach(Slot last) { copies_.reach(last); }
  Offer offer(std::uint64_t, std::int64_t) { return Offer::admit; }

  void on_insert(Slot slot, std::uint64_t, std::int64_t bytes) {
    copies_.add(slot, {now_, static_cast<float>(bytes), 0, 0, false});
    asked_for(slot, true);
  }
  void prefetch(Slot slot) const { copies_.prefetch(slot); }
  void on_hit(Slot slot) {
    Copy& copy = copies_.of(slot);
    const std::uint32_t age = age_of(copy);
    events(age, copy.group).hits += 1;
    if (copy.explores) budget_ += bytes_of(copy);
    copy.group = group_of(age + copy.last_age);
    copy.last_age = static_cast<std::uint16_t>(age);
    asked_for(slot, false);
  }
  void on_erase(Slot slot, std::uint64_t, std::int64_t, Removal why) {
    const Copy& copy = copies_.of(slot);
    if (why == Removal::evicted) {
      const float density = age_of(copy) == kAges - 1 ? 0 : density_of(copy);
      usual_victim_ = kFading * usual_victim_ + (1 - kFading) * density;
      events(age_of(copy), copy.group).evictions += 1;
    }
    if (copy.explores) budget_ += bytes_of(copy);
    std::replace(suspects_.begin(), suspects_.end(), slot, kNoSlot);
    copies_.remove(slot);
  }

  template <class Entries>
  Slot victim(const Entries&) {
    Choice choice;
    const auto look_at = [&](Slot slot, const Copy& copy) {
      const float density = density_of(copy);
      if (density > choice.density) return;
      if (density == choice.density && copy.time >= choice.time) return;
      choice = {slot, density, copy.time};
    };
    copies_.visit(reconfigured_ > kLearning ? samples_ : early_samples_,
                  [&](Slot place, const Copy& copy) { look_at(copies_.slot_at(place), copy); });
    for (const Slot slot : suspects_) {
      if (slot != kNoSlot) look_at(slot, copies_.of(slot));
    }
    return choice.slot;
  }

 private:
  struct Copy {
    std::uint64_t time;  // when it was last asked for, by the count of requests
    float bytes;
    std::uint16_t last_age;  // at its last hit
    std::uint8_t group;
    bool explores;
  };
  struct Events {
    float hits = 0, evictions = 0;
    Events& operator+=(const Events& other) {
      hits += other.hits;
      evictions += other.evictions;
      return *this;
    }
  };
  struct Choice {
    Slot slot = kNoSlot;
    float density = std::numeric_limits<float>::infinity();
    std::uint64_t time = 0;
  };
  static constexpr std::uint32_t kGroups = 16, kAges = 20000;
  static constexpr std::uint32_t kLearning = 50;  // intervals
  static constexpr float kFading = 0.9F;
  static constexpr float kCopiesPerStep = 0.01F * kAges;
  static constexpr std::uint64_t kExploreOneIn = 32;

  static std::int64_t bytes_of(const Copy& copy) { return static_cast<std::int64_t>(copy.bytes); }

  // The group of the shortest times is the highest.
  static std::uint8_t group_of(std::uint32_t age) {
    if (age == 0) return kGroups - 1;
    std::uint8_t group = 0;
    for (; age < kAges && group < kGroups - 1; age *= 2) ++group;
    return group;
  }
  std::uint32_t age_of(const Copy& copy) const {
    const std::uint64_t age = (now_ - copy.time) >> age_shift_;
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(age, kAges - 1));
  }
  // Expected hits; before anything is learnt about as GDSF would have it.
  float density_of(const Copy& copy) const {
    const std::uint32_t age = age_of(copy);
    if (age == kAges - 1) return std::numeric_limits<float>::lowest();
    const std::size_t i = std::size_t{age} * kGroups + copy.group;
    const float learnt = i < densities_.size() ? densities_[i] : 0;
    const float hits = reconfigured_ > 0 ? learnt
                                         : static_cast<float>(kGroups + copy.group + 1) /
                                               static_cast<float>(age + 1);
    return hits / copy.bytes + (copy.explores ? 1.0F : 0.0F);
  }

  void asked_for(Slot slot, bool is_new) {
    Copy& copy = copies_.of(slot);
    copy.time = now_;
    const bool draws = hash64(now_, ~seed_) % kExploreOneIn == 0;
    copy.explores = draws && budget_ > 0 && reconfigured_ < kLearning;
    if (copy.explores) budget_ -= bytes_of(copy);
    if (is_new && !draws && density_of(copy) < usual_victim_) {
      suspects_[next_suspect_++ % suspects_.size()] = slot;
    }
    if (++now_ % interval_ == 0) reconfigure();
  }

  // By age, and of one age by group; there are no rows yet for ages that nobody reached.
  Events& events(std::uint32_t age, std::uint8_t group) {
    const std::size_t rows = std::size_t{age} + 1;
    if (events_.size() < rows * kGroups) events_.resize(rows * kGroups);
    return events_[std::size_t{age} * kGroups + group];
  }

  void reconfigure() {
    for (Events& e : events_) e = {e.hits * kFading, e.evictions * kFading};
    adapt_age_step();
    learn_densities();
    ++reconfigured_;
  }

  // Twice, as the number of copies may only be known later: afterwards it is right within a factor.
  void adapt_age_step() {
    mean_copies_ = kFading * mean_copies_ + static_cast<float>(copies_.size());
    mean_weight_ = kFading * mean_weight_ + 1;
    if (reconfigured_ != 5 && reconfigured_ != 25) return;
    const float wanted = mean_copies_ / mean_weight_ / kCopiesPerStep;
    std::uint32_t shift = 1;
    while (static_cast<float>(std::uint64_t{1} << shift) < wanted) ++shift;
    rescale(shift);
    age_shift_ = shift;
    mean_copies_ *= 8;
    mean_weight_ *= 8;
  }
  void rescale(std::uint32_t shift) {
    std::vector<Events> before;
    before.swap(events_);
    const auto ages = static_cast<std::uint32_t>(before.size() / kGroups);
    const std::uint32_t wider = shift > age_shift_ ? shift - age_shift_ : 0;
    const std::uint32_t pieces = shift < age_shift_ ? 1U << (age_shift_ - shift) : 1;
    for (std::uint32_t i = 0; i < ages * kGroups; ++i) {
      const std::uint32_t age = i / kGroups;
      const auto group = static_cast<std::uint8_t>(i % kGroups);
      const auto share = static_cast<float>(pieces);
      const Events piece{before[i].hits / share, before[i].evictions / share};
      for (std::uint32_t k = 0; k < pieces; ++k) {
        const std::uint32_t to = age == kAges - 1 ? age : (age >> wider) * pieces + k;
        events(std::min(to, kAges - 1), group) += piece;
      }
    }
  }

  // Hits from an age on, over the time that all who reach it spend from there, summed backwards.
  void learn_densities() {
    densities_.assign(events_.size(), 0);
    const std::size_t ages = events_.size() / kGroups;
    for (std::size_t group = 0; group < kGroups; ++group) {
      float hits = 0, all = 0, time = 0;
      for (std::size_t age = ages; age-- > 0;) {
        const Events& e = events_[age * kGroups + group];
        hits += e.hits;
        all += e.hits + e.evictions;
        time += all;
        densities_[age * kGroups + group] = all > 1e-5F ? hits / time : 0;
      }
    }
  }

  SlotSample<Copy> copies_;
  std::vector<Events> events_;
  std::vector<float> densities_;
  std::array<Slot, 8> suspects_{};
  std::uint64_t next_suspect_ = 0;
  float usual_victim_ = 0;  // the density at which copies go
  float mean_copies_ = 0, mean_weight_ = 0;
  std::uint32_t age_shift_ = 10;
  std::uint32_t reconfigured_ = 0;
  Slot samples_, early_samples_;
  std::uint64_t interval_;
  std::uint64_t seed_;
  std::int64_t budget_ = 0;  // bytes that more copies may take that explore
  std::uint64_t now_ = 0;
};

}  // namespace cdnsim
