// Which numbers objects of a class have.
// Does not know classes.
#pragma once

#include <cstdint>

namespace cdnsim {

// Objects have the numbers below this: those of rank k are k, k + n, k + 2n ... with n ranks. Who
// is asked for only once has one from here on.
inline constexpr std::uint32_t kObjectsMost = 4'000'000'000;
// The number of nothing that is remembered.
inline constexpr std::uint32_t kNoNumber = ~std::uint32_t{0};

constexpr bool is_asked_once(std::uint32_t object) { return object >= kObjectsMost; }

}  // namespace cdnsim
