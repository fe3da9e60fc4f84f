// How often each key was asked for of late, in a few bits: a count-min sketch that ages (TinyLFU,
// ACM ToS 2017). Does not know which keys it was told, nor what the counts are good for.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/base/int128.hpp>
#include <cdnsim/data_path/slot.hpp>

namespace cdnsim {

// Four counters of 4 bits for each key, all in one cache line; a key's count is the least of them,
// and only those that are as small as that are raised. 8 bytes for each of the `entries` that it is
// made for; with more keys than those it counts some too high. Once it was told ten times as many
// requests as it has entries, all counts are halved, and what was told counts half as well.
class FrequencySketch {
 public:
  static constexpr std::uint32_t kMost = 15;  // a count stays there until the next halving
  static constexpr std::uint64_t kSample = 10;
  static constexpr std::uint64_t kMostEntries = std::uint64_t{1} << 28;  // 2 GiB

  FrequencySketch() : FrequencySketch(1) {}
  explicit FrequencySketch(std::uint64_t entries) {
    entries = std::clamp<std::uint64_t>(entries, 1, kMostEntries);
    const auto lines = static_cast<Slot>((entries + kEntriesPerLine - 1) / kEntriesPerLine);
    lines_.reach(lines - 1);
    std::memset(static_cast<void*>(lines_.data()), 0, lines * sizeof(Line));
    entries_ = lines * kEntriesPerLine;
  }

  void add(std::uint64_t key) {
    const std::uint64_t hash = mix64(key);
    Line& line = lines_[line_of(hash)];
    const std::uint32_t least = count_in(line, hash);
    if (least < kMost) raise(line, hash, least);
    if (++told_ >= kSample * entries_) halve();
  }
  std::uint32_t count(std::uint64_t key) const {
    const std::uint64_t hash = mix64(key);
    return count_in(lines_[line_of(hash)], hash);
  }
  void prefetch(std::uint64_t key) const { lines_.prefetch(line_of(mix64(key))); }

  // Makes room for so many entries at least, and keeps all counts.
  void grow(std::uint64_t entries) {
    while (entries_ < entries && entries_ <= kMostEntries / 2) double_lines();
  }
  std::uint64_t entries() const { return entries_; }
  std::size_t memory_bytes() const { return lines_.size() * sizeof(Line); }

 private:
  static constexpr std::uint64_t kEntriesPerLine = 8;
  static constexpr std::uint32_t kRows = 4;
  // A row is two of the words: 32 counters, of which 5 bits of a hash choose one.
  struct alignas(64) Line {
    std::uint64_t words[2 * kRows];
  };

  Slot line_of(std::uint64_t hash) const {
    return static_cast<Slot>((static_cast<Uint128>(hash) * lines_.size()) >> 64);
  }
  static std::uint32_t word_of(std::uint64_t hash, std::uint32_t row) {
    return 2 * row + (static_cast<std::uint32_t>(hash >> (5 * row + 4)) & 1);
  }
  static std::uint32_t shift_of(std::uint64_t hash, std::uint32_t row) {
    return (static_cast<std::uint32_t>(hash >> (5 * row)) & 15) * 4;
  }

  static std::uint32_t counter(const Line& line, std::uint64_t hash, std::uint32_t row) {
    const std::uint64_t word = line.words[word_of(hash, row)];
    return static_cast<std::uint32_t>(word >> shift_of(hash, row)) & kMost;
  }
  static std::uint32_t count_in(const Line& line, std::uint64_t hash) {
    std::uint32_t least = kMost;
    for (std::uint32_t row = 0; row < kRows; ++row) {
      least = std::min(least, counter(line, hash, row));
    }
    return least;
  }
  static void raise(Line& line, std::uint64_t hash, std::uint32_t least) {
    for (std::uint32_t row = 0; row < kRows; ++row) {
      const std::uint64_t one = counter(line, hash, row) == least ? 1 : 0;
      line.words[word_of(hash, row)] += one << shift_of(hash, row);
    }
  }

  void halve() {
    constexpr std::uint64_t kLowThreeBits = 0x7777777777777777ULL;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      for (std::uint64_t& word : lines_.data()[i].words) word = word >> 1 & kLowThreeBits;
    }
    told_ /= 2;
  }

  // A key of line i will be looked for in line 2i or 2i + 1, so both begin as line i was.
  void double_lines() {
    const std::size_t before = lines_.size();
    lines_.reach(static_cast<Slot>(2 * before - 1));
    for (std::size_t i = before; i-- > 0;) {
      const Line line = lines_.data()[i];
      lines_.data()[2 * i] = line;
      lines_.data()[2 * i + 1] = line;
    }
    entries_ *= 2;
  }

  SlotArray<Line> lines_;
  std::uint64_t entries_ = 0;  // as many as the lines have room for
  std::uint64_t told_ = 0;     // since the last halving, and half of what was told before
};

}  // namespace cdnsim
