// How copies come into an embedded cache: when, how fast, and which ones unasked.
// Does not know caches, servers or messages: the node asks what may be kept and what comes next.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/int128.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/models/node/embedded_spec.hpp>

namespace cdnsim {

// What is fetched unasked, one after the other.
struct FillItem {
  std::uint32_t object = 0;
  std::uint16_t content = 0;
};

struct FillRules {
  std::optional<FillWindow> window;
  Duration utc_offset{0};
  std::optional<BitRate> rate;
  bool ahead = false;
  std::vector<FillItem> items = {};  // of what comes in ahead, the most wanted first
  SimTime from{};                    // likewise: when the first does
  bool keeps_all = false;            // what was asked for stays in any case
};

class Filling {
 public:
  explicit Filling(FillRules rules) : rules_(std::move(rules)) {
    CDNSIM_ASSERT(!rules_.ahead || rules_.rate, "what is fetched ahead has a rate");
    if (rules_.ahead && !rules_.items.empty()) next_at_ = open_from(rules_.from);
  }

  // Whether a copy that somebody asked for may stay. The line for it is taken at once and for as
  // long as its bytes need; what comes before it is free again does not stay.
  bool takes(std::uint64_t key, SimTime now, Bytes bytes) {
    if (rules_.keeps_all) return true;
    if (rules_.ahead) return on_the_way_.erase(key) > 0;
    if (rules_.window && !rules_.window->holds(now, rules_.utc_offset)) return false;
    if (!rules_.rate) return true;
    if (now < free_at_) return false;
    free_at_ = now + time_for(bytes);
    return true;
  }

  // When the next of the items is to be fetched; SimTime::max(): never.
  SimTime next() const { return next_at_; }
  const FillItem& item() const { return rules_.items[position_]; }
  // It is there already.
  void skip() { advance(next_at_); }
  // Nobody works who could take it in, or the way to who has it is cut: it is tried again.
  void wait() { next_at_ = open_from(next_at_ + kPatience); }
  // Somebody has asked for it a moment ago: what comes for him is to stay.
  void keep(std::uint64_t key) { on_the_way_.insert(key); }
  // It was sent for: the one after it follows when its bytes have had their time, in this window or
  // in the next one, which begins with the first again.
  void sent_for(SimTime now, Bytes bytes) {
    next_at_ = now + time_for(bytes);
    advance(now);
    if (!rules_.window) return;
    if (next_at_ < rules_.window->end_after(now, rules_.utc_offset)) return;
    position_ = 0;
    next_at_ = open_from(next_at_);
  }

 private:
  static constexpr Duration kPatience = std::chrono::seconds(1);

  SimTime open_from(SimTime time) const {
    return rules_.window ? rules_.window->next(time, rules_.utc_offset) : time;
  }
  Duration time_for(Bytes bytes) const {
    const Int128 ns = static_cast<Int128>(bytes.count()) * 8'000'000'000 / rules_.rate->count();
    return Duration{static_cast<std::int64_t>(ns) + 1};
  }
  // After the last there is nothing to do until the next window, or ever.
  void advance(SimTime now) {
    if (++position_ < rules_.items.size()) return;
    position_ = 0;
    next_at_ = rules_.window ? open_from(rules_.window->end_after(now, rules_.utc_offset))
                             : SimTime::max();
  }

  FillRules rules_;
  SimTime free_at_ = SimTime::min();
  SimTime next_at_ = SimTime::max();
  std::size_t position_ = 0;
  std::set<std::uint64_t> on_the_way_;  // keys
};

}  // namespace cdnsim
