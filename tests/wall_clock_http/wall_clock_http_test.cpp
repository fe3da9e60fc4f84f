// The data path without a simulator, behind real sockets: how many requests reach the origin when
// many clients ask a cache at the same time. Nothing here depends on how long anything takes.

#include <algorithm>
#include <chrono>
#include <functional>
#include <set>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <vector>

#include <tests/support/catch.hpp>

#include "cache_server.hpp"
#include "origin.hpp"

namespace cdnsim::test {
namespace {

using namespace std::chrono_literals;

constexpr int kClients = 500;

// Both ends of each client's connection are in this process.
void allow_many_files() {
  rlimit limit{};
  REQUIRE(getrlimit(RLIMIT_NOFILE, &limit) == 0);
  constexpr rlim_t kEnough = 4096;
  if (limit.rlim_cur < kEnough) limit.rlim_cur = std::min(kEnough, limit.rlim_max);
  REQUIRE(setrlimit(RLIMIT_NOFILE, &limit) == 0);
  REQUIRE(limit.rlim_cur >= 2 * kClients + 100);
}

// Waits for what other threads bring about; false when it never comes about.
bool eventually(const std::function<bool()>& holds) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (std::chrono::steady_clock::now() < end) {
    if (holds()) return true;
    std::this_thread::sleep_for(1ms);
  }
  return holds();
}

KeyRules rules() {
  return *parse<KeyRules>("query=all-but:tracking; order=sorted; vary=accept-encoding").value;
}

struct World {
  Origin origin{{{"/object", {"public, max-age=3600", {}}},
                 {"/account", {"private, max-age=3600", {}}},
                 {"/basket", {"no-store", {}}},
                 {"/brief", {"max-age=1", {}}},
                 {"/news", {"max-age=1", "\"edition-1\""}}}};
  CacheServer cache{origin.port(), rules()};

  World() { allow_many_files(); }

  Socket ask(const std::string& target, const std::string& encoding = "gzip") const {
    Socket socket = connect_to(cache.port());
    const std::string host = "Shop.Example:80";
    send(socket,
         {"GET " + target + " HTTP/1.1", {{"host", host}, {"accept-encoding", encoding}}, {}});
    return socket;
  }

  // Asks from four threads, and does not wait for answers.
  std::vector<Socket> ask_at_once(int count, const std::string& target) const {
    std::vector<std::vector<Socket>> asked(4);
    std::vector<std::jthread> threads;
    for (std::size_t part = 0; part < asked.size(); ++part) {
      threads.emplace_back([&, part] {
        for (int i = static_cast<int>(part); i < count; i += 4) asked[part].push_back(ask(target));
      });
    }
    threads.clear();
    std::vector<Socket> all;
    for (std::vector<Socket>& some : asked)
      std::move(some.begin(), some.end(), std::back_inserter(all));
    return all;
  }

  std::string get(const std::string& target, const std::string& encoding = "gzip") const {
    return body_from(ask(target, encoding));
  }
  static std::string body_from(const Socket& socket) {
    const std::optional<Message> answer = receive(socket);
    REQUIRE(answer);
    CHECK(answer->second_word() == "200");
    return answer->body;
  }
  static std::set<std::string> bodies_from(const std::vector<Socket>& sockets) {
    std::set<std::string> bodies;
    for (const Socket& socket : sockets) bodies.insert(body_from(socket));
    return bodies;
  }

  void check_counts() const {
    for (const Shard& shard : cache.shards()) {
      const CacheCounters copies = shard.cache_counters();
      CHECK(copies.in == copies.evicted + copies.expired + copies.purged + copies.held);
      const CoalescerCounters waiters = shard.coalescer_counters();
      CHECK(waiters.joined == waiters.released);
      CHECK(waiters.timed_out == 0);
    }
    CHECK(cache.times_out() == 0);
  }
};

}  // namespace

