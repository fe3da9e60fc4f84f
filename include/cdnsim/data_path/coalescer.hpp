// Request collapsing: of many who miss the same key, one leads a fetch and the others wait for it.
// Does not know who fetches, nor what a waiter is; time comes from the caller.
#pragma once

#include <algorithm>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/prefetch.hpp>
#include <cdnsim/data_path/slot_index.hpp>
#include <cdnsim/data_path/slot_list.hpp>
#include <cdnsim/data_path/slot_rows.hpp>

namespace cdnsim {

// Tells the fetches of one coalescer apart; an answer brings back the id of its question.
struct FlightId {
  std::uint64_t value = 0;
  auto operator<=>(const FlightId&) const = default;
};

enum class Role : std::uint8_t { leader, follower };

struct Joined {
  Role role = Role::leader;
  FlightId flight;
  Slot slot = kNoSlot;  // where the coalescer keeps it, until anything else happens there
};

// joined = released + timed_out + waiting, at every moment.
struct CoalescerCounters {
  std::uint64_t joined = 0, released = 0, timed_out = 0, waiting = 0;
  std::uint64_t flights = 0;  // ever begun
};

// A key has at most one flight. One that is older than the timeout takes no more followers: the
// next arrival leads a new one, which inherits whoever still waits; complete() with the old one's
// answer then releases nobody. A waiter gives up a timeout after it joined, whatever became of its
// flight.
// REQUIRES of all functions: time does not run backwards. Functions passed in may call back.
template <class Waiter, class Clock>
class Coalescer {
 public:
  using time_point = typename Clock::time_point;
  using duration = typename Clock::duration;

  explicit Coalescer(duration timeout) : timeout_(timeout), flights_by_age_() {
    CDNSIM_ASSERT(timeout >= duration::zero(), "a timeout is not negative");
    waiters_.emplace_back();  // slot 0 is nobody
  }

  // `waiter` misses `key`: it leads a new flight, or follows the one under way.
  Joined join(std::uint64_t key, Waiter waiter, time_point now) {
    const Joined joined = begin(key, now);
    wait(joined, now) = std::move(waiter);
    return joined;
  }

  // One more waits for that flight: where to write down who. REQUIRES: begin() returned `joined`
  // just before, at `now`.
  Waiter& wait(const Joined& joined, time_point now) {
    return append(joined.slot, deadline_from(now));
  }

  // A fetch that nobody waits for, such as a revalidation; as a follower there is nothing to send.
  Joined begin(std::uint64_t key, time_point now) {
    advance(now);
    drop_abandoned();
    const Slot flight = find(key);
    if (flight == kNoSlot) return open(key);
    if (!is_overdue(flight)) return {Role::follower, FlightId{flights_[flight].word}, flight};
    return {Role::leader, restart(flight), flight};
  }

  // The answer to `id` is here: calls release(Waiter) for everyone who still waits for the key, in
  // the order in which they joined. Returns how many. REQUIRES: expire(now) was called before.
  template <class Release>
  std::uint64_t complete(std::uint64_t key, FlightId id, Release&& release) {
    const Slot flight = find(key);
    if (flight == kNoSlot || flights_[flight].word != id.value) return 0;
    const Slot first = flights_[flight].first;
    drop(flight);
    return release_from(first, release);
  }

  // Everyone who waits for the key gets what came otherwise, such as the late answer to a flight
  // that another has replaced. The flight that there is goes on.
  template <class Release>
  std::uint64_t release_waiting(std::uint64_t key, Release&& release) {
    const Slot flight = find(key);
    return flight == kNoSlot
               ? 0
               : release_from(std::exchange(flights_[flight].first, kNoSlot), release);
  }

  // Calls give_up(Waiter) for each whose time is over, earliest first. Returns how many.
  template <class GiveUp>
  std::uint64_t expire(time_point now, GiveUp&& give_up) {
    advance(now);
    std::uint64_t expired = 0;
    for (; next_deadline() <= now && counters_.waiting != 0; ++expired) {
      const Slot slot = waiters_by_age_.back();
      Flight& flight = flights_[waiters_[slot].flight];
      flight.first = waiters_[slot].next;  // the earliest of all is the earliest of its flight
      Waiter waiter = std::move(waiters_[slot].waiter);
      waiters_by_age_.erase(slot);
      free(slot);
      ++counters_.timed_out;
      give_up(std::move(waiter));
    }
    return expired;
  }

  // When expire() will next have something to do; time_point::max() if nobody waits.
  time_point next_deadline() const {
    return counters_.waiting == 0 ? time_point::max() : waiters_[waiters_by_age_.back()].deadline;
  }

  // Whether a fetch of `key` is under way that others may join.
  bool is_under_way(std::uint64_t key) const {
    const Slot flight = find(key);
    return flight != kNoSlot && !is_overdue(flight);
  }

  // Whether somebody waits for it.
  bool is_awaited(std::uint64_t key) const {
    const Slot flight = find(key);
    return flight != kNoSlot && flights_[flight].first != kNoSlot;
  }

