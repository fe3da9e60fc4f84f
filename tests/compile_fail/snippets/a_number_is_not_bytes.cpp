// MODULE: base
// WRONG: could not convert|no viable conversion|conversion from .int. to non-scalar type
#include <cdnsim/base/quantity.hpp>

cdnsim::Bytes capacity() {
#ifdef WRONG
  return 4096;
#else
  return cdnsim::Bytes(4096);
#endif
}
