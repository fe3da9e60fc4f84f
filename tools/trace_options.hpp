// The options of every command that reads a trace.
// Does not know what is done with it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include <cdnsim/trace/trace_reader.hpp>

namespace cdnsim::tools {

struct TraceInput {
  std::string path;
  std::string format;
  std::vector<std::string> columns;
  bool skip_bad = false;
  bool quiet = false;
};

void add_trace_options(CLI::App& command, TraceInput& input);
std::unique_ptr<TraceReader> open(const TraceInput& input);
// On standard error, if there is something to tell.
void tell_omissions(const TraceOmissions& omissions);

}  // namespace cdnsim::tools
