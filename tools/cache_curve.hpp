// `cdnsim cache --mrc`: miss ratios over cache sizes.
// Does not know how a curve is found, nor how it is drawn.
#pragma once

#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include <cdnsim/laboratory/laboratory.hpp>
#include <cdnsim/tools/cache_arguments.hpp>
#include <cdnsim/tools/trace_options.hpp>

namespace cdnsim::tools {

struct CurveArguments {
  bool wanted = false;
  std::optional<std::string> sample, points;
};

// What the curve takes from the command's other options.
struct CurveCommand {
  TraceInput input;
  LabWords words;                    // but for the sizes
  std::optional<std::string> sizes;  // none: spread over the footprint
  LabOptions options;
  std::string format;
};

void add_curve_options(CLI::App& command, CurveArguments& arguments);
// Throws a UserError if some option is for curves and none is wanted, or does not go with them.
void check_curve_options(const CurveArguments& arguments, const std::string& format, bool timing);
// Throws a UserError if the caches are to do what curves do not tell.
void check_curve_caches(const LabWords& words, const LabOptions& options);
int run_curve(const CurveArguments& arguments, const CurveCommand& command);

}  // namespace cdnsim::tools
