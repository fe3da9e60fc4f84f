// A server of the loopback cache: its copies, and who waits for which fetch. Thread safe.
// Does not know sockets but as what waits, nor how an answer is fetched.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/data_path/coalescer.hpp>
#include <cdnsim/data_path/freshness.hpp>
#include <cdnsim/data_path/url_key.hpp>
#include <cdnsim/models/cache_policy/lru.hpp>

#include "http.hpp"

namespace cdnsim::test {

using Wall = std::chrono::steady_clock;

// A request and whom to answer.
struct Ask {
  Socket client;
  Message request;
  UrlKey key;
  std::uint64_t number = 0;  // tells requests apart
};

// What there is to do for a request.
struct Verdict {
  enum class What : std::uint8_t {
    answer,  // with `message`
    fetch,   // for everybody who asks meanwhile
    pass,    // fetch for this request alone
    wait     // somebody fetches
  };
  What what = What::wait;
  Message message;
  std::string etag;  // of a stale copy that the fetch may find to be good still
  FlightId flight;
  std::vector<Ask> gave_up;  // waited for too long
};

// An answer and for whom it is good.
struct Served {
  Message message;
  bool shared = false;
  std::vector<Ask> asks;
};

class Shard {
 public:
  // `ask` is moved from when it is to wait, or to lead: it then waits for its own fetch.
  Verdict request(Ask& ask);

  // The answer to a fetch that `flight` led, which was sent at `asked_at`.
  Served fetched(const UrlKey& key, FlightId flight, Wall::time_point asked_at, Message answer);

  std::uint64_t waiting() const;
  CacheCounters cache_counters() const;
  CoalescerCounters coalescer_counters() const;

 private:
  struct Copy {
    std::string text;  // the key's: a hash may be that of two texts
    Message answer;
  };
  static constexpr std::uint16_t kStored = 0, kPass = 1;  // tags

  void store(const UrlKey& key, std::uint16_t tag, const CopyTimes<Wall>& times, Message answer,
             Wall::time_point now);
  void refresh(const UrlKey& key, const CopyTimes<Wall>& times, Message& answer);

  mutable std::mutex mutex_;
  Cache<Lru, Wall> cache_{Bytes(1 << 20)};
  std::unordered_map<std::uint64_t, Copy> copies_;
  Coalescer<Ask, Wall> coalescer_{kPatience};
};

}  // namespace cdnsim::test
