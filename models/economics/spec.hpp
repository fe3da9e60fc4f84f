// What a scenario says of money: the month that is billed, tariffs by name, prices to customers.
// Does not know how any of them is billed, nor what pays which (pricing.hpp).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/models/economics/pricing.hpp>
#include <cdnsim/models/economics/tariff/list.hpp>
#include <cdnsim/models/workload/curve.hpp>

namespace cdnsim {

struct MonthSpec {
  std::uint32_t weekday = 21;
  std::uint32_t weekend = 8;
  std::uint32_t this_event = 1;
  double weekend_level = 1.0;

  std::uint32_t days() const { return weekday + weekend + this_event; }
};

template <class V>
void describe(V& v, MonthSpec& s) {
  v.optional("weekday", s.weekday, "days without the run's event", at_most(31u));
  v.optional("weekend", s.weekend, "days without it at the weekend", at_most(31u));
  v.optional("this_event", s.this_event, "days on which the run takes place", at_most(31u));
  v.optional("weekend_level", s.weekend_level, "traffic of a weekend day, of a weekday's",
             at_least(0.0), at_most(100.0));
  v.require(s.days() >= 28 && s.days() <= 31, "weekday",
            "and the other days together must be 28 to 31");
}

// Which hour of the day the traffic of a short run, its event left out, is typical of.
enum class RunHour : std::uint8_t {
  clock,  // the hour at which it takes place
  mean,   // one with the mean traffic of a day
  peak    // the busiest one
};

constexpr std::array<EnumName<RunHour>, 3> enum_names(RunHour) {
  return {{{RunHour::clock, "clock"}, {RunHour::mean, "mean"}, {RunHour::peak, "peak"}}};
}

struct EventWindow {
  Duration from{0};
  Duration until{0};
};

template <class V>
void describe(V& v, EventWindow& s) {
  v.required("from", s.from, "from the start of the run", at_least(Duration{0}));
  v.required("until", s.until, "its end, from the start of the run", at_least(Duration{0}));
  v.require(s.from < s.until, "until", "must be after \"from\"");
}

struct BillingSpec {
  MonthSpec month;
  Curve profile = Curve::diurnal();
  std::optional<RunHour> run_hour;
  std::optional<EventWindow> event;
  std::map<std::string, TariffSpec> tariffs;
  std::map<std::string, PricePerGb> prices;
};

template <class V>
void describe(V& v, BillingSpec& s) {
  v.object("month", s.month, "the month that a run of less than 28 days stands for");
  v.optional("profile", s.profile, "how traffic changes over a day, by local time");
  v.optional("run_hour", s.run_hour,
             "the hour that the run's traffic is typical of: clock, mean or peak. When not given, "
             "clock if a workload follows the time of day, or else mean");
  v.optional("event", s.event,
             "when the run's event is; traffic outside of it is the baseline. When not given, the "
             "baseline is the median, which an event of less than half of the run does not move");
  v.map("tariffs", s.tariffs,
        "by name; one that is named like a kind holds for all that name none: transit, port, pni, "
        "backbone, colocation, hardware, rent, egress");
  v.optional("prices", s.prices, "what customers pay, by class of content",
             keys_refer_to("/content", "/traffic"), at_least(PricePerGb{Money{0}}),
             at_most(PricePerGb{1'000_USD}));
}

// The tariff of that name in the scenario, or else the one that always exists, or nothing.
const TariffSpec* find_tariff(const BillingSpec& billing, std::string_view name);

// The tariff of that name where it is of this kind, else the kind's own figures.
template <class Tariff>
Tariff tariff_or_usual(const BillingSpec& billing, std::string_view name) {
  const auto* tariff = std::get_if<Tariff>(find_tariff(billing, name));
  return tariff == nullptr ? Tariff{} : *tariff;
}

}  // namespace cdnsim
