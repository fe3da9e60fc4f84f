// A coalescer does what a plain list of waiters and a map of flights do.

#include <algorithm>
#include <map>
#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/coalescer.hpp>
#include <tests/support/rapidcheck.hpp>

namespace coalescer_model_test {

using namespace cdnsim;

constexpr Duration kTimeout = 10s;

// All waiters in one list, in the order of joining; flights by key.
class SlowCoalescer {
 public:
  Joined join(std::uint64_t key, int waiter, SimTime now) {
    const Joined joined = begin(key, now);
    waiters_.push_back({key, waiter, now + kTimeout});
    return joined;
  }
  Joined begin(std::uint64_t key, SimTime now) {
    const auto flight = flights_.find(key);
    if (flight != flights_.end() && now - flight->second.started < kTimeout) {
      return {Role::follower, FlightId{flight->second.id}};
    }
    flights_[key] = {++ids_, now};
    return {Role::leader, FlightId{ids_}};
  }
  std::vector<int> complete(std::uint64_t key, FlightId id) {
    const auto flight = flights_.find(key);
    if (flight == flights_.end() || flight->second.id != id.value) return {};
    flights_.erase(flight);
    return take([&](const Waiter& waiter) { return waiter.key == key; });
  }
  std::vector<int> expire(SimTime now) {
    return take([&](const Waiter& waiter) { return waiter.deadline <= now; });
  }
  SimTime next_deadline() const {
    return waiters_.empty() ? SimTime::max() : waiters_.front().deadline;
  }

 private:
  struct Waiter {
    std::uint64_t key;
    int waiter;
    SimTime deadline;
  };
  struct Flight {
    std::uint64_t id;
    SimTime started;
  };
  template <class Goes>
  std::vector<int> take(Goes goes) {
    std::vector<int> gone;
    for (const Waiter& waiter : waiters_) {
      if (goes(waiter)) gone.push_back(waiter.waiter);
    }
    std::erase_if(waiters_, goes);
    return gone;
  }

  std::vector<Waiter> waiters_;
  std::map<std::uint64_t, Flight> flights_;
  std::uint64_t ids_ = 0;
};

void must_be_same(const Joined& a, const Joined& b) {
  RC_ASSERT(a.role == b.role);
  RC_ASSERT(a.flight == b.flight);
}

TEST_CASE("a coalescer agrees with its plain model") {
  rc::prop("over joins, revalidations, answers late and in time, and timeouts", [] {
    Coalescer<int, SimClock> coalescer(kTimeout);
    SlowCoalescer model;
    SimTime now = kTimeZero;
    std::vector<std::pair<std::uint64_t, FlightId>> asked;  // whose answers may come
    const auto steps =
        *rc::gen::scale(10, rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 10'000)));
    for (const int step : steps) {
      now += std::chrono::milliseconds(step % 3000);
      std::vector<int> gone;
      const auto note = [&](int waiter) { gone.push_back(waiter); };
      coalescer.expire(now, note);
      RC_ASSERT(gone == model.expire(now));
      const auto key = static_cast<std::uint64_t>(step % 7);
      if (step < 5000) {
        const Joined joined = coalescer.join(key, step, now);
        must_be_same(joined, model.join(key, step, now));
        if (joined.role == Role::leader) asked.emplace_back(key, joined.flight);
      } else if (step < 6000) {
        const Joined joined = coalescer.begin(key, now);
        must_be_same(joined, model.begin(key, now));
        if (joined.role == Role::leader) asked.emplace_back(key, joined.flight);
      } else if (!asked.empty()) {
        const auto [answered, id] = asked[static_cast<std::size_t>(step) % asked.size()];
        gone.clear();
        coalescer.complete(answered, id, note);
        RC_ASSERT(gone == model.complete(answered, id));
      }
      RC_ASSERT(coalescer.next_deadline() == model.next_deadline());
      const CoalescerCounters& n = coalescer.counters();
      RC_ASSERT(n.joined == n.released + n.timed_out + n.waiting);
    }
  });
}

}  // namespace coalescer_model_test
