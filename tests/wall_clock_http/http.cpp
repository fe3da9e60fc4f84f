#include "http.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <netinet/in.h>

namespace cdnsim::test {

namespace {

constexpr std::string_view kLength = "content-length";

void require(bool condition, const char* what) {
  if (!condition) throw std::runtime_error(what);
}

Socket new_socket() {
  Socket socket(::socket(AF_INET, SOCK_STREAM, 0));
  require(socket.get() >= 0, "no socket: are there too few descriptors?");
  return socket;
}

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

void limit_waiting(const Socket& socket) {
  const timeval patience{.tv_sec = kPatience.count(), .tv_usec = 0};
  setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

// Appends what comes next to `text`. False at the end, or when nothing comes.
bool receive_more(const Socket& socket, std::string& text) {
  std::array<char, 4096> block;
  const ssize_t count = ::recv(socket.get(), block.data(), block.size(), 0);
  if (count <= 0) return false;
  text.append(block.data(), static_cast<std::size_t>(count));
  return true;
}

std::string_view take_line(std::string_view& rest) {
  const std::string_view line = rest.substr(0, rest.find("\r\n"));
  rest.remove_prefix(std::min(line.size() + 2, rest.size()));
  return line;
}

Message read_head(std::string_view head) {
  Message message;
  message.first_line = take_line(head);
  while (!head.empty()) {
    const std::string_view line = take_line(head);
    const std::size_t colon = std::min(line.find(": "), line.size());
    message.fields.push_back({std::string(line.substr(0, colon)),
                              std::string(line.substr(std::min(colon + 2, line.size())))});
  }
  return message;
}

}  // namespace

Socket::~Socket() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Socket listen_on_loopback() {
  Socket socket = new_socket();
  const sockaddr_in address = loopback(0);
  const auto* any = reinterpret_cast<const sockaddr*>(&address);
  require(::bind(socket.get(), any, sizeof address) == 0, "cannot bind to the loopback");
  require(::listen(socket.get(), 1024) == 0, "cannot listen on the loopback");
  return socket;
}

std::uint16_t port_of(const Socket& listener) {
  sockaddr_in address{};
  socklen_t length = sizeof address;
  const int done = ::getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &length);
  require(done == 0, "a listener has no name");
  return ntohs(address.sin_port);
}

std::optional<Socket> accept_from(const Socket& listener) {
  Socket socket(::accept(listener.get(), nullptr, nullptr));
  if (socket.get() < 0) return std::nullopt;
  limit_waiting(socket);
  return socket;
}

void shut_down(const Socket& listener) { ::shutdown(listener.get(), SHUT_RDWR); }

Socket connect_to(std::uint16_t port) {
  Socket socket = new_socket();
  limit_waiting(socket);
  const sockaddr_in address = loopback(port);
  const auto* any = reinterpret_cast<const sockaddr*>(&address);
  require(::connect(socket.get(), any, sizeof address) == 0, "cannot connect to the loopback");
  return socket;
}

std::optional<std::string_view> Message::field(std::string_view name) const {
  for (const Field& field : fields) {
    if (field.name == name) return field.value;
  }
  return std::nullopt;
}

std::string_view Message::second_word() const {
  std::string_view rest = first_line;
  rest.remove_prefix(std::min(rest.find(' ') + 1, rest.size()));
  return rest.substr(0, rest.find(' '));
}

void send(const Socket& socket, const Message& message) {
  std::string text = message.first_line + "\r\n";
  for (const Field& field : message.fields) text += field.name + ": " + field.value + "\r\n";
  text.append(kLength).append(": ").append(std::to_string(message.body.size()));
  text += "\r\n\r\n";
  text += message.body;
  std::string_view rest = text;
  while (!rest.empty()) {
    const ssize_t count = ::send(socket.get(), rest.data(), rest.size(), MSG_NOSIGNAL);
    if (count <= 0) return;  // the other side misses its answer, and the test says so
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
}

std::optional<Message> receive(const Socket& socket) {
  constexpr std::string_view kEndOfHead = "\r\n\r\n";
  std::string text;
  while (text.find(kEndOfHead) == std::string::npos) {
    if (!receive_more(socket, text)) return std::nullopt;
  }
  const std::size_t end = text.find(kEndOfHead);
  Message message = read_head(std::string_view(text).substr(0, end));
  message.body = text.substr(end + kEndOfHead.size());
  const std::string length(message.field(kLength).value_or("0"));
  std::erase_if(message.fields, [](const Field& field) { return field.name == kLength; });
  while (message.body.size() < std::strtoul(length.c_str(), nullptr, 10)) {
    if (!receive_more(socket, message.body)) return std::nullopt;
  }
  return message;
}

void Crew::wait() {
  for (;;) {
    std::vector<std::jthread> threads;
    {
      const std::lock_guard lock(mutex_);
      threads.swap(threads_);
    }
    if (threads.empty()) return;
  }
}

}  // namespace cdnsim::test
