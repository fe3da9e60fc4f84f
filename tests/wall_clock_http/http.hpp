// As much HTTP/1.1 as the loopback test needs: one request and one answer per connection.
// Does not know caches. Whatever waits gives up after kPatience, so that a failure ends.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace cdnsim::test {

inline constexpr std::chrono::seconds kPatience{60};

// A descriptor that closes itself.
class Socket {
 public:
  Socket() = default;
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~Socket();
  int get() const { return descriptor_; }

 private:
  int descriptor_ = -1;
};

// On 127.0.0.1, at a port that the system chooses.
Socket listen_on_loopback();
std::uint16_t port_of(const Socket& listener);
std::optional<Socket> accept_from(const Socket& listener);  // nothing once it is shut down
void shut_down(const Socket& listener);
Socket connect_to(std::uint16_t port);

struct Field {
  std::string name, value;
};

// A request or an answer; its length is written and read by send() and receive().
struct Message {
  std::string first_line;
  std::vector<Field> fields;
  std::string body;

  // The value of a field, or nothing; names as the other side of this test writes them.
  std::optional<std::string_view> field(std::string_view name) const;
  // The second word of the first line: what is asked for, or the status.
  std::string_view second_word() const;
};

void send(const Socket& socket, const Message& message);
std::optional<Message> receive(const Socket& socket);

// Threads that are waited for, also those which others of them start.
class Crew {
 public:
  ~Crew() { wait(); }
  template <class Work>
  void start(Work work) {
    const std::lock_guard lock(mutex_);
    threads_.emplace_back(std::move(work));
  }
  void wait();

 private:
  std::mutex mutex_;
  std::vector<std::jthread> threads_;
};

}  // namespace cdnsim::test
