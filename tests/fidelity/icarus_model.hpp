// What icarus does with a request, written down a second time: slow, and plain enough to be checked
// by reading. A request goes the shortest way from its receiver to its content's source; what it
// meets and what is left on the way back, the strategy says. Does not know the simulator.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <string>
#include <vector>

namespace cdnsim::test::icarus {

enum class Stack { receiver, router, cache, source };

struct Link {
  int from = 0, to = 0;
  int delay_ms = 1;
};

struct Network {
  std::map<int, Stack> nodes;
  std::vector<Link> links;

  std::vector<int> all(Stack stack) const {
    std::vector<int> found;
    for (const auto& [node, its] : nodes) {
      if (its == stack) found.push_back(node);
    }
    return found;
  }
  // Contents are dealt to the sources in turn.
  int source_of(std::uint64_t content) const {
    const std::vector<int> sources = all(Stack::source);
    return sources[content % sources.size()];
  }
};

// From everywhere to one node: the next hop, the delay, and in how many ways that can be had.
struct Ways {
  std::map<int, int> next, delay_ms, count;

  std::vector<int> from(int node) const {
    std::vector<int> path = {node};
    while (next.contains(path.back())) path.push_back(next.at(path.back()));
    return path;
  }
};

// Relaxes every link until nothing changes. Only routers and caches are passed through.
inline Ways ways_to(const Network& network, int goal) {
  Ways ways;
  ways.delay_ms[goal] = 0;
  const auto passes = [&](int node) {
    const Stack stack = network.nodes.at(node);
    return node == goal || stack == Stack::router || stack == Stack::cache;
  };
  bool changed = true;
  const auto relax = [&](int from, int to, int delay_ms) {
    if (!passes(to) || !ways.delay_ms.contains(to)) return;
    const int whole = ways.delay_ms.at(to) + delay_ms;
    if (ways.delay_ms.contains(from) && ways.delay_ms.at(from) <= whole) return;
    ways.delay_ms[from] = whole;
    ways.next[from] = to;
    changed = true;
  };
  while (changed) {
    changed = false;
    for (const Link& link : network.links) {
      relax(link.from, link.to, link.delay_ms);
      relax(link.to, link.from, link.delay_ms);
    }
  }
  for (const Link& link : network.links) {
    const auto ends = {std::pair(link.from, link.to), std::pair(link.to, link.from)};
    for (const auto& [from, to] : ends) {
      if (from == goal || !passes(to) || !ways.delay_ms.contains(from)) continue;
      if (!ways.delay_ms.contains(to)) continue;
      ways.count[from] += ways.delay_ms[from] == ways.delay_ms[to] + link.delay_ms;
    }
  }
  return ways;
}

// Contents in the order in which they would go.
class Cache {
 public:
  Cache(std::size_t size, bool is_lru) : size_(size), is_lru_(is_lru) {}

  bool get(std::uint64_t content) {
    const auto found = std::find(contents_.begin(), contents_.end(), content);
    if (found == contents_.end()) return false;
    if (is_lru_) {
      contents_.erase(found);
      contents_.push_back(content);
    }
    return true;
  }
  // REQUIRES: it is not there.
  void put(std::uint64_t content) {
    contents_.push_back(content);
    if (contents_.size() > size_) contents_.pop_front();
  }

 private:
  std::size_t size_;
  bool is_lru_;
  std::deque<std::uint64_t> contents_;
};

struct Event {
  int receiver = 0;
  std::uint64_t content = 0;
  bool measured = false;
};

struct Setup {
  std::string strategy;  // LCE, LCD or EDGE
  std::string policy;    // LRU or FIFO
  std::size_t cache_size = 1;
};

// Of the requests that were measured: who served them, and of those how many were of receivers to
// whom another cache is nearer.
struct Hits {
  std::map<int, std::uint64_t> all, in_transit;
};

inline Hits play(const Network& network, const std::vector<Event>& events, const Setup& setup) {
  std::map<int, Ways> ways;
  for (const int source : network.all(Stack::source)) ways[source] = ways_to(network, source);
  std::map<int, Cache> caches;
  for (const int node : network.all(Stack::cache)) {
    caches.emplace(node, Cache(setup.cache_size, setup.policy == "LRU"));
  }
  Hits hits;
  for (const Event& event : events) {
    const int source = network.source_of(event.content);
    std::vector<int> asked;  // caches that did not have it, from the receiver on
    int server = source;
    for (const int node : ways.at(source).from(event.receiver)) {
      if (!caches.contains(node)) continue;
      if (caches.at(node).get(event.content)) {
        server = node;
        break;
      }
      asked.push_back(node);
      if (setup.strategy == "EDGE") break;
    }
    if (event.measured) {
      ++hits.all[server];
      if (server != source && !asked.empty()) ++hits.in_transit[server];
    }
    // On the way back: everywhere, or the first below the server.
    if (setup.strategy == "LCD" && !asked.empty()) asked = {asked.back()};
    for (const int node : asked) caches.at(node).put(event.content);
  }
  return hits;
}

}  // namespace cdnsim::test::icarus
