// A small HTTP cache on the loopback, made of the classes of the data path: key rules, a ring of
// shards, a cache and a coalescer in each.
// Does not know its clients' aims.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include <cdnsim/data_path/hash_ring.hpp>

#include "http.hpp"
#include "shard.hpp"

namespace cdnsim::test {

class CacheServer {
 public:
  CacheServer(std::uint16_t origin_port, const KeyRules& rules);
  ~CacheServer();

  std::uint16_t port() const { return port_of(listener_); }
  std::uint64_t waiting() const;  // requests that wait for a fetch of theirs or another's
  int hits() const { return hits_; }
  int passes() const { return passes_; }
  int times_out() const { return times_out_; }
  const std::array<Shard, 4>& shards() const { return shards_; }

 private:
  void accept_all();
  void serve(Socket client);
  void lead(Shard& shard, const UrlKey& key, std::uint64_t number, const Message& request,
            const Verdict& verdict);
  void pass(Ask ask);
  Message ask_origin(const Message& request, const std::string& etag) const;

  std::uint16_t origin_port_;
  KeyRules rules_;
  Socket listener_;
  HashRing ring_;
  std::array<Shard, 4> shards_;
  std::atomic<std::uint64_t> next_number_{0};
  std::atomic<int> hits_{0}, passes_{0}, times_out_{0};
  Crew acceptors_, fetches_;
};

}  // namespace cdnsim::test
