// SHA-256 of text, for the digest that every result carries.
// Does not know results; it is too slow for a request's path, where hash.hpp serves.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace cdnsim {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void update(std::string_view bytes);

  // 64 lower-case hexadecimal digits of all bytes so far; more may follow.
  std::string hex() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The digest of one text.
std::string sha256_hex(std::string_view bytes);

}  // namespace cdnsim
