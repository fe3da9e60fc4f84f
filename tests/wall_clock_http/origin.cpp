#include "origin.hpp"

#include <memory>

namespace cdnsim::test {

Origin::Origin(std::map<std::string, Page, std::less<>> pages)
    : pages_(std::move(pages)), listener_(listen_on_loopback()) {
  crew_.start([this] {
    while (std::optional<Socket> client = accept_from(listener_)) {
      crew_.start([this, socket = std::move(*client)] { serve(socket); });
    }
  });
}

Origin::~Origin() {
  open_gate();
  shut_down(listener_);
}

void Origin::close_gate() {
  const std::lock_guard lock(mutex_);
  open_ = false;
  permits_ = 0;
}
void Origin::let_through(int count) {
  const std::lock_guard lock(mutex_);
  permits_ += count;
  changed_.notify_all();
}
void Origin::open_gate() {
  const std::lock_guard lock(mutex_);
  open_ = true;
  changed_.notify_all();
}

int Origin::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}
int Origin::not_modified() const {
  const std::lock_guard lock(mutex_);
  return not_modified_;
}
int Origin::held() const {
  const std::lock_guard lock(mutex_);
  return held_;
}

void Origin::serve(const Socket& client) {
  const std::optional<Message> request = receive(client);
  if (!request) return;
  pass_gate();
  send(client, answer_to(*request));
}

void Origin::pass_gate() {
  std::unique_lock lock(mutex_);
  ++requests_;
  ++held_;
  changed_.wait_for(lock, kPatience, [this] { return open_ || permits_ > 0; });
  --held_;
  if (!open_) --permits_;
}

Message Origin::answer_to(const Message& request) {
  const std::lock_guard lock(mutex_);
  const std::string_view target = request.second_word();
  const auto page = pages_.find(target.substr(0, target.find('?')));
  if (page == pages_.end()) return {"HTTP/1.1 404 Not Found", {}, "no such page"};
  Message answer{"HTTP/1.1 200 OK", {{"cache-control", page->second.cache_control}}, {}};
  if (const std::string& etag = page->second.etag; !etag.empty()) {
    answer.fields.push_back({"etag", etag});
    if (request.field("if-none-match") == etag) {
      ++not_modified_;
      answer.first_line = "HTTP/1.1 304 Not Modified";
      return answer;
    }
  }
  answer.body = std::string(target) + ", answer " + std::to_string(++answers_);
  return answer;
}

}  // namespace cdnsim::test
