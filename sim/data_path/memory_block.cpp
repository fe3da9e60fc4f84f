#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

#include <cdnsim/data_path/memory_block.hpp>
#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace cdnsim::detail {

namespace {

#if defined(__linux__)

// Smaller ones are cheap to copy, and malloc wastes less of them than a page's rest.
constexpr std::size_t kLargeBytes = std::size_t{256} << 10;

bool is_large(std::size_t bytes) { return bytes >= kLargeBytes; }

void* checked(void* pages) {
  if (pages == MAP_FAILED) throw std::bad_alloc();
  return pages;
}
void* map_pages(std::size_t bytes) {
  return checked(mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
}
void* remap_pages(void* block, std::size_t old_bytes, std::size_t bytes) {
  return checked(mremap(block, old_bytes, bytes, MREMAP_MAYMOVE));
}
void unmap_pages(void* block, std::size_t bytes) { munmap(block, bytes); }

#else

bool is_large(std::size_t) { return false; }
void* map_pages(std::size_t) { return nullptr; }
void* remap_pages(void*, std::size_t, std::size_t) { return nullptr; }
void unmap_pages(void*, std::size_t) {}

#endif

void* allocate(std::size_t bytes) {
  if (is_large(bytes)) return map_pages(bytes);
  void* block = std::aligned_alloc(kCacheLine, (bytes + kCacheLine - 1) / kCacheLine * kCacheLine);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

}  // namespace

void* resize_block(void* block, std::size_t old_bytes, std::size_t bytes) {
  if (old_bytes != 0 && is_large(old_bytes) && is_large(bytes)) {
    return remap_pages(block, old_bytes, bytes);
  }
  void* grown = allocate(bytes);
  if (old_bytes != 0) std::memcpy(grown, block, std::min(old_bytes, bytes));
  free_block(block, old_bytes);
  return grown;
}

void free_block(void* block, std::size_t bytes) noexcept {
  if (block == nullptr) return;
  is_large(bytes) ? unmap_pages(block, bytes) : std::free(block);
}

}  // namespace cdnsim::detail
