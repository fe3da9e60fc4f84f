// How much memory this process holds, as the system counts it.
// Does not know what for.
#pragma once

#include <cstdint>

namespace cdnsim::tools {

// Memory in pages of 2 MiB where the system gives them: what is touched at random then stays within
// reach of the processor's table of pages. To be called first.
void use_large_pages();

std::uint64_t peak_memory_bytes();
std::int64_t resident_bytes();  // now; off by some hundred KiB, as the system counts in batches

}  // namespace cdnsim::tools
