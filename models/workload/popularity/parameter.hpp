// A parameter of a law of ranks, as its text names it.
// Does not know the laws.
#pragma once

#include <string_view>

namespace cdnsim {

template <class Law>
struct RankLawParameter {
  std::string_view name;
  double Law::* value;
  double least;
  double most;
};

}  // namespace cdnsim
