// Whole things shared out by weight: the next one always goes where the most weight would fall on
// each (the method of D'Hondt). Does not know what is shared out.
#pragma once

#include <cstdint>
#include <vector>

namespace cdnsim::world {

// By index of `weights`. Everybody has `least` before the sharing begins, and ends with at most
// `most`. Ties go to the first. REQUIRES: as many `least` as weights; weights are not negative.
std::vector<std::uint32_t> apportion(std::uint32_t things, const std::vector<double>& weights,
                                     const std::vector<std::uint32_t>& least, std::uint32_t most);

}  // namespace cdnsim::world
