// 64-bit hashes whose values are part of every result: XXH64 and the splitmix64 finaliser.
// Does not know what is hashed; nothing here depends on addresses, byte order or the library used.
#pragma once

#include <bit>
#include <cstdint>
#include <string_view>

namespace cdnsim {

// XXH64 of the bytes of a name, seed 0.
std::uint64_t hash_name(std::string_view name);

// The finaliser of splitmix64: a bijection in which every input bit reaches every output bit.
constexpr std::uint64_t mix64(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

// The x that mix64 makes `mixed` of.
constexpr std::uint64_t unmix64(std::uint64_t mixed) {
  // Each step undone in turn: multiplication by the inverse, shifts until they reach beyond.
  std::uint64_t x = (mixed ^ (mixed >> 31) ^ (mixed >> 62)) * 0x319642b2d24d8ec3ULL;
  x = (x ^ (x >> 27) ^ (x >> 54)) * 0x96de1b173f119089ULL;
  return x ^ (x >> 30) ^ (x >> 60);
}
static_assert(unmix64(mix64(0x0123456789abcdefULL)) == 0x0123456789abcdefULL);

// XXH64 of the eight bytes of `x`, lowest first, with `seed`.
constexpr std::uint64_t hash64(std::uint64_t x, std::uint64_t seed = 0) {
  constexpr std::uint64_t kPrime1 = 0x9e3779b185ebca87ULL;
  constexpr std::uint64_t kPrime2 = 0xc2b2ae3d27d4eb4fULL;
  constexpr std::uint64_t kPrime3 = 0x165667b19e3779f9ULL;
  constexpr std::uint64_t kPrime4 = 0x85ebca77c2b2ae63ULL;
  constexpr std::uint64_t kPrime5 = 0x27d4eb2f165667c5ULL;
  std::uint64_t h = seed + kPrime5 + 8;
  h ^= std::rotl(x * kPrime2, 31) * kPrime1;
  h = std::rotl(h, 27) * kPrime1 + kPrime4;
  h = (h ^ (h >> 33)) * kPrime2;
  h = (h ^ (h >> 29)) * kPrime3;
  return h ^ (h >> 32);
}

// A hash of both, where the order matters: XXH64 of `next` seeded with what came before.
constexpr std::uint64_t hash_combine(std::uint64_t before, std::uint64_t next) {
  return hash64(next, before);
}

}  // namespace cdnsim
