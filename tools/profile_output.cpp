#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cdnsim/models/workload/laws.hpp>
#include <cdnsim/tools/profile_output.hpp>
#include <cdnsim/tools/table.hpp>
#include <cdnsim/tools/units.hpp>

namespace cdnsim::tools {
namespace {

double ratio(double part, double whole) {
  return whole > 0 ? part / whole : std::numeric_limits<double>::quiet_NaN();
}
std::string size_text(std::int64_t bytes) { return bytes_text(static_cast<std::uint64_t>(bytes)); }

// As `trace generate` takes them; a law is rounded to what its fit is worth.
std::string popularity_argument(const TraceSummary& s) {
  if (std::isnan(s.zipf_exponent)) return "-";
  const double rounded = std::round(std::clamp(s.zipf_exponent, 0.0, 20.0) * 1000) / 1000;
  return to_text(PopularityLaw{rounded});
}
std::string size_argument(const TraceSummary& s) {
  if (s.objects == 0) return "-";
  const Bytes median{std::max<std::int64_t>(std::llround(s.size_law_median), 1)};
  if (s.size_law_sigma == 0) return to_text(SizeLaw{FixedSize{median}});
  const double sigma = std::round(std::clamp(s.size_law_sigma, 0.001, 10.0) * 1000) / 1000;
  return to_text(SizeLaw{LognormalSize{median, sigma}});
}

std::string tenths_text(const TraceSummary& s) {
  Table table({"Tenth of the requests", "objects asked for", "never asked for before"});
  for (std::size_t i = 0; i < s.objects_in_tenth.size(); ++i) {
    table.add(
        {std::to_string(i + 1), count_text(s.objects_in_tenth[i]), count_text(s.new_in_tenth[i])});
  }
  return table.text();
}

}  // namespace

std::string profile_text(const TraceSummary& s) {
  const auto requests = static_cast<double>(s.requests);
  const auto objects = static_cast<double>(s.objects);
  const double length = seconds(s.duration);
  Table table({"Trace", ""});
  table.add({"requests", std::to_string(s.requests)});
  table.add({"objects", std::to_string(s.objects)});
  table.add(
      {"requests an object", s.objects == 0 ? "-" : fmt::format("{:.2f}", requests / objects)});
  table.add({"asked for once", percent_text(ratio(static_cast<double>(s.asked_once), objects))});
  table.add(
      {"requests for those", percent_text(ratio(static_cast<double>(s.asked_once), requests))});
  table.add({"share of the most popular",
             percent_text(ratio(static_cast<double>(s.most_asked), requests))});
  table.add({"fitted Zipf exponent",
             std::isnan(s.zipf_exponent) ? "-" : fmt::format("{:.3f}", s.zipf_exponent)});
  table.add({"as --popularity", popularity_argument(s)});
  table.add({"asked again within 0.1 %",
             percent_text(ratio(static_cast<double>(s.reused_within[0]), requests))});
  table.add({"asked again within 1 %",
             percent_text(ratio(static_cast<double>(s.reused_within[1]), requests))});
  table.add({"asked again within 10 %",
             percent_text(ratio(static_cast<double>(s.reused_within[2]), requests))});
  table.add({"bytes asked for", size_text(s.bytes)});
  table.add({"footprint", size_text(s.footprint)});
  table.add({"object size, least", size_text(s.size_least)});
  table.add({"object size, median", size_text(s.size_median)});
  table.add({"object size, p90", size_text(s.size_p90)});
  table.add({"object size, most", size_text(s.size_most)});
  table.add({"as --object-size", size_argument(s)});
  table.add({"distance from that law", fmt::format("{:.3f}", s.size_law_distance)});
  table.add({"changes of size", std::to_string(s.size_changes)});
  table.add({"duration", seconds_text(length)});
  table.add({"mean rate", length > 0 ? rate_text(requests / length) : "-"});
  return table.text() + "\n" + tenths_text(s) +
         "\nAsked again: within so large a part of the requests. The exponent is the slope of\n"
         "log(requests) against log(rank), over objects asked for at least ten times, every "
         "octave\n"
         "of ranks weighing the same. The size law is lognormal with the mean and deviation of "
         "the\n"
         "logarithms of the objects' first sizes; its distance is Kolmogorov and Smirnov's, 0 to "
         "1.\n";
}

std::string profile_json(const TraceSummary& s) {
  const nlohmann::ordered_json zipf = std::isnan(s.zipf_exponent)
                                          ? nlohmann::ordered_json(nullptr)
                                          : nlohmann::ordered_json(s.zipf_exponent);
  const nlohmann::ordered_json document = {{"requests", s.requests},
                                           {"objects", s.objects},
                                           {"bytes", s.bytes},
                                           {"footprint", s.footprint},
                                           {"size_changes", s.size_changes},
                                           {"duration_s", seconds(s.duration)},
                                           {"asked_once", s.asked_once},
                                           {"most_asked", s.most_asked},
                                           {"size_least", s.size_least},
                                           {"size_median", s.size_median},
                                           {"size_p90", s.size_p90},
                                           {"size_most", s.size_most},
                                           {"zipf_exponent", zipf},
                                           {"popularity_argument", popularity_argument(s)},
                                           {"size_law_median", s.size_law_median},
                                           {"size_law_sigma", s.size_law_sigma},
                                           {"size_law_distance", s.size_law_distance},
                                           {"size_argument", size_argument(s)},
                                           {"reused_within_thousandth", s.reused_within[0]},
                                           {"reused_within_hundredth", s.reused_within[1]},
                                           {"reused_within_tenth", s.reused_within[2]},
                                           {"objects_in_tenth", s.objects_in_tenth},
                                           {"new_in_tenth", s.new_in_tenth}};
  return document.dump(2) + "\n";
}

}  // namespace cdnsim::tools
