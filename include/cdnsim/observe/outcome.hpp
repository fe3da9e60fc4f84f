// The words for what became of a request: outcome at arrival, status at the end, cause of a miss.
// Does not know who counts them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cdnsim {

// What the look-up found at arrival; every request has exactly one.
enum class Outcome : std::uint8_t {
  hit,           // fresh copy
  stale_hit,     // stale copy within its grace
  negative_hit,  // remembered 404 or error
  delayed_hit,   // waits for a fetch that is under way, or reads an entry that is filling
  miss,          // leads a fetch
  pass,          // must not be cached
  shed,          // refused: the server is too busy
  dropped,       // lost on its way here, or its answer would be: a link has failed
  kCount
};

// How it ended. That there is no such object is an answer, and not an error.
enum class Status : std::uint8_t {
  ok,
  error,
  timed_out,
  rate_limited,
  in_flight,
  not_found,
  kCount
};

// Why a look-up led a fetch.
enum class MissCause : std::uint8_t {
  first_request,  // nobody ever asked this node for the object before
  not_fetched,    // asked for before, but no fetch has brought it yet
  evicted,
  expired,
  purged,
  not_admitted,
  re_steered,  // a server that it belonged to before has it
  spilled,     // another server has it or is fetching it, and had no room for the request
  kCount
};

// Who did the work: the place that it belongs to, or why it was another one.
enum class Served : std::uint8_t {
  home,
  content,   // it has the object: spread over several servers, or held by a peer
  health,    // the place that it belongs to was down
  overflow,  // that place was too busy
  kCount
};

template <class Word>
inline constexpr std::size_t kCountOf = static_cast<std::size_t>(Word::kCount);

inline constexpr std::array<std::string_view, kCountOf<Outcome>> kOutcomeNames = {
    "hits", "stale_hits", "negative_hits", "delayed_hits", "misses", "passes", "shed", "dropped"};
inline constexpr std::array<std::string_view, kCountOf<Status>> kStatusNames = {
    "ok", "errors", "timed_out", "rate_limited", "in_flight", "not_found"};
inline constexpr std::array<std::string_view, kCountOf<MissCause>> kMissCauseNames = {
    "first_request", "not_fetched",  "evicted",    "expired",
    "purged",        "not_admitted", "re_steered", "spilled"};

}  // namespace cdnsim
