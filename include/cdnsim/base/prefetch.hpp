// A hint to memory that an address will soon be read.
// Does not know caches: it changes no result, only when it is there.
#pragma once

namespace cdnsim {

// The empty statement keeps the hint: g++ takes a function that does nothing else for one without
// effect, and leaves out the calls of it.
inline void prefetch(const void* address) {
  __builtin_prefetch(address);
  asm volatile("" : : "r"(address));
}

}  // namespace cdnsim
