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
#include <cdnsim/base/text.hpp>
#include <cdnsim/laboratory/laboratory.hpp>
#include <cdnsim/tools/arguments.hpp>
#include <cdnsim/tools/cache_arguments.hpp>
#include <cdnsim/tools/cache_curve.hpp>
#include <cdnsim/tools/cache_output.hpp>
#include <cdnsim/tools/commands.hpp>
#include <cdnsim/tools/output_file.hpp>
#include <cdnsim/tools/pass_progress.hpp>
#include <cdnsim/tools/process_memory.hpp>
#include <cdnsim/tools/trace_options.hpp>
#include <cdnsim/trace/footprint.hpp>
#include <cdnsim/trace/trace_reader.hpp>

namespace cdnsim::tools {
namespace {

struct CacheArguments {
  TraceInput input;
  LabWords words{.policies = "lru", .sizes = {}, .admissions = "always"};
  std::optional<std::string> sizes;
  std::optional<std::string> warmup;
  std::optional<std::string> threads;
  std::optional<std::string> ttl;
  std::optional<std::string> miss_latency;
  std::string size_change = "keep";
  std::string format = "table";
  bool causes = false;
  bool timing = false;
  CurveArguments curve;
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
      const double whole = arguments.words.ignore_sizes ? static_cast<double>(footprint->objects())
                                                        : static_cast<double>(footprint->bytes());
      sizes.push_back(std::max<std::int64_t>(static_cast<std::int64_t>(share->value() * whole), 1));
    } else {
      sizes.push_back(std::get<std::int64_t>(size));
    }
  }
  return sizes;
}

Duration time_of(const std::string& option, const std::string& text) {
  constexpr Duration kMost = std::chrono::hours(24 * 365 * 3);
  const Parsed<Duration> time = parse<Duration>(text);
  CDNSIM_REQUIRE_USER(time.value, option + ": " + time.problem);
  CDNSIM_REQUIRE_USER(
      *time.value > Duration{0} && *time.value <= kMost,
      fmt::format("{}: {} is not from 1ns to {}", option, cdnsim::quoted(text), to_text(kMost)));
  return *time.value;
}

LabColumns columns_of(const CacheArguments& arguments, const LabOptions& options) {
  return {.bytes = !options.ignore_sizes,
          .admission = arguments.words.admissions != "always",
          .delays = options.miss_latency != Duration{0},
          .causes = options.causes,
          .time = arguments.timing,
          .memory = arguments.timing && options.threads == 1};
}

LabOptions options_of(const CacheArguments& arguments) {
  LabOptions options;
  options.ignore_sizes = arguments.words.ignore_sizes;
  options.causes = arguments.causes;
  if (arguments.size_change == "update") options.size_change = SizeChange::update;
  if (arguments.ttl) options.ttl = time_of("--ttl", *arguments.ttl);
  if (arguments.miss_latency) {
    options.miss_latency = time_of("--miss-latency", *arguments.miss_latency);
  }
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
    if (options.threads == 1) options.memory = resident_bytes;
  }
  return options;
}

// Does each of the readings, and tells the mistakes of all of them together.
template <class... Readings>
void read_all(Readings... readings) {
  std::string problems;
  const auto read = [&](auto& reading) {
    try {
      reading();
    } catch (const UserError& error) {
      problems += (problems.empty() ? "" : "\ncdnsim: ") + std::string(error.what());
    }
  };
  (read(readings), ...);
  if (!problems.empty()) throw UserError(problems);
}