TEST_CASE("500 clients that ask for one cold object cost the origin one request") {
  World world;
  world.origin.close_gate();
  const std::vector<Socket> clients = world.ask_at_once(kClients, "/object");
  CHECK(eventually([&] { return world.cache.waiting() == kClients; }));
  CHECK(eventually([&] { return world.origin.held() == 1; }));
  world.origin.open_gate();
  CHECK(World::bodies_from(clients) == std::set<std::string>{"/object, answer 1"});
  CHECK(world.origin.requests() == 1);
  CHECK(world.cache.hits() == 0);

  const std::vector<Socket> second_wave = world.ask_at_once(kClients, "/object");
  CHECK(World::bodies_from(second_wave) == std::set<std::string>{"/object, answer 1"});
  CHECK(world.origin.requests() == 1);
  CHECK(world.cache.hits() == kClients);
  world.check_counts();
}

TEST_CASE("clients of an answer that cannot be shared are not served one after the other") {
  constexpr int kFew = 50;
  const std::string target = GENERATE("/account", "/basket");
  World world;
  world.origin.close_gate();
  const std::vector<Socket> clients = world.ask_at_once(kFew, target);
  CHECK(eventually([&] { return world.cache.waiting() == kFew; }));
  CHECK(eventually([&] { return world.origin.held() == 1; }));
  world.origin.let_through(1);
  // The leader's answer is for it alone. All the others are at the origin at the same time.
  CHECK(eventually([&] { return world.origin.held() == kFew - 1; }));
  world.origin.let_through(kFew - 1);
  CHECK(World::bodies_from(clients).size() == kFew);  // nobody got another's
  CHECK(world.origin.requests() == kFew);

  // It is remembered: the next ones do not even wait for a leader.
  const std::vector<Socket> second_wave = world.ask_at_once(kFew, target);
  CHECK(eventually([&] { return world.origin.held() == kFew; }));
  CHECK(world.cache.waiting() == 0);
  world.origin.let_through(kFew);
  CHECK(World::bodies_from(second_wave).size() == kFew);
  CHECK(world.origin.requests() == 2 * kFew);
  CHECK(world.cache.hits() == 0);
  CHECK(world.cache.passes() == 2 * kFew - 1);
  world.check_counts();
}

TEST_CASE("a copy is fetched again after its max-age, or found to be good still") {
  World world;
  CHECK(world.get("/brief") == "/brief, answer 1");
  CHECK(world.get("/news") == "/news, answer 2");
  std::this_thread::sleep_for(1100ms);
  CHECK(world.get("/brief") == "/brief, answer 3");
  CHECK(world.get("/news") == "/news, answer 2");  // the origin said 304
  CHECK(world.origin.requests() == 4);
  CHECK(world.origin.not_modified() == 1);
  world.check_counts();
}

TEST_CASE("the key rules decide which requests share a copy") {
  World world;
  const std::string first = world.get("/object?b=1&utm_source=mail&a=2");
  CHECK(world.get("/object?a=2&b=1") == first);
  CHECK(world.get("/x/../object?b=1&fbclid=7&%61=2&utm_medium=x") == first);
  CHECK(world.get("/object?a=2&b=1", "gzip, deflate") == first);
  CHECK(world.origin.requests() == 1);
  CHECK(world.get("/object?a=2&b=1", "br, gzip") != first);  // another coding
  CHECK(world.get("/object?a=2") != first);
  CHECK(world.get("/object") != first);
  CHECK(world.origin.requests() == 4);
  CHECK(world.cache.hits() == 3);
  world.check_counts();
}

TEST_CASE("a request whose URL is none is told so") {
  World world;
  const std::optional<Message> answer = receive(world.ask("/100%"));
  REQUIRE(answer);
  CHECK(answer->second_word() == "400");
  CHECK(answer->body.find("write it \"%25\"") != std::string::npos);
  CHECK(world.origin.requests() == 0);
}

}  // namespace cdnsim::test
