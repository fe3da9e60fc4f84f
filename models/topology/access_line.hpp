// What the last stretch to a user is made of, and what such lines are like.
// Does not know networks or users.
#pragma once

#include <array>
#include <cstdint>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

enum class AccessKind : std::uint8_t { fibre, cable, dsl, mobile_4g, mobile_5g, satellite };

constexpr std::array<EnumName<AccessKind>, 6> enum_names(AccessKind) {
  return {{{AccessKind::fibre, "fibre"},
           {AccessKind::cable, "cable"},
           {AccessKind::dsl, "dsl"},
           {AccessKind::mobile_4g, "mobile_4g"},
           {AccessKind::mobile_5g, "mobile_5g"},
           {AccessKind::satellite, "satellite"}}};
}

struct AccessLine {
  Duration delay;  // one way
  BitRate rate;
};

// Delays are half of the middle of what round trips over such lines take: fibre 3-10 ms, cable
// 10-25, DSL 20-45, 4G 30-60, 5G 15-30, satellites in low orbits 25-50. They and the rates are from
// memory, right to perhaps a third.
constexpr AccessLine access_line(AccessKind kind) {
  constexpr std::int64_t kMega = 1'000'000;
  switch (kind) {
    case AccessKind::fibre: return {3ms, BitRate{300 * kMega}};
    case AccessKind::cable: return {9ms, BitRate{150 * kMega}};
    case AccessKind::dsl: return {16ms, BitRate{30 * kMega}};
    case AccessKind::mobile_4g: return {22ms, BitRate{25 * kMega}};
    case AccessKind::mobile_5g: return {11ms, BitRate{120 * kMega}};
    case AccessKind::satellite: break;
  }
  return {19ms, BitRate{100 * kMega}};
}

}  // namespace cdnsim
