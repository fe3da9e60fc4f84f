// A small described struct with every type a field can have, and what tests ask of the reader.
// Does not know scenarios.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/config/override.hpp>
#include <cdnsim/config/problems.hpp>
#include <cdnsim/config/reader.hpp>

namespace garage {

using namespace cdnsim;

enum class Fuel { petrol, diesel, none };

constexpr auto enum_names(Fuel) {
  return std::array{EnumName<Fuel>{Fuel::petrol, "petrol"}, EnumName<Fuel>{Fuel::diesel, "diesel"},
                    EnumName<Fuel>{Fuel::none, "none"}};
}

struct Wheel {
  double pressure = 2.2;
  std::uint32_t bolts = 5;
};
template <class V>
void describe(V& v, Wheel& s) {
  v.required("pressure", s.pressure, "in bar", at_least(0.5), at_most(9.0));
  v.optional("bolts", s.bolts, "that hold it", at_least(1u));
}

struct Sale {
  static constexpr std::string_view kKind = "sale";
  Money price{1};
};
template <class V>
void describe(V& v, Sale& s) {
  v.required("price", s.price, "what it costs");
}

struct Repair {
  static constexpr std::string_view kKind = "repair";
  Duration takes{0};
  std::string mechanic;
};
template <class V>
void describe(V& v, Repair& s) {
  v.required("takes", s.takes, "how long", above(Duration{0}));
  v.optional("mechanic", s.mechanic, "who", refers_to("/mechanics").or_one_of("anybody"));
}

using Job = std::variant<Sale, Repair>;

struct Toll {
  static constexpr std::string_view kKind = "toll";
  Money fee{0};
};
template <class V>
void describe(V& v, Toll& s) {
  v.required("fee", s.fee, "paid at the gate");
}

struct Fine {
  static constexpr std::string_view kKind = "fine";
  std::string reason;
};
template <class V>
void describe(V& v, Fine& s) {
  v.optional("reason", s.reason, "why");
}

struct Trip {
  Duration at{0};
  std::variant<Toll, Fine> event;
};
template <class V>
void describe(V& v, Trip& s) {
  v.required("at", s.at, "when");
  v.choice(s.event, "what happens");
}

struct Mechanic {
  std::string town;
  Ratio busy{0.5};
};
template <class V>
void describe(V& v, Mechanic& s) {
  v.optional("town", s.town, "where from");
  v.optional("busy", s.busy, "share of the day");
}

struct Garage {
  std::string name = "unnamed";
  bool open = true;
  std::uint64_t places = 10;
  std::int64_t level = 0;
  Fuel fuel = Fuel::petrol;
  std::optional<BitRate> line;
  std::string colour = "red";
  std::vector<double> prices = {1.0};
  std::map<std::string, Mechanic> mechanics;
  std::map<std::string, double> shares;
  std::map<std::string, double> towns;
  std::map<std::string, Job> jobs;
  std::map<std::string, Trip> trips;
  Wheel wheel;
  Duration opens{0};
  Duration closes = std::chrono::hours(1);
};
template <class V>
void describe(V& v, Garage& s) {
  v.required("name", s.name, "what it is called");
  v.optional("open", s.open, "whether it is");
  v.optional("places", s.places, "for cars", at_most(std::uint64_t{1000}));
  v.optional("level", s.level, "above the sea", at_least(std::int64_t{-10}));
  v.optional("fuel", s.fuel, "what is sold");
  v.optional("line", s.line, "to the network", above(BitRate{0}));
  v.optional("colour", s.colour, "of the door", one_of({"red", "green", "blue"}));
  v.optional("prices", s.prices, "of coffee", min_members(1), max_members(3), at_least(0.0));
  v.map("mechanics", s.mechanics, "who works here");
  v.optional("shares", s.shares, "of the profit", keys_refer_to("/mechanics"), above(0.0));
  v.optional("towns", s.towns, "distance", keys_refer_to("/mechanics/*/town"));
  v.map("jobs", s.jobs, "what is to do");
  v.map("trips", s.trips, "where to go");
  v.object("wheel", s.wheel, "on the wall");
  v.optional("opens", s.opens, "from midnight");
  v.optional("closes", s.closes, "from midnight");
  v.require(s.opens < s.closes, "closes", "must be after \"opens\"");
}

}  // namespace garage

namespace cdnsim::config {

struct Reading {
  garage::Garage garage;
  std::vector<std::string> problems;  // one line each
};

inline std::vector<std::string> lines_of(const Problems& problems) {
  std::vector<std::string> lines;
  for (const Problem& problem : problems.sorted()) lines.push_back(to_text(problem));
  return lines;
}

inline Reading read_garage(std::string_view text, const std::vector<std::string>& sets = {}) {
  Document document;
  Problems problems(document);
  Reading reading;
  if (read_text("g.json", text, document, problems)) {
    for (const std::string& set : sets) apply_override(set, document, problems);
    Reader(document, problems).read_document(reading.garage);
  }
  reading.problems = lines_of(problems);
  return reading;
}

}  // namespace cdnsim::config
