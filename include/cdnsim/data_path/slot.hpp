// Dense slots: small numbers that name the places of a table's rows, and arrays indexed by them.
// Does not know what a row holds.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

#include <cdnsim/base/prefetch.hpp>
#include <cdnsim/data_path/memory_block.hpp>

namespace cdnsim {

// Slots count from 1; 0 means none, so that a zeroed table is an empty one.
using Slot = std::uint32_t;
inline constexpr Slot kNoSlot = 0;
inline constexpr Slot kMaxSlot = std::numeric_limits<Slot>::max() - 1;

// An array that grows without a second copy; what was never written to takes no memory. New
// elements hold anything.
template <class T>
class SlotArray {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  SlotArray() = default;
  SlotArray(const SlotArray& other) {
    if (other.size_ == 0) return;
    reach(static_cast<Slot>(other.size_ - 1));
    std::copy_n(other.data_, other.size_, data_);
  }
  SlotArray(SlotArray&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  SlotArray& operator=(SlotArray other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~SlotArray() { clear(); }

  T* data() { return data_; }
  T& operator[](Slot slot) { return data_[slot]; }
  const T& operator[](Slot slot) const { return data_[slot]; }
  std::size_t size() const { return size_; }
  void prefetch(Slot slot) const { cdnsim::prefetch(&data_[slot]); }
  const T* data() const { return data_; }

  // Makes slots 0..last valid.
  void reach(Slot last) {
    const std::size_t size = std::size_t{last} + 1;
    if (size <= size_) return;
    data_ = static_cast<T*>(detail::resize_block(data_, size_ * sizeof(T), size * sizeof(T)));
    size_ = size;
  }
  void clear() {
    detail::free_block(data_, size_ * sizeof(T));
    data_ = nullptr;
    size_ = 0;
  }

 private:
  T* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace cdnsim
