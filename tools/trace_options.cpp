#include <iostream>
#include <map>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/tools/arguments.hpp>
#include <cdnsim/tools/trace_options.hpp>

namespace cdnsim::tools {
namespace {

// "time=ts,id=url" as names by part.
std::map<std::string, std::string> columns_of(const std::vector<std::string>& texts) {
  std::map<std::string, std::string> columns;
  for (const std::string& text : texts) {
    const std::size_t equals = std::min(text.find('='), text.size());
    const std::string part = text.substr(0, equals);
    CDNSIM_REQUIRE_USER(
        equals + 1 < text.size() &&
            (part == "time" || part == "id" || part == "size" || part == "next"),
        fmt::format("--columns {}: write e.g. id=url; the parts are time, id, size and next",
                    text));
    columns[part] = text.substr(equals + 1);
  }
  return columns;
}

}  // namespace

void add_trace_options(CLI::App& command, TraceInput& input) {
  command.add_option("TRACE", input.path, "trace file, plain, gzip or zstd")
      ->required()
      ->option_text(" ");
  std::vector<std::string> formats;
  for (const std::string_view name : trace_format_names()) formats.emplace_back(name);
  command
      .add_option("--trace-format", input.format,
                  "format of the trace, where its name does not tell")
      ->option_text("NAME")
      ->check(one_of_words(formats));
  command
      .add_option("--columns", input.columns, "names of the columns of a CSV or JSON Lines trace")
      ->delimiter(',')
      ->option_text("time=T,id=I,size=S");
  command.add_flag("--skip-bad", input.skip_bad,
                   "leave out and count what cannot be read or goes back in time");
  command.add_flag("--quiet", input.quiet, "no progress line");
}

std::unique_ptr<TraceReader> open(const TraceInput& input) {
  return open_trace(input.path, {input.format, columns_of(input.columns), input.skip_bad});
}

void tell_omissions(const TraceOmissions& omissions) {
  if (omissions.empty > 0) {
    std::cerr << fmt::format("cdnsim: {} requests for no bytes were left out\n", omissions.empty);
  }
  if (omissions.bad > 0) {
    std::cerr << fmt::format("cdnsim: {} bad records were left out\n", omissions.bad);
  }
}

}  // namespace cdnsim::tools
