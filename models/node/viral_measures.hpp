// What a node does about objects that have gone viral and have not cooled down, and what came of
// it, object by object.
// Does not know how it hears of them, nor caches: the node tells what it found there.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/models/node/copy_rules.hpp>
#include <cdnsim/models/node/mitigation_spec.hpp>
#include <cdnsim/models/node/payloads.hpp>
#include <cdnsim/observe/outcome.hpp>

namespace cdnsim {

// Of one detection at one node.
struct MeasureCounts {
  std::uint32_t detection = 0;
  // Fetched unasked.
  std::uint64_t fetches = 0;
  std::uint64_t copies = 0;  // that came and stayed
  std::uint64_t bytes = 0;   // of them
  std::uint64_t found = 0;   // first requests since then that found it here
  std::uint64_t waited = 0;  // likewise, on its way
  // Kept for longer than its own rules allow: requests that got such a copy; that, where nothing
  // may be stored, waited for another one's fetch; and that led a fetch all the same.
  std::uint64_t kept = 0;
  std::uint64_t joined = 0;
  std::uint64_t led = 0;
};

class ViralMeasures {
 public:
  ViralMeasures(const MitigationSpec& spec, bool prepositions)
      : spec_(spec), prepositions_(prepositions) {}

  const std::optional<ReplicateSpec>& replicate() const { return spec_.replicate; }
  bool prepositions() const { return prepositions_; }

  // From now on. False when something is done about it already.
  bool begin(const HotAlert& alert, const CopyRules& rules, bool is_private) {
    const auto [stay, is_new] = stays_.try_emplace(alert.key);
    if (!is_new) return false;
    Watching& watching =
        watching_.try_emplace(alert.content, Watching{0, rules.watched}).first->second;
    ++watching.stays;
    stay->second.content = alert.content;
    stay->second.counts.detection = alert.detection;
    if (!spec_.micro_cache || is_private || rules.lifetime >= spec_.micro_cache->ttl) return true;
    stay->second.longer = spec_.micro_cache->ttl - rules.lifetime;
    stay->second.is_storable = rules.storable;
    return true;
  }
  void end(std::uint64_t key, std::vector<CopyRules>& rules) {
    const auto stay = stays_.find(key);
    if (stay == stays_.end()) return;
    const auto watching = watching_.find(stay->second.content);
    if (--watching->second.stays == 0) {
      rules[watching->first].watched = watching->second.before;
      watching_.erase(watching);
    }
    ended_.push_back(stay->second.counts);
    stays_.erase(stay);
  }

  // By how much a copy that comes now is good for longer than its own rules allow.
  Duration longer(std::uint64_t key) const {
    const auto stay = stays_.find(key);
    return stay == stays_.end() ? Duration{0} : stay->second.longer;
  }
  // Of a copy that is here, by how much longer it was made to be good.
  Duration longer_of(std::uint64_t key, SimTime fresh_until) const {
    const auto stay = stays_.find(key);
    const bool is_one = stay != stays_.end() && stay->second.kept_until.contains(fresh_until);
    return is_one ? stay->second.longer : Duration{0};
  }
  bool keeps(std::uint64_t key) const { return longer(key) > Duration{0}; }

  // It was sent for unasked. REQUIRES: begin(key).
  void note_sent(std::uint64_t key, const FlightToken& flight) {
    Stay& stay = stays_.at(key);
    stay.flight = flight.flight;
    stay.server = flight.server;
    stay.awaits_first = true;
    ++stay.counts.fetches;
  }
  // A copy came in, or was found to be good still.
  void note_stored(const Reply& reply, SimTime fresh_until, SimTime now) {
    const auto found = stays_.find(reply.key);
    if (found == stays_.end()) return;
    Stay& stay = found->second;
    if (stay.longer > Duration{0}) {
      stay.kept_until.erase(stay.kept_until.begin(), stay.kept_until.upper_bound(now));
      stay.kept_until.insert(fresh_until);
    }
    const bool is_it = stay.flight == reply.token.flight && stay.server == reply.token.server;
    if (stay.flight == 0 || !is_it) return;
    stay.flight = 0;
    ++stay.counts.copies;
    stay.counts.bytes += static_cast<std::uint64_t>(reply.bytes);
  }

  // A request that a copy answered, or one that is coming in.
  void note_answered(std::uint64_t key, Outcome outcome, SimTime fresh_until, SimTime now) {
    const auto found = stays_.find(key);
    if (found == stays_.end()) return;
    Stay& stay = found->second;
    const bool is_first = std::exchange(stay.awaits_first, false);
    (outcome == Outcome::delayed_hit ? stay.counts.waited : stay.counts.found) += is_first;
    if (stay.longer == Duration{0}) return;
    if (outcome == Outcome::delayed_hit) {
      stay.counts.joined += !stay.is_storable;
    } else {
      const bool is_past_its_own =
          stay.kept_until.contains(fresh_until) && now >= fresh_until - stay.longer;
      stay.counts.kept += !stay.is_storable || (outcome == Outcome::hit && is_past_its_own);
    }
  }
  // A request that none did: it waits for what another one fetches, or fetches.
  void note_missed(std::uint64_t key, bool follows) {
    const auto found = stays_.find(key);
    if (found == stays_.end()) return;
    Stay& stay = found->second;
    const bool is_first = std::exchange(stay.awaits_first, false);
    stay.counts.waited += is_first && follows;
    if (stay.longer == Duration{0}) return;
    stay.counts.joined += follows && !stay.is_storable;
    stay.counts.led += !follows;
  }

  // Those that are over, and those that are not.
  std::vector<MeasureCounts> counts() const {
    std::vector<MeasureCounts> all = ended_;
    for (const auto& [key, stay] : stays_) all.push_back(stay.counts);
    return all;
  }

 private:
  // A class whose hits are looked at for the sake of such objects.
  struct Watching {
    std::uint32_t stays = 0;
    bool before = false;  // whether they were before
  };
  struct Stay {
    MeasureCounts counts;
    std::uint16_t content = 0;
    Duration longer{0};
    bool is_storable = true;       // by its own rules
    bool awaits_first = false;     // request since it was sent for
    std::uint64_t flight = 0;      // that was sent unasked; 0: none, or it is over
    std::uint64_t server = 0;      // that sent it
    std::set<SimTime> kept_until;  // of copies that are kept for longer
  };

  MitigationSpec spec_;
  bool prepositions_;
  std::map<std::uint64_t, Stay> stays_;  // by key
  std::vector<MeasureCounts> ended_;
  std::map<std::uint16_t, Watching> watching_;  // by content
};

}  // namespace cdnsim
