#include "cache_server.hpp"

#include <utility>

namespace cdnsim::test {

namespace {

std::vector<RingMember> four_members() { return {{"a"}, {"b"}, {"c"}, {"d"}}; }

std::string url_of(const Message& request) {
  return "http://" + std::string(request.field("host").value_or("")) +
         std::string(request.second_word());
}

std::vector<RequestHeader> headers_of(const Message& request) {
  std::vector<RequestHeader> headers;
  for (const Field& field : request.fields) headers.push_back({field.name, field.value});
  return headers;
}

}  // namespace

CacheServer::CacheServer(std::uint16_t origin_port, const KeyRules& rules)
    : origin_port_(origin_port),
      rules_(rules),
      listener_(listen_on_loopback()),
      ring_(four_members(), 100) {
  for (int i = 0; i < 4; ++i) {
    acceptors_.start([this] { accept_all(); });
  }
}

CacheServer::~CacheServer() {
  shut_down(listener_);
  acceptors_.wait();  // they start fetches
  fetches_.wait();
}

std::uint64_t CacheServer::waiting() const {
  std::uint64_t sum = 0;
  for (const Shard& shard : shards_) sum += shard.waiting();
  return sum;
}

void CacheServer::accept_all() {
  while (std::optional<Socket> client = accept_from(listener_)) serve(std::move(*client));
}

// Never waits for the origin: that is done by a thread for each fetch.
void CacheServer::serve(Socket client) {
  std::optional<Message> request = receive(client);
  if (!request) return;
  Parsed<UrlKey> key = url_key(rules_, url_of(*request), headers_of(*request));
  if (!key.value) {
    send(client, {"HTTP/1.1 400 Bad Request", {}, key.problem});
    return;
  }
  Shard& shard = shards_[ring_.owner(key.value->key)];
  Ask ask{std::move(client), *request, *key.value, ++next_number_};
  const std::uint64_t number = ask.number;
  Verdict verdict = shard.request(ask);
  for (const Ask& late : verdict.gave_up) {
    ++times_out_;
    send(late.client, {"HTTP/1.1 504 Gateway Timeout", {}, "the origin is too slow"});
  }
  switch (verdict.what) {
    case Verdict::What::wait: return;
    case Verdict::What::pass: return pass(std::move(ask));
    case Verdict::What::answer: {
      ++hits_;
      return send(ask.client, verdict.message);
    }
    case Verdict::What::fetch: {
      fetches_.start(
          [this, &shard, number, key = std::move(*key.value), request = std::move(*request),
           verdict = std::move(verdict)] { lead(shard, key, number, request, verdict); });
    }
  }
}

// Fetches for all who wait. What turns out to be for the leader alone is fetched for each of the
// others, all at once: one after the other they would wait for the sum of all answers.
void CacheServer::lead(Shard& shard, const UrlKey& key, std::uint64_t number,
                       const Message& request, const Verdict& verdict) {
  const Wall::time_point asked_at = Wall::now();
  Message answer = ask_origin(request, verdict.etag);
  Served served = shard.fetched(key, verdict.flight, asked_at, std::move(answer));
  for (Ask& ask : served.asks) {
    if (served.shared || ask.number == number) {
      send(ask.client, served.message);
    } else {
      pass(std::move(ask));
    }
  }
}

void CacheServer::pass(Ask ask) {
  ++passes_;
  fetches_.start([this, ask = std::move(ask)] { send(ask.client, ask_origin(ask.request, {})); });
}

Message CacheServer::ask_origin(const Message& request, const std::string& etag) const {
  Message onward = request;
  if (!etag.empty()) onward.fields.push_back({"if-none-match", etag});
  const Socket origin = connect_to(origin_port_);
  send(origin, onward);
  return receive(origin).value_or(Message{"HTTP/1.1 502 Bad Gateway", {}, "no answer"});
}

}  // namespace cdnsim::test
