#include "shard.hpp"

#include <utility>

namespace cdnsim::test {

namespace {

// How long it is remembered that an answer cannot be shared, so that nobody waits for another's.
constexpr std::chrono::minutes kPassMemory{2};

}  // namespace

Verdict Shard::request(Ask& ask) {
  using What = Verdict::What;
  const std::lock_guard lock(mutex_);
  const Wall::time_point now = Wall::now();  // under the lock, so that it does not run backwards
  Verdict verdict;
  coalescer_.expire(now, [&](Ask late) { verdict.gave_up.push_back(std::move(late)); });
  const std::uint64_t key = ask.key.key;
  const Found found = cache_.find(key, now);
  if (found.slot != kNoSlot) {
    const Copy& copy = copies_.at(key);
    const bool fresh = found.state == Lookup::fresh;
    if (copy.text != ask.key.text || (fresh && cache_.copy(found.slot).tag == kPass)) {
      verdict.what = What::pass;
      return verdict;
    }
    if (fresh) {
      verdict.what = What::answer;
      verdict.message = copy.answer;
      return verdict;
    }
    verdict.etag = copy.answer.field("etag").value_or("");
  }
  const Joined joined = coalescer_.join(key, std::move(ask), now);
  verdict.what = joined.role == Role::leader ? What::fetch : What::wait;
  verdict.flight = joined.flight;
  return verdict;
}

Served Shard::fetched(const UrlKey& key, FlightId flight, Wall::time_point asked_at,
                      Message answer) {
  const std::lock_guard lock(mutex_);
  const Wall::time_point now = Wall::now();
  const CacheControl control = read_cache_control(answer.field("cache-control").value_or(""));
  ResponseTimes<Wall::time_point> dates{.asked_at = asked_at, .came_at = now};
  dates.age = read_age(answer.field("age").value_or("")).value_or(Duration(0));
  const Duration age = current_age(dates, now);
  const Duration lifetime = control.lifetime().value_or(Duration(0));
  const CopyTimes<Wall> times{
      .generated_at = now - age, .fresh_until = now - age + lifetime, .last_byte_at = now};

  Served served;
  const bool good = answer.second_word() == "200" || answer.second_word() == "304";
  served.shared = good && control.storable() && lifetime > age;
  if (answer.second_word() == "304") refresh(key, times, answer);
  if (served.shared) {
    store(key, kStored, times, answer, now);
  } else if (good) {
    store(key, kPass, {now, now + kPassMemory, now}, {}, now);
  }
  served.message = std::move(answer);
  coalescer_.expire(now, [](Ask) {});  // they miss their answer, and the test says so
  coalescer_.complete(key.key, flight, [&](Ask ask) { served.asks.push_back(std::move(ask)); });
  return served;
}

// A copy is good still: `answer`, a 304, becomes what it stands for.
void Shard::refresh(const UrlKey& key, const CopyTimes<Wall>& times, Message& answer) {
  const Slot slot = cache_.peek(key.key);
  if (slot == kNoSlot || copies_.at(key.key).text != key.text) {
    answer = {"HTTP/1.1 502 Bad Gateway", {}, "the copy is gone"};
    return;
  }
  cache_.refresh(slot, times);
  answer = copies_.at(key.key).answer;
}

void Shard::store(const UrlKey& key, std::uint16_t tag, const CopyTimes<Wall>& times,
                  Message answer, Wall::time_point now) {
  const Bytes size(static_cast<std::int64_t>(answer.body.size()) + 1);
  const auto forget = [this](const Departed& copy) { copies_.erase(copy.key); };
  if (cache_.insert(key.key, size, tag, times, now, forget) != kNoSlot) {
    copies_[key.key] = {key.text, std::move(answer)};
  } else {
    copies_.erase(key.key);
  }
}

std::uint64_t Shard::waiting() const { return coalescer_counters().waiting; }
CacheCounters Shard::cache_counters() const {
  const std::lock_guard lock(mutex_);
  return cache_.counters();
}
CoalescerCounters Shard::coalescer_counters() const {
  const std::lock_guard lock(mutex_);
  return coalescer_.counters();
}

}  // namespace cdnsim::test
