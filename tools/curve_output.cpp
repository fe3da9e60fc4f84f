#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cdnsim/tools/csv.hpp>
#include <cdnsim/tools/curve_chart.hpp>
#include <cdnsim/tools/curve_output.hpp>
#include <cdnsim/tools/table.hpp>
#include <cdnsim/tools/units.hpp>

namespace cdnsim::tools {
namespace {

// What can be said of all points, below the table.
std::string notes(const Curves& curves) {
  if (curves.sample >= 1) return {};
  std::string text =
      fmt::format("Estimates from {} of the objects; ± is half of a 95 % interval.\n",
                  percent_text(curves.sample));
  const bool any_few = std::any_of(curves.points.begin(), curves.points.end(),
                                   [](const CurvePoint& point) { return point.few_objects; });
  if (any_few) {
    text +=
        "few: the sample's cache holds fewer than 100 objects, which shifts the estimate by more\n"
        "than ± tells; take a larger --sample for these sizes.\n";
  }
  return text;
}

}  // namespace

std::string curves_csv(const Curves& curves) {
  std::string out =
      "trace,policy,size,requests,misses,miss_ratio,bytes,miss_bytes,byte_miss_ratio,error,"
      "byte_error,sample,few_objects\n";
  const auto number = [](double value) {
    return std::isnan(value) ? std::string() : fmt::format("{:.6f}", value);
  };
  for (const CurvePoint& point : curves.points) {
    const LabCounts& counts = point.counts;
    out += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{}\n", csv_field(curves.trace),
                       csv_field(to_text(point.spec.policy)), point.spec.size, counts.requests,
                       counts.misses, number(point.miss_ratio), counts.bytes, counts.miss_bytes,
                       number(point.byte_miss_ratio), number(point.error), number(point.byte_error),
                       fmt::format("{:.6g}", curves.sample), point.few_objects ? 1 : 0);
  }
  return out;
}

std::string curves_json(const Curves& curves) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  const auto number = [](double value) {
    return std::isnan(value) ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(value);
  };
  for (const CurvePoint& point : curves.points) {
    list.push_back({{"trace", curves.trace},
                    {"policy", to_text(point.spec.policy)},
                    {"size", point.spec.size},
                    {"requests", point.counts.requests},
                    {"misses", point.counts.misses},
                    {"miss_ratio", number(point.miss_ratio)},
                    {"bytes", point.counts.bytes},
                    {"miss_bytes", point.counts.miss_bytes},
                    {"byte_miss_ratio", number(point.byte_miss_ratio)},
                    {"error", number(point.error)},
                    {"byte_error", number(point.byte_error)},
                    {"sample", curves.sample},
                    {"few_objects", point.few_objects}});
  }
  return list.dump(2) + "\n";
}

std::string curves_table(const Curves& curves) {
  const bool sampled = curves.sample < 1;
  std::vector<std::string> titles = {"policy", "size", "misses", "miss ratio"};
  if (sampled) titles.emplace_back("±");
  if (!curves.ignore_sizes) titles.emplace_back("byte miss ratio");
  if (!curves.ignore_sizes && sampled) titles.emplace_back("±");
  if (sampled) titles.emplace_back("");
  Table table(titles);
  for (const CurvePoint& point : curves.points) {
    std::vector<std::string> cells = {
        to_text(point.spec.policy),
        curves.ignore_sizes ? std::to_string(point.spec.size)
                            : bytes_text(static_cast<std::uint64_t>(point.spec.size)),
        std::to_string(point.counts.misses), percent_text(point.miss_ratio)};
    if (sampled) cells.push_back(percent_text(point.error));
    if (!curves.ignore_sizes) cells.push_back(percent_text(point.byte_miss_ratio));
    if (!curves.ignore_sizes && sampled) cells.push_back(percent_text(point.byte_error));
    if (sampled) cells.emplace_back(point.few_objects ? "few" : "");
    table.add(std::move(cells));
  }
  return table.text() + notes(curves) + '\n' + text_chart(curves);
}

}  // namespace cdnsim::tools
