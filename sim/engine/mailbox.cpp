#include <algorithm>
#include <bit>

#include <cdnsim/base/check.hpp>
#include <cdnsim/engine/mailbox.hpp>

namespace cdnsim {
namespace {

// std heaps keep the largest in front; the earliest message is the largest in this order.
constexpr auto kLater = [](const Message& a, const Message& b) { return delivered_before(b, a); };

}  // namespace

void Mailbox::put_in_ring(const Message& message, std::int64_t index) {
  const auto bucket = static_cast<std::size_t>(index % kRing);
  ring_[bucket].push_back(message);
  occupied_ |= std::uint64_t{1} << bucket;
}

void Mailbox::put(const Message& message) {
  const std::int64_t index = window_of(message.at);
  CDNSIM_ASSERT(index >= base_, "a message must not arrive in a window that is over");
  ++size_;
  if (index < base_ + kRing) {
    put_in_ring(message, index);
    return;
  }
  beyond_.push_back(message);
  std::push_heap(beyond_.begin(), beyond_.end(), kLater);
}

void Mailbox::pull_from_beyond() {
  while (!beyond_.empty() && window_of(beyond_.front().at) < base_ + kRing) {
    std::pop_heap(beyond_.begin(), beyond_.end(), kLater);
    put_in_ring(beyond_.back(), window_of(beyond_.back().at));
    beyond_.pop_back();
  }
}

std::span<const Message> Mailbox::take(std::int64_t index, SimTime horizon) {
  CDNSIM_ASSERT(index >= base_, "windows are taken in order");
  taken_.clear();
  base_ = index;
  pull_from_beyond();
  const auto bucket = static_cast<std::size_t>(index % kRing);
  taken_.swap(ring_[bucket]);
  occupied_ &= ~(std::uint64_t{1} << bucket);
  std::sort(taken_.begin(), taken_.end(),
            [](const Message& a, const Message& b) { return delivered_before(a, b); });
  // Only the run's last window can be cut short; what arrives after its end stays under way.
  while (!taken_.empty() && taken_.back().at >= horizon) {
    put_in_ring(taken_.back(), index);
    taken_.pop_back();
  }
  size_ -= taken_.size();
  if (ring_[bucket].empty()) base_ = index + 1;
  pull_from_beyond();
  return taken_;
}

SimTime Mailbox::earliest() const {
  if (occupied_ != 0) {
    const auto shift = static_cast<int>(base_ % kRing);
    const int ahead = std::countr_zero(std::rotr(occupied_, shift));
    return SimTime{Duration{(base_ + ahead) * window_}};
  }
  return beyond_.empty() ? SimTime::max() : beyond_.front().at;
}

}  // namespace cdnsim
