// Ten who miss the same object cause one fetch; who waits too long gives up; late answers are late.

#include <memory>
#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/coalescer.hpp>
#include <tests/support/catch.hpp>

namespace coalescer_test {

using namespace cdnsim;

constexpr std::uint64_t kVideo = 7, kImage = 8;
constexpr SimTime at(Duration since_start) { return kTimeZero + since_start; }

// A coalescer whose waiters are numbers, and who was let go.
struct Desk {
  Coalescer<int, SimClock> coalescer{8s};
  std::vector<int> let_go;

  std::uint64_t complete(std::uint64_t key, FlightId id) {
    let_go.clear();
    return coalescer.complete(key, id, [this](int waiter) { let_go.push_back(waiter); });
  }
  std::uint64_t expire(SimTime now) {
    let_go.clear();
    return coalescer.expire(now, [this](int waiter) { let_go.push_back(waiter); });
  }
};

using Numbers = std::vector<int>;

SCENARIO("of many who miss the same key one leads and the others follow") {
  Desk desk;
  const Joined first = desk.coalescer.join(kVideo, 1, at(0s));
  const Joined second = desk.coalescer.join(kVideo, 2, at(1s));
  const Joined third = desk.coalescer.join(kVideo, 3, at(1s));
  const Joined other = desk.coalescer.join(kImage, 4, at(1s));
  CHECK(first.role == Role::leader);
  CHECK(second.role == Role::follower);
  CHECK(third.role == Role::follower);
  CHECK(second.flight == first.flight);
  CHECK(other.role == Role::leader);
  CHECK(other.flight != first.flight);
  WHEN("the answer is here") {
    CHECK(desk.complete(kVideo, first.flight) == 3);
    THEN("they are released in the order in which they came") {
      CHECK(desk.let_go == Numbers{1, 2, 3});
      CHECK(desk.coalescer.counters().released == 3);
      CHECK(desk.coalescer.counters().waiting == 1);
    }
    AND_THEN("the next who misses leads again") {
      CHECK(desk.coalescer.join(kVideo, 5, at(2s)).role == Role::leader);
    }
    AND_THEN("the same answer a second time releases nobody") {
      CHECK(desk.complete(kVideo, first.flight) == 0);
    }
  }
}

SCENARIO("a waiter gives up a timeout after it joined, and no later") {
  Desk desk;
  const Joined leader = desk.coalescer.join(kVideo, 1, at(0s));
  desk.coalescer.join(kImage, 2, at(3s));
  desk.coalescer.join(kVideo, 3, at(5s));
  CHECK(desk.coalescer.next_deadline() == at(8s));
  CHECK(desk.expire(at(8s) - 1ns) == 0);
  CHECK(desk.expire(at(8s)) == 1);
  CHECK(desk.let_go == Numbers{1});
  CHECK(desk.coalescer.next_deadline() == at(11s));
  WHEN("the answer comes after the leader gave up") {
    CHECK(desk.complete(kVideo, leader.flight) == 1);
    THEN("who still waits gets it") { CHECK(desk.let_go == Numbers{3}); }
  }
  WHEN("no answer comes") {
    CHECK(desk.expire(at(20s)) == 2);
    THEN("all give up, earliest first") { CHECK(desk.let_go == Numbers{2, 3}); }
    AND_THEN("an answer then releases nobody") {
      CHECK(desk.complete(kVideo, leader.flight) == 0);
      CHECK(desk.coalescer.next_deadline() == SimTime::max());
    }
  }
}

SCENARIO("a flight older than the timeout takes no more followers") {
  Desk desk;
  const Joined old = desk.coalescer.join(kVideo, 1, at(0s));
  desk.coalescer.join(kVideo, 2, at(8s) - 1ns);
  const Joined fresh = desk.coalescer.join(kVideo, 3, at(8s));
  CHECK(fresh.role == Role::leader);
  CHECK(fresh.flight != old.flight);
  REQUIRE(desk.expire(at(8s)) == 1);
  THEN("the old one's late answer releases nobody") {
    CHECK(desk.complete(kVideo, old.flight) == 0);
    CHECK(desk.coalescer.counters().waiting == 2);
  }
  THEN("the new one's answer releases all who still wait") {
    CHECK(desk.complete(kVideo, fresh.flight) == 2);
    CHECK(desk.let_go == Numbers{2, 3});
  }
  THEN("followers join the new one") {
    const Joined follower = desk.coalescer.join(kVideo, 4, at(9s));
    CHECK(follower.role == Role::follower);
    CHECK(follower.flight == fresh.flight);
  }
}

TEST_CASE("a late answer may release those who wait for the flight that took its place") {
  Desk desk;
  desk.coalescer.join(kVideo, 1, at(0s));
  desk.coalescer.join(kVideo, 2, at(7s));
  const Joined next = desk.coalescer.join(kVideo, 3, at(8s));
  CHECK(next.role == Role::leader);
  desk.expire(at(8s));
  CHECK(desk.let_go == Numbers{1});
  desk.let_go.clear();
  CHECK(desk.coalescer.release_waiting(kVideo,
                                       [&](int waiter) { desk.let_go.push_back(waiter); }) == 2);
  CHECK(desk.let_go == Numbers{2, 3});
  CHECK(desk.coalescer.is_under_way(kVideo));
  CHECK(desk.coalescer.join(kVideo, 4, at(9s)).flight == next.flight);
  CHECK(desk.complete(kVideo, next.flight) == 1);
  CHECK(desk.coalescer.release_waiting(kVideo, [](int) {}) == 0);
}

SCENARIO("a revalidation is a flight for which nobody waits") {
  Desk desk;
  const Joined background = desk.coalescer.begin(kVideo, at(0s));
  CHECK(background.role == Role::leader);
  CHECK(desk.coalescer.begin(kVideo, at(1s)).role == Role::follower);
  CHECK(desk.coalescer.join(kVideo, 1, at(2s)).role == Role::follower);
  CHECK(desk.coalescer.next_deadline() == at(10s));
  CHECK(desk.complete(kVideo, background.flight) == 1);
  CHECK(desk.coalescer.counters().joined == 1);
  CHECK(desk.coalescer.counters().flights == 1);
}

SCENARIO("flights whose answers never come are forgotten") {
  Desk desk;
  for (std::uint64_t key = 0; key < 10'000; ++key) {
    desk.coalescer.begin(key, at(std::chrono::seconds(key)));
    REQUIRE(desk.coalescer.flights_known() <= 9);  // those of the last eight seconds
  }
  for (std::uint64_t key = 0; key < 1000; ++key) {
    const SimTime now = at(std::chrono::seconds(20'000 + key));
    desk.expire(now);
    desk.coalescer.join(key, 1, now);
    REQUIRE(desk.coalescer.flights_known() <= 10);
  }
}

SCENARIO("a key that always has somebody waiting, and never an answer, hides no other") {
  Desk desk;
  for (std::uint64_t second = 0; second < 1000; ++second) {
    const SimTime now = at(std::chrono::seconds(second));
    desk.expire(now);
    if (second % 8 == 0) REQUIRE(desk.coalescer.join(kVideo, 1, now).role == Role::leader);
    if (second % 8 == 7) REQUIRE(desk.coalescer.join(kVideo, 2, now).role == Role::follower);
    desk.coalescer.begin(1000 + second, now);
    REQUIRE(desk.coalescer.flights_known() <= 10);
  }
}

SCENARIO("without a timeout everybody waits for ever") {
  Coalescer<int, SimClock> coalescer(Duration::max());
  coalescer.join(kVideo, 1, at(0s));
  CHECK(coalescer.join(kVideo, 2, at(24h * 365)).role == Role::follower);
  CHECK(coalescer.next_deadline() == SimTime::max());
  CHECK(coalescer.expire(at(24h * 365 * 200), [](int) {}) == 0);
}

SCENARIO("with a timeout of nothing nobody follows") {
  Coalescer<int, SimClock> coalescer(0s);
  CHECK(coalescer.join(kVideo, 1, at(1s)).role == Role::leader);
  CHECK(coalescer.join(kVideo, 2, at(1s)).role == Role::leader);
  CHECK(coalescer.next_deadline() == at(1s));
}

SCENARIO("whoever is let go may come straight back") {
  Coalescer<int, SimClock> coalescer(8s);
  const Joined first = coalescer.join(kVideo, 0, at(0s));
  for (int waiter = 1; waiter < 100; ++waiter) coalescer.join(kVideo, waiter, at(0s));
  int leaders = 0;
  const std::uint64_t released = coalescer.complete(kVideo, first.flight, [&](int waiter) {
    leaders += coalescer.join(kVideo, waiter + 1000, at(1s)).role == Role::leader ? 1 : 0;
  });
  CHECK(released == 100);
  CHECK(leaders == 1);
  CHECK(coalescer.counters().waiting == 100);
  std::uint64_t back = 0;
  coalescer.expire(at(9s), [&](int waiter) {
    if (++back <= 3) coalescer.join(kImage, waiter, at(9s));
  });
  CHECK(back == 100);
  CHECK(coalescer.counters().waiting == 3);
}

SCENARIO("waiters may be things that cannot be copied") {
  Coalescer<std::unique_ptr<int>, SimClock> coalescer(8s);
  const Joined joined = coalescer.join(kVideo, std::make_unique<int>(5), at(0s));
  int sum = 0;
  coalescer.complete(kVideo, joined.flight, [&](std::unique_ptr<int> waiter) { sum += *waiter; });
  CHECK(sum == 5);
}

TEST_CASE("time that runs backwards is our mistake") {
  Coalescer<int, SimClock> coalescer(8s);
  coalescer.join(kVideo, 1, at(5s));
  CHECK_THROWS_AS(coalescer.join(kVideo, 2, at(4s)), InternalError);
}

}  // namespace coalescer_test
