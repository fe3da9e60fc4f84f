// The laws of ranks that a popularity can name beside uniform and Zipf's, one line each.
// Does not know how they are drawn.
#pragma once

#include <variant>

#include <cdnsim/models/workload/popularity/stretched_exponential.hpp>
#include <cdnsim/models/workload/popularity/zipf_mandelbrot.hpp>

namespace cdnsim {

using RankLaw = std::variant<StretchedExponential,  //
                             ZipfMandelbrot>;

}  // namespace cdnsim
