// MODULE: base
// WRONG: .now. is not a member|no member named .now.
#include <cdnsim/base/time.hpp>

cdnsim::SimTime start() {
#ifdef WRONG
  return cdnsim::SimClock::now();
#else
  return cdnsim::kTimeZero;
#endif
}
