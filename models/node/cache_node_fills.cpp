// What breaks off midway: answers that come in, those that go out, and who reads them.
#include <algorithm>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/int128.hpp>
#include <cdnsim/models/node/cache_node.hpp>

namespace cdnsim {

// A server that went down knows nothing of what it asked for before, even when it works again.
bool CacheNode::is_forgotten(const FlightToken& token, const Server& server) const {
  if (token.flight != 0) return token.flight <= server.flights_lost;
  return (token.key & ~kPassedThrough) <= server.solo_flights_lost;
}

// A server that goes down before the last byte is here gets what has come until then. One that is
// down already, or was since it asked, gets nothing.
void CacheNode::break_with_server(Reply& reply, const Server& server, SimTime now) const {
  const SimTime off = is_forgotten(reply.token, server) ? now : server.off.next();
  const bool breaks = reply.bytes > 0 && off < reply.last_byte_at;
  if (off > now && !breaks) return;
  if (off > now) {
    const Duration whole = reply.last_byte_at - now;
    const auto come = static_cast<Int128>(reply.bytes) * (off - now).count() / whole.count();
    reply.bytes = std::max(std::int64_t{1}, static_cast<std::int64_t>(come));
    reply.last_byte_at = off;
    reply.broken = 1;
    return;
  }
  reply.bytes = 0;
  reply.last_byte_at = now;
  reply.status = Status::error;
  reply.broken = 0;
  reply.not_modified = 0;
  reply.refused = 1;
}

// Whoever waits reads what comes in, and so does whoever asks until it breaks off. Nothing of it
// stays, and a copy that is held already stays as it was.
CacheNode::Answer CacheNode::take_in_part(const Reply& reply, SimTime now) {
  ++counts_of(reply, now).aborted;
  Answer got = answer_of(reply);
  got.broken = true;
  const ServerCache& cache = *servers_[reply.token.server].cache;
  const bool would_fill =
      leaves_copies(reply.content, reply.key) && !is_condemned(reply) &&
      (cache.peek(reply.key).state != Lookup::absent || leaves_copy(reply, now));
  if (would_fill) {
    fills_.add(reply.token.server, reply.key,
               BrokenFill{now, reply.last_byte_at, got.bytes, got.age, got.made_at, reply.object,
                          reply.content, got.passed});
  }
  return got;
}

// As who reads an entry that is filling: a delayed hit. False when nothing is coming in.
bool CacheNode::read_fill(const Request& request, std::uint32_t index, Outbox& outbox) {
  const SimTime now = request.asked.born;
  const BrokenFill* fill = fills_.find(index, request.key, now);
  if (fill == nullptr) return false;
  recorder().count_outcome(phase_of(request.asked), request.asked.content, Outcome::delayed_hit);
  Answer part;
  part.bytes = fill->bytes;
  part.age = fill->age + (now - fill->began);
  part.last_byte_at = fill->until;
  part.passed = fill->passed;
  part.made_at = fill->made_at;
  part.broken = true;
  Waiter reader = request;
  reader.asked.follows = true;
  answer(reader, part, now, served_at(request.asked), outbox);
  return true;
}

// Charges the port. What would leave after the server has gone down does not, and then the answer
// says how much does.
Transfer CacheNode::send_until_off(Egress::RouteId route, std::uint16_t server, Answer& answer,
                                   SimTime now, SimTime ready) {
  const bool has_status = answer.status == Status::ok || answer.status == Status::not_found;
  if (answer.refused || !has_status) {
    return egress().send(route, answer.bytes, now, ready, answer.last_byte_at);
  }
  const CutTransfer cut = egress().send_until(route, answer.bytes, answer.bytes, now, ready,
                                              answer.last_byte_at, servers_[server].off.next());
  if (!cut.is_cut) return cut;
  answer.bytes = cut.sent;
  answer.broken = cut.sent > Bytes{0};
  if (!answer.broken) {
    answer.status = Status::error;
    answer.refused = true;
  }
  return cut;
}

// What became of an answer that a cell did not get whole.
void CacheNode::count_broken(const Asked& asked, const Answer& answer, bool from_cache) {
  const Phase phase = recorder().phase_at(asked.born);
  const auto bytes = static_cast<std::uint64_t>(answer.bytes.count());
  recorder().count_status(phase, asked.content, Status::error);
  ClassCounts& counts = recorder().counts(phase, asked.content);
  counts.broken_off += answer.broken;
  counts.failed_waits += asked.follows;
  counts.bytes_served += bytes;
  if (from_cache) counts.bytes_hit += bytes;
  if (phase == Phase::measured) askers_[asked.asker].counts.bytes += bytes;
}

}  // namespace cdnsim
