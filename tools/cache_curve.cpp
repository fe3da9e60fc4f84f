#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/math.hpp>
#include <cdnsim/laboratory/miss_ratio_curve.hpp>
#include <cdnsim/tools/arguments.hpp>
#include <cdnsim/tools/cache_arguments.hpp>
#include <cdnsim/tools/cache_curve.hpp>
#include <cdnsim/tools/commands.hpp>
#include <cdnsim/tools/curve_output.hpp>
#include <cdnsim/tools/output_file.hpp>
#include <cdnsim/tools/pass_progress.hpp>

namespace cdnsim::tools {
namespace {

constexpr std::uint64_t kPoints = 25, kPointsMax = 10'000;

ObjectSample sample_of(const CurveArguments& arguments) {
  if (!arguments.sample) return {};
  const Parsed<Ratio> share = parse<Ratio>(*arguments.sample);
  CDNSIM_REQUIRE_USER(share.value, "--sample: " + share.problem);
  CDNSIM_REQUIRE_USER(share.value->value() > 0 && share.value->value() <= 1,
                      fmt::format("--sample {}: write more than 0 % and at most 100 %, e.g. 1%",
                                  *arguments.sample));
  return ObjectSample(share.value->value());
}

// Sizes evenly spaced in their logarithm, up to all that is ever asked for: from a ten-thousandth
// of it, but at least an object of mean size.
std::vector<std::int64_t> spread(double footprint, double mean_size, std::uint64_t points) {
  const double whole = std::max(footprint, 1.0);
  const double least = std::min(std::max(whole / 10'000, mean_size), whole);
  std::vector<std::int64_t> sizes;
  for (std::uint64_t i = 0; i < points; ++i) {
    const double part = points > 1 ? static_cast<double>(i) / static_cast<double>(points - 1) : 1.0;
    const double size = i + 1 == points ? whole : least * math::pow(whole / least, part);
    sizes.push_back(std::max<std::int64_t>(static_cast<std::int64_t>(size + 0.5), 1));
  }
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  return sizes;
}

LabWords with_sizes(const CurveCommand& command) {
  LabWords words = command.words;
  words.sizes = command.sizes.value_or("100%");
  return words;
}

class CurveRun {
 public:
  CurveRun(const CurveArguments& arguments, const CurveCommand& command)
      : command_(command), lists_(read_lab_lists(with_sizes(command))) {
    options_.ignore_sizes = command.options.ignore_sizes;
    options_.warmup = command.options.warmup;
    options_.threads = command.options.threads;
    options_.sample = sample_of(arguments);
    if (arguments.points) {
      points_ = whole_number("--points", *arguments.points, 1, kPointsMax);
    }
  }

  int run() {
    if (needs_extent()) look_through_first();
    std::vector<LabCacheSpec> specs;
    const std::vector<std::int64_t> sizes = this->sizes();
    for (const PolicyText& policy : lists_.policies) {
      for (const std::int64_t size : sizes) specs.push_back({policy, size});
    }
    PassProgress progress(command_.input.quiet, "played");
    options_.progress = [&](double share) { progress.show(share); };
    const auto reader = open(command_.input);
    Curves curves{command_.input.path, options_.ignore_sizes, options_.sample.share(),
                  miss_ratio_curve(*reader, specs, extent_, options_)};
    print(text_of(curves));
    tell_omissions(reader->omissions());
    return kExitDone;
  }

 private:
  bool needs_extent() const {
    const auto is_share = [](const LabSize& size) { return std::holds_alternative<Ratio>(size); };
    return !options_.ignore_sizes ||
           std::any_of(lists_.sizes.begin(), lists_.sizes.end(), is_share);
  }

  void look_through_first() {
    PassProgress progress(command_.input.quiet, "looked through for its footprint");
    options_.progress = [&](double share) { progress.show(share); };
    extent_ = look_through(*open(command_.input), options_);
    CDNSIM_REQUIRE_USER(
        options_.sample.is_all() || extent_.objects > 0,
        "--sample: none of the trace's objects is in so small a sample; take a larger one");
  }

  // A sample's footprint is its share of the trace's.
  double footprint() const {
    const double whole = options_.ignore_sizes ? static_cast<double>(extent_.objects)
                                               : static_cast<double>(extent_.bytes);
    return options_.sample.is_all() ? whole : whole / options_.sample.share();
  }

  std::vector<std::int64_t> sizes() const {
    if (!command_.sizes) {
      const double mean =
          options_.ignore_sizes || extent_.objects == 0
              ? 1.0
              : static_cast<double>(extent_.bytes) / static_cast<double>(extent_.objects);
      return spread(footprint(), mean, points_);
    }
    std::vector<std::int64_t> sizes;
    for (const LabSize& size : lists_.sizes) {
      const auto* share = std::get_if<Ratio>(&size);
      sizes.push_back(
          share == nullptr
              ? std::get<std::int64_t>(size)
              : std::max<std::int64_t>(static_cast<std::int64_t>(share->value() * footprint()), 1));
    }
    return sizes;
  }

  std::string text_of(const Curves& curves) const {
    if (command_.format == "csv") return curves_csv(curves);
    if (command_.format == "json") return curves_json(curves);
    return command_.format == "svg" ? curves_svg(curves) : curves_table(curves);
  }

  const CurveCommand& command_;
  LabLists lists_;
  CurveOptions options_;
  CurveExtent extent_;
  std::uint64_t points_ = kPoints;
};

}  // namespace

void add_curve_options(CLI::App& command, CurveArguments& arguments) {
  command.add_flag("--mrc", arguments.wanted,
                   "miss-ratio curves, over sizes spread from 0.01 to 100 % of the\n"
                   "footprint if --size names none");
  command
      .add_option("--points", arguments.points,
                  fmt::format("how many sizes to spread (default: {})", kPoints))
      ->option_text("N");
  command
      .add_option("--sample", arguments.sample,
                  "estimate the curves from so many of the objects, with the error; shares\n"
                  "of the footprint are then estimates too")
      ->option_text("1%");
}

void check_curve_options(const CurveArguments& arguments, const std::string& format, bool timing) {
  CDNSIM_REQUIRE_USER(arguments.wanted || !arguments.sample,
                      "--sample is for miss-ratio curves; add --mrc");
  CDNSIM_REQUIRE_USER(arguments.wanted || !arguments.points,
                      "--points is for miss-ratio curves; add --mrc");
  CDNSIM_REQUIRE_USER(arguments.wanted || format != "svg",
                      "--format svg draws miss-ratio curves; add --mrc");
  CDNSIM_REQUIRE_USER(!arguments.wanted || !timing,
                      "--timing times one cache by one, and the points of a curve are found "
                      "together; leave out --timing or --mrc");
}

void check_curve_caches(const LabWords& words, const LabOptions& options) {
  const auto check = [](bool is_asked, std::string_view option) {
    CDNSIM_REQUIRE_USER(!is_asked,
                        fmt::format("--mrc tells misses of caches that answer at once and "
                                    "let all in; leave out {}, or --mrc and name sizes",
                                    option));
  };
  check(words.admissions != "always", "--admission");
  check(options.ttl.has_value(), "--ttl");
  check(options.miss_latency != Duration{0}, "--miss-latency");
  check(options.size_change != SizeChange::keep, "--size-change update");
  check(options.causes, "--causes");
}

int run_curve(const CurveArguments& arguments, const CurveCommand& command) {
  CDNSIM_REQUIRE_USER(!arguments.points || !command.sizes,
                      "--points spreads sizes, and --size names them; leave out one of the two");
  return CurveRun(arguments, command).run();
}

}  // namespace cdnsim::tools
