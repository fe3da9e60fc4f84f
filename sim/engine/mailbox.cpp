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

// Appends a bucket's messages in their order.
void Mailbox::take_bucket(std::size_t bucket) {
  std::vector<Message>& messages = ring_[bucket];
  std::sort(messages.begin(), messages.end(), delivered_before);
  if (taken_.empty()) {
    taken_.swap(messages);
  } else {
    taken_.insert(taken_.end(), messages.begin(), messages.end());
    messages.clear();
  }
  occupied_ &= ~(std::uint64_t{1} << bucket);
}

std::span<const Message> Mailbox::take(std::int64_t first, std::int64_t end, SimTime horizon) {
  CDNSIM_ASSERT(first >= base_, "windows are taken in order");
  CDNSIM_ASSERT(end - first <= kMostTaken, "the ring holds more windows than are taken at once");
  taken_.clear();
  base_ = first;
  pull_from_beyond();
  for (std::int64_t index = first; index < end; ++index) {
    const auto bucket = static_cast<std::size_t>(index % kRing);
    if ((occupied_ >> bucket & 1) != 0) take_bucket(bucket);
  }
  base_ = end;
  // Only the run's last window can be cut short; what arrives after its end stays under way.
  while (!taken_.empty() && taken_.back().at >= horizon) {
    base_ = std::min(base_, window_of(taken_.back().at));
    put_in_ring(taken_.back(), window_of(taken_.back().at));
    taken_.pop_back();
  }
  size_ -= taken_.size();
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
