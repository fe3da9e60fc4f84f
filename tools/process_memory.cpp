#include <cstdlib>
#include <fstream>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <malloc.h>

#include <cdnsim/tools/process_memory.hpp>

namespace cdnsim::tools {
namespace {

// Who limits addresses means memory.
bool may_take_addresses() {
  for (const auto resource : {RLIMIT_AS, RLIMIT_DATA}) {
    struct rlimit limit{};
    if (getrlimit(resource, &limit) != 0 || limit.rlim_cur != RLIM_INFINITY) return false;
  }
  return true;
}

}  // namespace

void use_large_pages() {
#if defined(__GLIBC__)
  constexpr int kAtOnce = 1 << 30;
  constexpr int kMappedAlone = 32 << 20;
  constexpr int kUsualPad = 128 << 10;
  if (!may_take_addresses()) return;
  mallopt(M_TRIM_THRESHOLD, kAtOnce);
  mallopt(M_MMAP_THRESHOLD, kMappedAlone);
  // Once, the heap takes addresses for long in advance, not memory.
  mallopt(M_TOP_PAD, kAtOnce);
  const std::uintptr_t before = reinterpret_cast<std::uintptr_t>(sbrk(0));
  void* volatile grown = std::malloc(1 << 20);  // volatile: or nothing would be allocated
  std::free(grown);
  mallopt(M_TOP_PAD, kUsualPad);
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  const std::uintptr_t begin = (before + page - 1) / page * page;
  const std::uintptr_t end = reinterpret_cast<std::uintptr_t>(sbrk(0));
  // A hint: without large pages all is as it was.
  if (end > begin) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
#endif
}

std::uint64_t peak_memory_bytes() {
  struct rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;  // Linux counts in KiB
}

std::int64_t resident_bytes() {
  std::ifstream pages("/proc/self/statm");
  std::int64_t all = 0, resident = 0;
  pages >> all >> resident;
  return resident * ::sysconf(_SC_PAGESIZE);
}

}  // namespace cdnsim::tools
