// MODULE: base
// WRONG: no match for .operator\+.|invalid operands to binary expression
#include <cdnsim/base/quantity.hpp>

auto sum() {
  using namespace cdnsim::literals;
#ifdef WRONG
  return 64_KiB + 10_Mbps;
#else
  return 64_KiB + 10_MB;
#endif
}