  const CoalescerCounters& counters() const { return counters_; }
  std::size_t flights_known() const { return index_.size(); }
  // Hints that a key will soon be missed or answered: each needs what the one before brings.
  void prefetch(std::uint64_t key) const { index_.prefetch(key); }
  void prefetch_flight(std::uint64_t key) const {
    const Slot flight = index_.guess(index_.home(key));
    if (flight != kNoSlot) flights_.prefetch(flight);
  }
  void prefetch_waiter(std::uint64_t key) const {
    const Slot flight = index_.guess(index_.home(key));
    if (flight == kNoSlot || flights_[flight].key != key) return;
    const auto* first = reinterpret_cast<const std::byte*>(&waiters_[flights_[flight].first]);
    for (std::size_t at = 0; at < sizeof(Entry); at += 64) cdnsim::prefetch(first + at);
  }

 private:
  struct Flight {
    std::uint64_t key;
    std::uint64_t word;  // its id
    time_point started;
    Slot first, last;  // its waiters, in the order of joining; without first, last means nothing
  };
  struct Entry {
    Waiter waiter{};
    time_point deadline{};
    Slot flight = kNoSlot;
    Slot next = kNoSlot;  // in its flight, or the next free one
  };

  Slot find(std::uint64_t key) const {
    return index_.find(key, [this](Slot slot) { return flights_[slot].key; });
  }
  bool is_overdue(Slot flight) const { return latest_ - flights_[flight].started >= timeout_; }

  void advance(time_point now) {
    CDNSIM_ASSERT(now >= latest_, "time ran backwards in a coalescer");
    latest_ = now;
  }
  time_point deadline_from(time_point now) const {
    return now > time_point::max() - timeout_ ? time_point::max() : now + timeout_;
  }
  FlightId next_id() { return FlightId{++counters_.flights}; }

  Joined open(std::uint64_t key) {
    if (flights_.must_grow()) flights_by_age_.reach(flights_.grow());
    if (index_.full()) {
      index_.grow();
      flights_.for_each([this](Slot slot) { index_.insert(flights_[slot].key, slot); });
    }
    const Slot slot = flights_.take();
    const FlightId id = next_id();
    flights_[slot] = {key, id.value, latest_, kNoSlot, kNoSlot};
    index_.insert(key, slot);
    flights_by_age_.push_front(slot);
    return {Role::leader, id, slot};
  }
  FlightId restart(Slot slot) {
    const FlightId id = next_id();
    flights_[slot].word = id.value;
    flights_[slot].started = latest_;
    flights_by_age_.move_to_front(slot);
    return id;
  }
  void drop(Slot slot) {
    index_.erase(flights_[slot].key, slot);
    flights_by_age_.erase(slot);
    flights_.give_back(slot);
  }
  // Flights whose answer never came and for which nobody waits: two looks for each that begins.
  void drop_abandoned() {
    for (int look = 0; look < 2 && !flights_by_age_.empty(); ++look) {
      const Slot oldest = flights_by_age_.back();
      if (!is_overdue(oldest) || flights_[oldest].first != kNoSlot) return;
      drop(oldest);
    }
  }

  template <class Release>
  std::uint64_t release_from(Slot next, Release& release) {
    std::uint64_t released = 0;
    while (next != kNoSlot) {
      Entry& entry = waiters_[next];
      Waiter waiter = std::move(entry.waiter);
      waiters_by_age_.erase(next);
      const Slot after = entry.next;
      free(next);
      ++counters_.released;
      ++released;
      release(std::move(waiter));
      next = after;
    }
    return released;
  }

  Waiter& append(Slot flight, time_point deadline) {
    const Slot slot = take_entry();
    Entry& entry = waiters_[slot];
    entry.deadline = deadline;
    entry.flight = flight;
    entry.next = kNoSlot;
    Flight& joined = flights_[flight];
    (joined.first == kNoSlot ? joined.first : waiters_[joined.last].next) = slot;
    joined.last = slot;
    waiters_by_age_.push_front(slot);
    ++counters_.joined;
    ++counters_.waiting;
    return entry.waiter;
  }
  Slot take_entry() {
    if (free_ == kNoSlot) {
      CDNSIM_ASSERT(waiters_.size() < kMaxSlot, "more waiters than slots can name");
      waiters_.emplace_back();
      waiters_by_age_.reach(static_cast<Slot>(waiters_.capacity() - 1));
      return static_cast<Slot>(waiters_.size() - 1);
    }
    return std::exchange(free_, waiters_[free_].next);
  }
  void free(Slot slot) {
    waiters_[slot].next = free_;
    free_ = slot;
    --counters_.waiting;
  }

  duration timeout_;
  time_point latest_ = time_point::min();
  SlotIndex index_;  // of flights, by key
  SlotRows<Flight> flights_;
  SlotList flights_by_age_;  // youngest in front
  std::vector<Entry> waiters_;
  SlotList waiters_by_age_;  // likewise: the timeout is the same for all
  Slot free_ = kNoSlot;
  CoalescerCounters counters_;
};

}  // namespace cdnsim