int run_cache(const CacheArguments& arguments) {
  LabOptions options;
  LabWords words = arguments.words;
  words.sizes = arguments.sizes.value_or("1%");
  LabLists lists;
  read_all([&] { check_curve_options(arguments.curve, arguments.format, arguments.timing); },
           [&] { lists = read_lab_lists(words); }, [&] { options = options_of(arguments); });
  if (arguments.curve.wanted) {
    check_curve_caches(words, options);
    return run_curve(arguments.curve,
                     {arguments.input, words, arguments.sizes, options, arguments.format});
  }
  std::vector<LabRow> rows;
  std::vector<LabCacheSpec> specs;
  const std::vector<std::int64_t> sizes = sizes_of(arguments, lists);
  for (const PolicyText& policy : lists.policies) {
    for (const AdmissionText& admission : lists.admissions) {
      for (const std::int64_t size : sizes) specs.push_back(LabCacheSpec{policy, size, admission});
    }
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
  print(lab_text(rows, format, columns_of(arguments, options)));
  tell_omissions(reader->omissions());
  return kExitDone;
}

void add_options(CLI::App& command, CacheArguments& arguments) {
  add_trace_options(command, arguments.input);
  command
      .add_option("--policy", arguments.words.policies,
                  "eviction policies, with parameters by name (default: lru)")
      ->type_name("A,B")
      ->option_text("A,B:K=V,...");
  command
      .add_option("--size", arguments.sizes,
                  "cache sizes: bytes, shares of the trace's footprint, or, with\n"
                  "--ignore-object-size, numbers of objects (default: 1%)")
      ->type_name("S,T")
      ->option_text("10MiB,1%,...");
  command.add_flag("--ignore-object-size", arguments.words.ignore_sizes, "every object counts 1");
  command
      .add_option("--admission", arguments.words.admissions,
                  "what may enter at all, tried with every policy (default: always)")
      ->type_name("A,B")
      ->option_text("A,B:K=V,...");
  command.add_option("--ttl", arguments.ttl, "a copy is stale so long after it was brought")
      ->option_text("TIME");
  command
      .add_option("--miss-latency", arguments.miss_latency,
                  "what a fetch takes; who asks meanwhile waits for it: a delayed hit")
      ->option_text("TIME");
  command
      .add_option(
          "--size-change", arguments.size_change,
          "a hit on an object that has another size now: its copy keeps its size, or a new\n"
          "one takes its place (default: keep)")
      ->option_text("keep|update")
      ->check(one_of_words({"keep", "update"}));
  command.add_flag("--causes", arguments.causes, "tell why requests missed");
  command.add_option("--warmup", arguments.warmup, "so many requests at first are not counted")
      ->type_name("N");
  command
      .add_option("--threads", arguments.threads,
                  "worker threads (default: one per processor); they change no figure")
      ->type_name("N");
  command.add_flag("--timing", arguments.timing,
                   "add the time of a request and, on one thread, the memory of an object;\n"
                   "on one thread unless told otherwise");
  add_curve_options(command, arguments.curve);
  command.add_option("--format", arguments.format, "how to print; svg draws curves")
      ->option_text("table|csv|json|svg")
      ->check(one_of_words({"table", "csv", "json", "svg"}));
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
      "  cdnsim cache t.bin --policy lru,gdsf --admission always,bloom --miss-latency 40ms "
      "--causes\n"
      "  cdnsim cache t.bin --policy lru,s3fifo --mrc\n"
      "  cdnsim cache t.bin --policy lru,s3fifo --mrc --sample 1% --format svg > curve.svg\n"
      "\n"
      "The trace is read once for all caches, and once more before if a size is a share. Every\n"
      "record is a request to get; what is larger than the cache is never let in. Misses are "
      "requests\n"
      "that begin a fetch; of a stale copy too. What has the same second in a trace of whole "
      "seconds\n"
      "comes at the same moment for --miss-latency and --ttl.\n"
      "A curve of LRU costs one pass however many sizes, unless objects change their size or are\n"
      "larger than the cache; other policies are simulated at each. With --sample all become\n"
      "estimates: the exact value is within the stated error in about 95 of 100 cases, where the\n"
      "sample is not marked as too few.\n"
      "`cdnsim list policies` and `cdnsim list admissions` name what there is.\n");
  command->callback([=, &action] { action = [=] { return run_cache(*arguments); }; });
}

}  // namespace cdnsim::tools
