#include <deque>

#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/data_path/coalescer.hpp>
#include <cdnsim/data_path/key_table.hpp>
#include <cdnsim/models/admission/list.hpp>
#include <cdnsim/models/cache_policy/list.hpp>

#include "lab_cache.hpp"

namespace cdnsim {
namespace {

// Why an object is not there: what became of it since it was first asked for.
class Fates {
 public:
  MissCause cause_of_absence(std::uint64_t key) {
    const Slot row = objects_.find(key);
    if (row == kNoSlot) return MissCause::first_request;
    return objects_[row].word == kStored ? MissCause::evicted : MissCause::not_admitted;
  }
  void brought(std::uint64_t key, bool stored) {
    const std::uint64_t fate = stored ? kStored : kRefused;
    const Slot row = objects_.find(key);
    row == kNoSlot ? void(objects_.add(key, fate)) : void(objects_[row].word = fate);
  }

 private:
  static constexpr std::uint64_t kRefused = 0, kStored = 1;
  KeyTable objects_;
};

template <CachePolicy Policy>
class DetailedLabCache final : public LabCache {
 public:
  DetailedLabCache(const LabCacheSpec& spec, const LabOptions& options, Policy policy)
      : cache_(Bytes(spec.size), std::move(policy), *make_admission(spec.admission).value),
        flights_(Duration::max()),
        lifetime_(options.ttl),
        latency_(options.miss_latency),
        updates_(options.size_change == SizeChange::update),
        tells_causes_(options.causes) {}

  void play(std::span<const TraceRequest> block, bool warming) override {
    counted_ = warming ? 0 : 1;
    for (const TraceRequest& request : block) ask(request);
  }
  void finish() override { land_until(SimTime::max()); }
  LabCounts counts() const override {
    LabCounts counts = counts_;
    counts.copies = cache_.counters().copies;
    return counts;
  }

 private:
  struct Waiter {
    SimTime since;
    std::uint64_t counted;
  };
  struct Fetch {
    TraceRequest request;
    FlightId flight;
    SimTime lands;
  };

  void ask(const TraceRequest& request) {
    land_until(request.at);
    counts_.requests += counted_;
    counts_.bytes += bytes_if_counted(request);
    foresee(cache_, request);
    const Found found = cache_.find(request.id, request.at);
    if (found.state == Lookup::fresh) return hit(request, found.slot);
    if (latency_ == Duration{0}) {
      miss(request, found.state);
      return bring(request, request.at);
    }
    const Joined joined = flights_.join(request.id, Waiter{request.at, counted_}, request.at);
    if (joined.role == Role::follower) {
      counts_.delayed_hits += counted_;
      return;
    }
    miss(request, found.state);
    fetches_.push_back({request, joined.flight, request.at + latency_});
  }

  void hit(const TraceRequest& request, Slot slot) {
    if (!updates_ || cache_.copy(slot).bytes == Bytes(request.bytes)) return;
    cache_.erase(request.id, Removal::expired);
    bring(request, request.at);
  }

  void miss(const TraceRequest& request, Lookup state) {
    counts_.misses += counted_;
    counts_.miss_bytes += bytes_if_counted(request);
    if (!tells_causes_) return;
    const MissCause cause =
        state == Lookup::stale ? MissCause::expired : fates_.cause_of_absence(request.id);
    counts_.causes[static_cast<std::size_t>(cause)] += counted_;
  }

  void bring(const TraceRequest& request, SimTime now) {
    CopyTimes<SimClock> times;
    times.generated_at = now;
    if (lifetime_) times.fresh_until = now + *lifetime_;
    const Slot slot = cache_.insert(request.id, Bytes(request.bytes), 0, times, now);
    if (tells_causes_) fates_.brought(request.id, slot != kNoSlot);
  }

  // All fetches take the same time, so that they land in the order in which they began.
  void land_until(SimTime now) {
    for (; !fetches_.empty() && fetches_.front().lands <= now; fetches_.pop_front()) {
      const Fetch& fetch = fetches_.front();
      bring(fetch.request, fetch.lands);
      flights_.complete(fetch.request.id, fetch.flight, [&](const Waiter& waiter) {
        if (waiter.counted != 0) counts_.waited += fetch.lands - waiter.since;
      });
    }
  }

  std::int64_t bytes_if_counted(const TraceRequest& request) const {
    return counted_ != 0 ? request.bytes : 0;
  }

  Cache<Policy, SimClock, AnyAdmission> cache_;
  Coalescer<Waiter, SimClock> flights_;
  std::deque<Fetch> fetches_;
  Fates fates_;
  LabCounts counts_;
  std::optional<Duration> lifetime_;
  Duration latency_;
  bool updates_;
  bool tells_causes_;
  std::uint64_t counted_ = 1;  // 0 while the cache warms
};

}  // namespace

std::unique_ptr<LabCache> make_detailed_lab_cache(const LabCacheSpec& spec,
                                                  const LabOptions& options) {
  std::unique_ptr<LabCache> cache;
  with_laboratory_policy(spec.policy, [&]<class Policy>(Policy policy) {
    CDNSIM_REQUIRE_USER(
        options.miss_latency == Duration{0} || spec.policy.name != Belady::kName,
        "belady knows the order of requests, not of fetches: leave --miss-latency out");
    cache = std::make_unique<DetailedLabCache<Policy>>(spec, options, std::move(policy));
  });
  CDNSIM_ASSERT(cache, "policies are checked when the command line is read");
  return cache;
}

}  // namespace cdnsim
