// Which objects go viral: adds up what many places report of each object, interval by interval, and
// holds four signals against the sums.
// Does not know how reports come, nor what is done about an object that is found.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/quantity.hpp>

namespace cdnsim {

enum class ViralSignal : std::uint8_t { acceleration, rate, spread, social };

inline constexpr std::array<std::string_view, 4> kViralSignalNames = {"acceleration", "rate",
                                                                      "spread", "social"};

// A place reports an object for an interval in which it was asked for at `floor` or more; who does
// not report it was below. Of the sums over all places that report an object for an interval:
//   acceleration  requests > (1 + acceleration) x those of the interval `within` before, where each
//                 place more that reports now is taken to have been at the floor then: so what the
//                 floor hid never looks like growth. Does not hold while there was no such
//                 interval;
//   rate          requests per second >= rate;
//   spread        places > places;
//   social        requests with a social referrer > social_share x requests.
// An object is viral in an interval when it accelerates and `needed` signals hold: growth is what
// tells it from one that is popular and always was.
class ViralWatch {
 public:
  struct Rules {
    std::chrono::nanoseconds interval = std::chrono::seconds(1);
    std::chrono::nanoseconds within = std::chrono::seconds(60);  // whole intervals
    double acceleration = 1.0;
    Rate rate{50'000};
    std::uint32_t places = 10;
    Ratio social_share{0.3};
    std::uint32_t needed = 2;
    Rate floor{50};
    // An object is found anew when it was not viral for longer than this. It has cooled down when
    // for longer than this it was neither viral nor asked for as much as when it was found.
    std::chrono::nanoseconds cool_down = std::chrono::seconds(60);
  };
  // What one place says of one object. Intervals are numbered from 0.
  struct Report {
    std::uint64_t key = 0;
    std::uint64_t tag = 0;  // what else is known of the key
    std::int64_t interval = 0;
    std::uint64_t requests = 0;
    std::uint64_t social = 0;
    std::chrono::nanoseconds first_at{0};  // the first of these requests
  };
  struct Found {
    std::uint64_t key = 0;
    std::uint64_t tag = 0;
    std::chrono::nanoseconds first_at{0};  // since it is reported, with gaps below `within`
    double rate = 0;                       // per second, in the interval
    double growth = 0;
    std::uint32_t places = 0;
    double social_share = 0;
    std::array<bool, kViralSignalNames.size()> signals{};

    bool holds(ViralSignal signal) const { return signals[static_cast<std::size_t>(signal)]; }
  };

  explicit ViralWatch(const Rules& rules);

  // In any order. REQUIRES: one report a place, object and interval; the interval was not judged.
  void add(const Report& report);
  // The first interval with reports that is not judged; none when there are none.
  std::optional<std::int64_t> next_to_judge() const;
  // The objects that are found to be viral in it, by key. REQUIRES: all of its reports are there;
  // later than all that were judged.
  std::vector<Found> judge(std::int64_t interval);

  // The first interval at whose end something will have cooled down, if no more is reported; none
  // when nothing was found that has not.
  std::optional<std::int64_t> next_to_cool() const;
  // The objects that have cooled down at its end, by key; each is named once.
  // REQUIRES: the interval was judged just before.
  std::vector<std::uint64_t> cooled(std::int64_t interval);

  std::size_t objects() const { return objects_.size(); }

 private:
  struct Sum {
    std::int64_t interval = -1;
    std::uint64_t requests = 0;
    std::uint64_t social = 0;
    std::uint32_t places = 0;
  };
  struct Open : Sum {
    std::uint64_t tag = 0;
    std::chrono::nanoseconds first_at{0};
  };
  struct Object {
    std::vector<Sum> sums;  // by interval, modulo their number
    std::int64_t reported = -1;
    std::int64_t viral = -1;  // the last interval in which it was
    std::chrono::nanoseconds first_at{0};
  };

  // Of an object that was found and has not cooled down.
  struct Stay {
    std::uint64_t requests = 0;  // in the interval in which it was found
    std::int64_t high = -1;      // the last in which it was viral or had as many
  };

  Sum& sum_of(Object& object, std::int64_t interval) const;
  Found look_at(Object& object, const Sum& now) const;

  Rules rules_;
  double interval_s_;
  std::int64_t history_;    // intervals
  std::int64_t cool_down_;  // likewise
  std::int64_t judged_ = -1;
  std::map<std::int64_t, std::map<std::uint64_t, Open>> open_;  // by interval and key
  std::map<std::uint64_t, Object> objects_;
  std::map<std::uint64_t, Stay> stays_;
};

}  // namespace cdnsim
