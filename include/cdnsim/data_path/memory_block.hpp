// Blocks of memory that grow in place where they are large, and start at a cache line.
// Does not know what they hold.
#pragma once

#include <cstddef>

namespace cdnsim::detail {

inline constexpr std::size_t kCacheLine = 64;

// Makes a block `bytes` large, keeping its contents; what is new holds anything. A large block is
// pages of its own: growing moves no bytes, what was never written to is never resident, and it is
// given back when freed. REQUIRES: `block` has `old_bytes`, or is null and they are 0.
void* resize_block(void* block, std::size_t old_bytes, std::size_t bytes);
void free_block(void* block, std::size_t bytes) noexcept;

}  // namespace cdnsim::detail
