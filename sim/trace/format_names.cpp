#include "format_names.hpp"

#include <array>

#include <cdnsim/trace/trace_reader.hpp>

namespace cdnsim {
namespace {

// How its files usually end, without .gz and .zst.
struct Kind {
  std::string_view name;
  std::array<std::string_view, 3> endings;
};
constexpr std::array kKinds{Kind{"oracleGeneral", {".oracleGeneral", ".oracleGeneral.bin", ".bin"}},
                            Kind{"lcs", {".lcs", "", ""}},
                            Kind{"vscsi", {".vscsi", "", ""}},
                            Kind{"csv", {".csv", "", ""}},
                            Kind{"webcachesim", {".tr", ".txt", ""}},
                            Kind{"jsonl", {".jsonl", ".ndjson", ""}}};

}  // namespace

std::vector<std::string_view> trace_format_names() {
  std::vector<std::string_view> names;
  for (const Kind& kind : kKinds) names.push_back(kind.name);
  return names;
}

std::string_view format_by_name(std::string_view path) {
  for (const std::string_view packed : {".gz", ".zst", ".zstd"}) {
    if (path.ends_with(packed)) path.remove_suffix(packed.size());
  }
  for (const Kind& kind : kKinds) {
    for (const std::string_view ending : kind.endings) {
      if (!ending.empty() && path.ends_with(ending)) return kind.name;
    }
  }
  return {};
}

}  // namespace cdnsim
