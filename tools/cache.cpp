#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/laboratory/laboratory.hpp>
#include <cdnsim/tools/arguments.hpp>
#include <cdnsim/tools/cache_arguments.hpp>
#include <cdnsim/tools/cache_output.hpp>
#include <cdnsim/tools/commands.hpp>
#include <cdnsim/tools/output_file.hpp>
#include <cdnsim/tools/pass_progress.hpp>
#include <cdnsim/tools/trace_options.hpp>
#include <cdnsim/trace/footprint.hpp>
#include <cdnsim/trace/trace_reader.hpp>

namespace cdnsim::tools {
namespace {

struct CacheArguments {
  TraceInput input;
  std::string policies = "lru";
  std::string sizes = "1%";
  std::optional<std::string> warmup;
  std::optional<std::string> threads;
  std::string format = "table";
  bool ignore_sizes = false;
  bool timing = false;
};

Footprint footprint_of(const CacheArguments& arguments) {
  PassProgress progress(arguments.input.quiet, "looked through for its footprint");
  const auto reader = open(arguments.input);
  Footprint footprint;
  std::vector<TraceRequest> block(4096);
  while (const std::size_t count = reader->read(block)) {
    footprint.add(std::span(block).first(count));
    progress.show(reader->share_read());
  }
  return footprint;
}

// Shares of the footprint become sizes; what is less than one byte or object is one.
std::vector<std::int64_t> sizes_of(const CacheArguments& arguments, const LabLists& lists) {
  std::optional<Footprint> footprint;
  std::vector<std::int64_t> sizes;
  for (const LabSize& size : lists.sizes) {
    if (const auto* share = std::get_if<Ratio>(&size)) {
      if (!footprint) footprint = footprint_of(arguments);
      const double whole = arguments.ignore_sizes ? static_cast<double>(footprint->objects())
                                                  : static_cast<double>(footprint->bytes());
      sizes.push_back(std::max<std::int64_t>(static_cast<std::int64_t>(share->value() * whole), 1));
    } else {
      sizes.push_back(std::get<std::int64_t>(size));
    }
  }
  return sizes;
}

LabOptions options_of(const CacheArguments& arguments) {
  LabOptions options;
  options.ignore_sizes = arguments.ignore_sizes;
  if (arguments.warmup) {
    options.warmup = whole_number("--warmup", *arguments.warmup, 0, UINT64_MAX);
  }
  options.threads = arguments.timing ? 1 : std::max(1U, std::thread::hardware_concurrency());
  if (arguments.threads) {
    options.threads =
        static_cast<std::uint32_t>(whole_number("--threads", *arguments.threads, 1, kThreadsMax));
  }
  if (arguments.timing) {
    options.clock = [] {
      return std::chrono::duration_cast<Duration>(
          std::chrono::steady_clock::now().time_since_epoch());
    };
  }
  return options;
}

int run_cache(const CacheArguments& arguments) {
  const LabLists lists =
      read_lab_lists(arguments.policies, arguments.sizes, arguments.ignore_sizes);
  LabOptions options = options_of(arguments);
  std::vector<LabRow> rows;
  std::vector<LabCacheSpec> specs;
  const std::vector<std::int64_t> sizes = sizes_of(arguments, lists);
  for (const PolicyText& policy : lists.policies) {
    for (const std::int64_t size : sizes) specs.push_back(LabCacheSpec{policy, size});
  }
  PassProgress progress(arguments.input.quiet, "played");
  options.progress = [&](double share) { progress.show(share); };
  const auto reader = open(arguments.input);
  const std::vector<LabCounts> counts = play(*reader, specs, options);
  for (std::size_t i = 0; i < specs.size(); ++i) {
    rows.push_back(LabRow{arguments.input.path, specs[i], counts[i]});
  }
  const LabFormat format = arguments.format == "csv"    ? LabFormat::csv
                           : arguments.format == "json" ? LabFormat::json
                                                        : LabFormat::table;
  print(lab_text(rows, format, arguments.ignore_sizes, arguments.timing));
  tell_omissions(reader->omissions());
  return kExitDone;
}

void add_options(CLI::App& command, CacheArguments& arguments) {
  add_trace_options(command, arguments.input);
  command
      .add_option("--policy", arguments.policies,
                  "eviction policies, with parameters by name (default: lru)")
      ->type_name("A,B")
      ->option_text("A,B:K=V,...");
  command
      .add_option("--size", arguments.sizes,
                  "cache sizes: bytes, shares of the trace's footprint, or, with\n"
                  "--ignore-object-size, numbers of objects (default: 1%)")
      ->type_name("S,T")
      ->option_text("10MiB,1%,...");
  command.add_flag("--ignore-object-size", arguments.ignore_sizes, "every object counts 1");
  command.add_option("--warmup", arguments.warmup, "so many requests at first are not counted")
      ->type_name("N");
  command
      .add_option("--threads", arguments.threads,
                  "worker threads (default: one per processor); they change no figure")
      ->type_name("N");
  command.add_flag("--timing", arguments.timing,
                   "add the time of a request; on one thread unless told otherwise");
  command.add_option("--format", arguments.format, "how to print")
      ->option_text("table|csv|json")
      ->check(one_of_words({"table", "csv", "json"}));
}

}  // namespace

void add_cache(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("cache", "Play a trace through caches of many policies and sizes");
  const auto arguments = std::make_shared<CacheArguments>();
  add_options(*command, *arguments);
  command->footer(
      "Examples:\n"
      "  cdnsim cache t.oracleGeneral.zst --policy lru,sieve,s3fifo --size 0.1%,1%,10%\n"
      "  cdnsim cache t.bin --policy s3fifo:small=0.2,lru --size 10GB --format csv\n"
      "  cdnsim cache t.bin --ignore-object-size --size 10k,100k --warmup 1000000\n"
      "\n"
      "The trace is read once for all caches, and once more before if a size is a share. Every\n"
      "record is a request to get; what is larger than the cache is never let in.\n");
  command->callback([=, &action] { action = [=] { return run_cache(*arguments); }; });
}

}  // namespace cdnsim::tools
