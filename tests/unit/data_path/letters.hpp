// A cache of letters, for examples that are written as strings.
// Does not know any policy.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <cdnsim/data_path/cache.hpp>

namespace cdnsim::test {

// Each letter is one byte unless said.
template <class Policy>
class Letters {
 public:
  explicit Letters(std::int64_t capacity, Policy policy = {})
      : cache_(Bytes(capacity), std::move(policy)) {}

  // One 'h' or 'm' for each request.
  std::string request(std::string_view letters, std::int64_t bytes = 1) {
    std::string outcome;
    for (const char c : letters) outcome += cache_.request(key(c), Bytes(bytes)) ? 'h' : 'm';
    return outcome;
  }
  void purge(char letter) { cache_.erase(key(letter)); }
  std::string held() const {
    std::string letters;
    for (char c = 'A'; c <= 'Z'; ++c) {
      if (cache_.peek(key(c)) != kNoSlot) letters += c;
    }
    return letters;
  }

 private:
  static std::uint64_t key(char letter) { return static_cast<std::uint64_t>(letter); }
  Cache<Policy> cache_;
};

}  // namespace cdnsim::test
