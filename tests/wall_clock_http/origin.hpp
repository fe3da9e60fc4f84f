// The origin of the loopback test: counts requests, and holds them while its gate is closed.
// Does not know the cache before it.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>

#include "http.hpp"

namespace cdnsim::test {

// By path. Each answer has a body of its own, so that a shared one is seen; an ETag is a page's.
struct Page {
  std::string cache_control;
  std::string etag;  // empty: none
};

class Origin {
 public:
  explicit Origin(std::map<std::string, Page, std::less<>> pages);
  ~Origin();

  std::uint16_t port() const { return port_of(listener_); }
  void close_gate();
  void let_through(int count);  // of those held, or that come
  void open_gate();

  int requests() const;      // ever
  int not_modified() const;  // of them, answered by 304
  int held() const;          // now, all at the same time

 private:
  void serve(const Socket& client);
  void pass_gate();
  Message answer_to(const Message& request);

  std::map<std::string, Page, std::less<>> pages_;
  Socket listener_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = true;
  int permits_ = 0, requests_ = 0, not_modified_ = 0, held_ = 0, answers_ = 0;
  Crew crew_;
};

}  // namespace cdnsim::test
