// Which objects a node was asked for, and what came of it: four bits each, in pages made when first
// touched. Tells why a copy is absent; does not know caches. Of kNoNumber nothing is remembered.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include <cdnsim/base/prefetch.hpp>
#include <cdnsim/models/workload/object_number.hpp>

namespace cdnsim {

class SeenObjects {
 public:
  enum class State : std::uint8_t {
    never,
    asked_for,  // and not brought since
    stored,
    refused,  // brought, but the cache did not take it
    purged,
    missing,  // the origin has no such object
  };

  explicit SeenObjects(std::size_t classes) : pages_(classes) {}

  // A hint that the object will soon be asked for.
  void prefetch(std::uint16_t content, std::uint32_t object) const {
    const std::vector<std::unique_ptr<Page>>& pages = pages_[content];
    const std::size_t page = object / kPerPage;
    if (page < pages.size() && pages[page]) {
      cdnsim::prefetch(&(*pages[page])[object % kPerPage / kPerWord]);
    }
  }

  // Remembers a new state and returns the one before.
  State exchange(std::uint16_t content, std::uint32_t object, State state) {
    return static_cast<State>(exchange_mark(content, object, static_cast<std::uint8_t>(state)));
  }

  // The same for whoever has other things to remember: numbers up to kMostMark, 0 at first.
  static constexpr std::uint8_t kMostMark = 15;
  std::uint8_t exchange_mark(std::uint16_t content, std::uint32_t object, std::uint8_t mark) {
    if (object == kNoNumber) return 0;
    std::uint64_t& word = word_of(content, object);
    const unsigned shift = kBits * (object % kPerWord);
    const auto before = static_cast<std::uint8_t>(word >> shift & kMostMark);
    word = (word & ~(std::uint64_t{kMostMark} << shift)) | std::uint64_t{mark} << shift;
    return before;
  }

 private:
  static constexpr unsigned kBits = 4;
  static constexpr std::uint32_t kPerWord = 64 / kBits;
  static constexpr std::uint32_t kPerPage = 1u << 14;
  using Page = std::array<std::uint64_t, kPerPage / kPerWord>;

  std::uint64_t& word_of(std::uint16_t content, std::uint32_t object) {
    std::vector<std::unique_ptr<Page>>& pages = pages_[content];
    const std::size_t page = object / kPerPage;
    if (page >= pages.size()) pages.resize(page + 1);
    if (!pages[page]) pages[page] = std::make_unique<Page>();
    return (*pages[page])[object % kPerPage / kPerWord];
  }

  std::vector<std::vector<std::unique_ptr<Page>>> pages_;
};

}  // namespace cdnsim
