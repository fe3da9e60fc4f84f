// Counter-based random draws: Philox4x32-10, so a draw depends on its key and counter alone.
// Does not know laws (sampler/*.hpp) nor what is drawn; no draw depends on any other.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include <cdnsim/base/hash.hpp>

namespace cdnsim {

struct DrawKey {
  std::uint64_t value = 0;
  constexpr bool operator==(const DrawKey&) const = default;
};

// Names, never indices, so that adding a PoP or a workload leaves the draws of all others alone.
inline DrawKey draw_key(std::uint64_t seed, std::initializer_list<std::string_view> names) {
  std::uint64_t h = hash64(seed);
  for (const std::string_view name : names) h = hash_combine(h, hash_name(name));
  return DrawKey{h};
}

struct Counter {
  std::uint32_t a = 0, b = 0, c = 0, d = 0;
  constexpr bool operator==(const Counter&) const = default;
};

struct DrawBlock {
  std::array<std::uint32_t, 4> words{};
  constexpr std::uint64_t low64() const { return join(words[0], words[1]); }
  constexpr std::uint64_t high64() const { return join(words[2], words[3]); }
  constexpr bool operator==(const DrawBlock&) const = default;

 private:
  static constexpr std::uint64_t join(std::uint32_t low, std::uint32_t high) {
    return low | std::uint64_t{high} << 32;
  }
};

namespace detail {

struct PhiloxState {
  std::uint32_t x0, x1, x2, x3;
};

constexpr PhiloxState philox_round(PhiloxState s, std::uint32_t k0, std::uint32_t k1) {
  const std::uint64_t p0 = std::uint64_t{0xD2511F53} * s.x0;
  const std::uint64_t p1 = std::uint64_t{0xCD9E8D57} * s.x2;
  return {static_cast<std::uint32_t>(p1 >> 32) ^ s.x1 ^ k0, static_cast<std::uint32_t>(p1),
          static_cast<std::uint32_t>(p0 >> 32) ^ s.x3 ^ k1, static_cast<std::uint32_t>(p0)};
}

}  // namespace detail

// Four random words for one counter of one key.
constexpr DrawBlock draw(DrawKey key, Counter counter) {
  auto k0 = static_cast<std::uint32_t>(key.value);
  auto k1 = static_cast<std::uint32_t>(key.value >> 32);
  detail::PhiloxState s{counter.a, counter.b, counter.c, counter.d};
#pragma GCC unroll 10
  for (int round = 0; round < 10; ++round) {
    s = detail::philox_round(s, k0, k1);
    k0 += 0x9E3779B9;
    k1 += 0xBB67AE85;
  }
  return DrawBlock{{s.x0, s.x1, s.x2, s.x3}};
}

// blocks[i] = draw(key, first with a + i), several at once. REQUIRES: a + i does not wrap.
void draw_batch(DrawKey key, Counter first, std::span<DrawBlock> blocks);

// 53 bits as a number in [0, 1).
constexpr double unit(std::uint64_t bits) { return static_cast<double>(bits >> 11) * 0x1p-53; }

// 52 bits as a number in (0, 1), symmetric about one half: safe to take the logarithm of.
constexpr double unit_open(std::uint64_t bits) {
  return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
}

// As many draws as a rejection loop may want: the blocks of counters with d, d + 1, d + 2 ...
class DrawStream {
 public:
  constexpr DrawStream(DrawKey key, Counter start) : key_(key), counter_(start) {}

  constexpr std::uint64_t next() {
    if (half_used_) {
      half_used_ = false;
      return block_.high64();
    }
    block_ = draw(key_, counter_);
    ++counter_.d;
    half_used_ = true;
    return block_.low64();
  }
  constexpr std::uint64_t operator()() { return next(); }

 private:
  DrawKey key_;
  Counter counter_;
  DrawBlock block_;
  bool half_used_ = false;
};

}  // namespace cdnsim
