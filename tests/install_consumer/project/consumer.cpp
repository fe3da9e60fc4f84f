// A server that has nothing to do with the simulator: its cache, its request collapsing and
// its keys are cdnsim's, on the wall clock. Exit status 0 when they do what they should.
#include <chrono>
#include <iostream>
#include <string>
#include <vector>

#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/data_path/coalescer.hpp>
#include <cdnsim/data_path/url_key.hpp>
#include <cdnsim/models/cache_policy/lru.hpp>

#if __has_include(<cdnsim/engine/engine.hpp>) || __has_include(<cdnsim/observe/digest.hpp>)
#error "a consumer of the data path sees the simulator"
#endif

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

int wrong = 0;

void expect(bool holds, const std::string& what) {
  if (holds) return;
  std::cout << "wrong: " << what << '\n';
  ++wrong;
}

// Room for two objects, asked 1 2 1 3 2 1: LRU misses 1 2, hits 1, misses 3 (2 goes), 2 (1
// goes), 1.
void lru_drops_what_was_asked_for_longest_ago() {
  cdnsim::Cache<cdnsim::Lru> cache{cdnsim::Bytes(2)};
  int hits = 0;
  for (const std::uint64_t key : {1, 2, 1, 3, 2, 1}) hits += cache.request(key, cdnsim::Bytes(1));
  expect(hits == 1, "hits of LRU on 1 2 1 3 2 1");
  expect(cache.counters().copies == 2, "copies held");
}

void a_copy_is_stale_once_its_time_is_over() {
  cdnsim::Cache<cdnsim::Lru, Clock> cache{cdnsim::Bytes(1000)};
  const auto now = Clock::now();
  cache.insert(7, cdnsim::Bytes(100), 0, {now, now + 1s, now}, now);
  expect(cache.find(7, now).state == cdnsim::Lookup::fresh, "fresh at once");
  expect(cache.find(7, now + 2s).state == cdnsim::Lookup::stale, "stale after two seconds");
}

void three_who_miss_make_one_fetch() {
  cdnsim::Coalescer<std::string, Clock> coalescer{8s};
  const auto now = Clock::now();
  const auto first = coalescer.join(42, "ann", now);
  coalescer.join(42, "bob", now);
  const auto third = coalescer.join(42, "eve", now);
  expect(first.role == cdnsim::Role::leader, "the first leads");
  expect(third.role == cdnsim::Role::follower, "the third follows");
  std::vector<std::string> answered;
  coalescer.complete(42, first.flight, [&](std::string who) { answered.push_back(who); });
  expect(answered == std::vector<std::string>{"ann", "bob", "eve"}, "all answered, in order");
}

void two_spellings_of_a_url_have_one_key() {
  const auto rules = cdnsim::parse<cdnsim::KeyRules>("query=all-but:tracking").value.value();
  const auto one = cdnsim::url_key(rules, "http://EXAMPLE.org:80/a?utm_source=x").value.value();
  const auto other = cdnsim::url_key(rules, "http://example.org/%61").value.value();
  expect(one == other, "two spellings of a URL");
}

}  // namespace

int main() {
  lru_drops_what_was_asked_for_longest_ago();
  a_copy_is_stale_once_its_time_is_over();
  three_who_miss_make_one_fetch();
  two_spellings_of_a_url_have_one_key();
  if (wrong == 0) std::cout << "the consumer's cache, coalescer and keys work\n";
  return wrong == 0 ? 0 : 1;
}
