// Which objects a node was ever asked for: one bit each, in pages made when first touched.
// Tells a first request from a return after eviction; does not know caches.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include <cdnsim/base/prefetch.hpp>

namespace cdnsim {

class SeenObjects {
 public:
  explicit SeenObjects(std::size_t classes) : pages_(classes) {}

  // A hint that the object will soon be asked for.
  void prefetch(std::uint16_t content, std::uint32_t object) const {
    const std::vector<std::unique_ptr<Page>>& pages = pages_[content];
    const std::size_t page = object / kPageBits;
    if (page < pages.size() && pages[page]) {
      cdnsim::prefetch(&(*pages[page])[object % kPageBits / 64]);
    }
  }

  // Remembers the object and says whether it had been seen before.
  bool test_and_set(std::uint16_t content, std::uint32_t object) {
    std::vector<std::unique_ptr<Page>>& pages = pages_[content];
    const std::size_t page = object / kPageBits;
    if (page >= pages.size()) pages.resize(page + 1);
    if (!pages[page]) pages[page] = std::make_unique<Page>();
    std::uint64_t& word = (*pages[page])[object % kPageBits / 64];
    const std::uint64_t bit = std::uint64_t{1} << (object % 64);
    const bool before = (word & bit) != 0;
    word |= bit;
    return before;
  }

 private:
  static constexpr std::uint32_t kPageBits = 1u << 15;
  using Page = std::array<std::uint64_t, kPageBits / 64>;

  std::vector<std::vector<std::unique_ptr<Page>>> pages_;
};

}  // namespace cdnsim
