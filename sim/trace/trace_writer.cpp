#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/trace/trace_writer.hpp>

#include "format_names.hpp"
#include "line_writer.hpp"
#include "record_writer.hpp"

namespace cdnsim {
namespace {

using Writer = std::unique_ptr<TraceWriter>;

// Version 1 as long as it can hold the sizes, and version 3 from the first on that it cannot.
class SmallestLcsWriter final : public TraceWriter {
 public:
  explicit SmallestLcsWriter(std::string path)
      : path_(std::move(path)), small_(std::make_unique<LinkedRecordWriter<Lcs1>>(path_)) {}

  void write(std::span<const TraceRequest> requests) override {
    const bool fits = std::all_of(requests.begin(), requests.end(), [](const TraceRequest& r) {
      return r.bytes <= Lcs1::kLimits.bytes_most;
    });
    if (small_ && !fits) enlarge();
    (small_ ? static_cast<TraceWriter&>(*small_) : *large_).write(requests);
  }
  void finish() override { (small_ ? static_cast<TraceWriter&>(*small_) : *large_).finish(); }

 private:
  void enlarge() {
    large_ = std::make_unique<LinkedRecordWriter<Lcs3>>(path_);
    small_->replay(*large_);
    small_.reset();
  }

  std::string path_;
  std::unique_ptr<LinkedRecordWriter<Lcs1>> small_;
  Writer large_;
};

struct Kind {
  std::string_view name;
  Writer (*create)(const std::string& path);
};
template <class T>
Writer make(const std::string& path) {
  return std::make_unique<T>(path);
}
constexpr std::array kKinds{Kind{"oracleGeneral", make<LinkedRecordWriter<OracleGeneral>>},
                            Kind{"lcs", make<SmallestLcsWriter>},
                            Kind{"lcs1", make<LinkedRecordWriter<Lcs1>>},
                            Kind{"lcs2", make<LinkedRecordWriter<Lcs2>>},
                            Kind{"lcs3", make<LinkedRecordWriter<Lcs3>>},
                            Kind{"vscsi", make<RecordWriter<Vscsi1>>},
                            Kind{"vscsi1", make<RecordWriter<Vscsi1>>},
                            Kind{"vscsi2", make<RecordWriter<Vscsi2>>},
                            Kind{"csv", csv_writer},
                            Kind{"webcachesim", webcachesim_writer},
                            Kind{"jsonl", json_lines_writer}};

}  // namespace

std::vector<std::string_view> writable_trace_formats() {
  std::vector<std::string_view> names;
  for (const Kind& kind : kKinds) names.push_back(kind.name);
  return names;
}

Writer create_trace(const std::string& path, const std::string& format) {
  const std::string_view name = format.empty() ? format_by_name(path) : std::string_view(format);
  for (const Kind& kind : kKinds) {
    if (kind.name == name) return kind.create(path);
  }
  throw UserError(fmt::format(
      "{}: {}; give --to, one of {}", path,
      name.empty() ? "its name tells no format" : fmt::format("{} is not written", name),
      fmt::join(writable_trace_formats(), ", ")));
}

}  // namespace cdnsim
