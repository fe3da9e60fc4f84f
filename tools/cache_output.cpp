#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cdnsim/tools/cache_output.hpp>
#include <cdnsim/tools/table.hpp>
#include <cdnsim/tools/units.hpp>

namespace cdnsim::tools {
namespace {

template <class T>
double ratio(T part, T whole) {
  return whole == 0 ? std::numeric_limits<double>::quiet_NaN()
                    : static_cast<double>(part) / static_cast<double>(whole);
}

struct Ratios {
  double misses, bytes, ns;
};
Ratios ratios_of(const LabCounts& counts) {
  return {ratio(counts.misses, counts.requests), ratio(counts.miss_bytes, counts.bytes),
          ratio(static_cast<std::uint64_t>(counts.spent.count()), counts.requests)};
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string field = "\"";
  for (const char c : text) field += c == '"' ? std::string("\"\"") : std::string(1, c);
  return field + "\"";
}

std::string csv_text(const std::vector<LabRow>& rows, bool timing) {
  std::string out = "trace,policy,size,requests,misses,miss_ratio,bytes,miss_bytes,byte_miss_ratio";
  out += timing ? ",ns_per_request\n" : "\n";
  for (const LabRow& row : rows) {
    const Ratios r = ratios_of(row.counts);
    const auto number = [](double value) {
      return std::isnan(value) ? std::string() : fmt::format("{:.6f}", value);
    };
    out += fmt::format("{},{},{},{},{},{},{},{},{}", csv_field(row.trace),
                       csv_field(to_text(row.spec.policy)), row.spec.size, row.counts.requests,
                       row.counts.misses, number(r.misses), row.counts.bytes, row.counts.miss_bytes,
                       number(r.bytes));
    if (timing) out += fmt::format(",{:.1f}", r.ns);
    out += '\n';
  }
  return out;
}

std::string json_text(const std::vector<LabRow>& rows, bool timing) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const LabRow& row : rows) {
    const Ratios r = ratios_of(row.counts);
    const auto number = [](double value) {
      return std::isnan(value) ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(value);
    };
    nlohmann::ordered_json entry = {{"trace", row.trace},
                                    {"policy", to_text(row.spec.policy)},
                                    {"size", row.spec.size},
                                    {"requests", row.counts.requests},
                                    {"misses", row.counts.misses},
                                    {"miss_ratio", number(r.misses)},
                                    {"bytes", row.counts.bytes},
                                    {"miss_bytes", row.counts.miss_bytes},
                                    {"byte_miss_ratio", number(r.bytes)}};
    if (timing) entry["ns_per_request"] = number(r.ns);
    list.push_back(std::move(entry));
  }
  return list.dump(2) + "\n";
}

std::string table_text(const std::vector<LabRow>& rows, bool ignore_sizes, bool timing) {
  std::vector<std::string> titles = {"policy", "size", "requests", "misses", "miss ratio"};
  if (!ignore_sizes) titles.insert(titles.end(), {"miss bytes", "byte miss ratio"});
  if (timing) titles.emplace_back("ns/request");
  Table table(titles);
  for (const LabRow& row : rows) {
    const Ratios r = ratios_of(row.counts);
    const auto size = static_cast<std::uint64_t>(row.spec.size);
    std::vector<std::string> cells = {to_text(row.spec.policy),
                                      ignore_sizes ? std::to_string(size) : bytes_text(size),
                                      std::to_string(row.counts.requests),
                                      std::to_string(row.counts.misses), percent_text(r.misses)};
    if (!ignore_sizes) {
      cells.push_back(bytes_text(static_cast<std::uint64_t>(row.counts.miss_bytes)));
      cells.push_back(percent_text(r.bytes));
    }
    if (timing) cells.push_back(fmt::format("{:.1f}", r.ns));
    table.add(std::move(cells));
  }
  return table.text();
}

}  // namespace

std::string lab_text(const std::vector<LabRow>& rows, LabFormat format, bool ignore_sizes,
                     bool timing) {
  switch (format) {
    case LabFormat::table: return table_text(rows, ignore_sizes, timing);
    case LabFormat::csv: return csv_text(rows, timing);
    case LabFormat::json: return json_text(rows, timing);
  }
  return {};
}

}  // namespace cdnsim::tools
