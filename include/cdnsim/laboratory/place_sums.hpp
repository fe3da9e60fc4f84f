// Places in a row, each empty or taken by a weight, and how much lies beyond a place.
// Does not know what lies there. A change and a question take O(log places).
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cdnsim {

// Sums over groups of places, as Fenwick keeps them: sum i is that of the groups (i - lowest bit of
// i, i], counted from 1.
template <class T>
class FenwickSums {
 public:
  void add(std::size_t group, T change) {
    for (std::size_t i = group + 1; i < sums_.size(); i += i & (~i + 1)) sums_[i] += change;
  }
  T before(std::size_t group) const {
    T sum = 0;
    for (std::size_t i = group; i > 0; i &= i - 1) sum += sums_[i];
    return sum;
  }
  // `sum_of(group)` tells what is in a group now.
  template <class SumOf>
  void rebuild(std::size_t groups, SumOf&& sum_of) {
    sums_.assign(groups + 1, 0);
    for (std::size_t i = 1; i <= groups; ++i) {
      sums_[i] += sum_of(i - 1);
      const std::size_t above = i + (i & (~i + 1));
      if (above <= groups) sums_[above] += sums_[i];
    }
  }

 private:
  std::vector<T> sums_;
};

// Every weight is 1: a bit a place, so that two million places stay in a processor's cache.
class CountedPlaces {
 public:
  std::size_t size() const { return words_.size() * 64; }

  void add(std::size_t place, std::int64_t) {
    words_[place / 64] |= bit(place);
    sums_.add(place / kGroup, 1);
    ++all_;
  }
  // Empties the place; returns its weight and that of all beyond it.
  std::int64_t take(std::size_t place) {
    const std::int64_t upto = sums_.before(place / kGroup) + in_group_before(place);
    words_[place / 64] &= ~bit(place);
    sums_.add(place / kGroup, -1);
    return all_-- - upto;
  }

  // Moves to an emptier row: after any number of move() with rising places, settle() is called.
  void move(std::size_t from, std::size_t to) {
    words_[from / 64] &= ~bit(from);
    words_[to / 64] |= bit(to);
  }
  void settle(std::size_t places) {
    words_.resize((places + kGroup - 1) / kGroup * (kGroup / 64));
    sums_.rebuild(words_.size() * 64 / kGroup, [this](std::size_t group) {
      return static_cast<std::int32_t>(in_group_before(group * kGroup + kGroup - 1)) +
             static_cast<std::int32_t>(words_[(group + 1) * kGroup / 64 - 1] >> 63);
    });
  }

 private:
  static constexpr std::size_t kGroup = 128;

  static std::uint64_t bit(std::size_t place) { return std::uint64_t{1} << (place % 64); }

  std::int64_t in_group_before(std::size_t place) const {
    std::int64_t count = std::popcount(words_[place / 64] & (bit(place) - 1));
    for (std::size_t word = place / kGroup * (kGroup / 64); word < place / 64; ++word) {
      count += std::popcount(words_[word]);
    }
    return count;
  }

  std::vector<std::uint64_t> words_;
  FenwickSums<std::int32_t> sums_;
  std::int64_t all_ = 0;
};

class WeighedPlaces {
 public:
  std::size_t size() const { return weights_.size(); }

  // REQUIRES: weight > 0.
  void add(std::size_t place, std::int64_t weight) {
    weights_[place] = weight;
    sums_.add(place / kGroup, weight);
    all_ += weight;
  }
  std::int64_t take(std::size_t place) {
    const std::int64_t weight = weights_[place];
    std::int64_t upto = sums_.before(place / kGroup);
    for (std::size_t i = place / kGroup * kGroup; i < place; ++i) upto += weights_[i];
    const std::int64_t beyond = all_ - upto;
    weights_[place] = 0;
    sums_.add(place / kGroup, -weight);
    all_ -= weight;
    return beyond;
  }

  void move(std::size_t from, std::size_t to) {
    const std::int64_t weight = weights_[from];
    weights_[from] = 0;
    weights_[to] = weight;
  }
  void settle(std::size_t places) {
    weights_.resize((places + kGroup - 1) / kGroup * kGroup);
    sums_.rebuild(weights_.size() / kGroup, [this](std::size_t group) {
      std::int64_t sum = 0;
      for (std::size_t i = group * kGroup; i < (group + 1) * kGroup; ++i) sum += weights_[i];
      return sum;
    });
  }

 private:
  static constexpr std::size_t kGroup = 16;

  std::vector<std::int64_t> weights_;
  FenwickSums<std::int64_t> sums_;
  std::int64_t all_ = 0;
};

}  // namespace cdnsim
