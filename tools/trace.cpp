#include <memory>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/workload/laws.hpp>
#include <cdnsim/tools/arguments.hpp>
#include <cdnsim/tools/commands.hpp>
#include <cdnsim/tools/output_file.hpp>
#include <cdnsim/tools/pass_progress.hpp>
#include <cdnsim/tools/profile_output.hpp>
#include <cdnsim/tools/trace_options.hpp>
#include <cdnsim/trace/generated_trace.hpp>
#include <cdnsim/trace/trace_profile.hpp>
#include <cdnsim/trace/trace_writer.hpp>

namespace cdnsim::tools {
namespace {

struct GenerateArguments {
  std::string output, to;
  std::string requests = "1M", objects = "100k", popularity = "zipf:1", size = "1kB";
  std::string rate = "1k/s", churn = "0/s", one_hit_wonders = "0%", seed = "1";
  bool quiet = false;
};

struct ConvertArguments {
  TraceInput input;
  std::string output, to;
};

struct InfoArguments {
  TraceInput input;
  std::string format = "table";
};

void copy_all(TraceReader& reader, TraceWriter& writer, PassProgress& progress) {
  std::vector<TraceRequest> block(4096);
  while (const std::size_t count = reader.read(block)) {
    writer.write(std::span(block).first(count));
    progress.show(reader.share_read());
  }
  writer.finish();
}

template <class T>
T value_of(const std::string& option, const std::string& text) {
  Parsed<T> parsed = parse<T>(text);
  CDNSIM_REQUIRE_USER(parsed.value, fmt::format("{}: {}", option, parsed.problem));
  return *parsed.value;
}

int generate(const GenerateArguments& arguments) {
  TraceLaws laws;
  laws.requests = value_of<std::uint64_t>("--requests", arguments.requests);
  laws.objects = value_of<std::uint64_t>("--objects", arguments.objects);
  const auto popularity = value_of<PopularityLaw>("--popularity", arguments.popularity);
  CDNSIM_REQUIRE_USER(!popularity.other, fmt::format("--popularity {}: traces are drawn uniform or "
                                                     "by zipf:EXPONENT",
                                                     arguments.popularity));
  laws.exponent = popularity.zipf_exponent;
  laws.requests_per_second = value_of<Rate>("--rate", arguments.rate).per_second();
  laws.one_hit_share = value_of<Ratio>("--one-hit-wonders", arguments.one_hit_wonders).value();
  laws.churn_per_second = value_of<Rate>("--churn", arguments.churn).per_second();
  laws.seed = whole_number("--seed", arguments.seed, 0, UINT64_MAX);
  const auto size = value_of<SizeLaw>("--object-size", arguments.size);
  laws.size_of = [size](std::uint64_t bits) { return size.draw(bits).count(); };
  CDNSIM_REQUIRE_USER(laws.objects >= 1 && laws.objects <= Zipf::kMost,
                      fmt::format("--objects {}: from 1 to {}", laws.objects, Zipf::kMost));
  CDNSIM_REQUIRE_USER(laws.requests_per_second > 0, "--rate: must be more than nothing");
  CDNSIM_REQUIRE_USER(laws.one_hit_share >= 0 && laws.one_hit_share <= 1,
                      "--one-hit-wonders: from 0% to 100%");
  // Ids must stay below those of the one-hit wonders.
  const double seconds = static_cast<double>(laws.requests) / laws.requests_per_second;
  CDNSIM_REQUIRE_USER(
      2 * laws.churn_per_second * seconds + 3 * static_cast<double>(laws.objects) <
          static_cast<double>(GeneratedTrace::kOneHitIds),
      "--churn: there are no ids for so many objects; take a lower rate or fewer requests");
  GeneratedTrace trace(laws);
  const auto writer = create_trace(arguments.output, arguments.to);
  PassProgress progress(arguments.quiet, "drawn");
  copy_all(trace, *writer, progress);
  return kExitDone;
}

int convert(const ConvertArguments& arguments) {
  const auto reader = open(arguments.input);
  const auto writer = create_trace(arguments.output, arguments.to);
  PassProgress progress(arguments.input.quiet, "converted");
  copy_all(*reader, *writer, progress);
  tell_omissions(reader->omissions());
  return kExitDone;
}

// Once to count the requests, once to look at them.
TraceSummary summary_of(const TraceInput& input) {
  std::vector<TraceRequest> block(4096);
  std::uint64_t requests = 0;
  {
    PassProgress progress(input.quiet, "counted");
    const auto reader = open(input);
    while (const std::size_t count = reader->read(block)) {
      requests += count;
      progress.show(reader->share_read());
    }
  }
  PassProgress progress(input.quiet, "looked at");
  const auto reader = open(input);
  TraceProfile profile(requests);
  while (const std::size_t count = reader->read(block)) {
    profile.add(std::span(block).first(count));
    progress.show(reader->share_read());
  }
  tell_omissions(reader->omissions());
  return profile.summary();
}

int info(const InfoArguments& arguments) {
  const TraceSummary summary = summary_of(arguments.input);
  print(arguments.format == "json" ? profile_json(summary) : profile_text(summary));
  return kExitDone;
}

CLI::Validator one_of_writable() {
  std::vector<std::string> words;
  for (const std::string_view name : writable_trace_formats()) words.emplace_back(name);
  return one_of_words(words);
}

void add_info(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("info", "Tell what a trace is like");
  const auto arguments = std::make_shared<InfoArguments>();
  add_trace_options(*command, arguments->input);
  command->add_option("--format", arguments->format, "how to print")
      ->option_text("table|json")
      ->check(one_of_words({"table", "json"}));
  command->footer(
      "Example:\n"
      "  cdnsim trace info t.oracleGeneral.zst\n");
  command->callback([=, &action] { action = [=] { return info(*arguments); }; });
}

void add_generate(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("generate", "Draw a trace from laws");
  const auto arguments = std::make_shared<GenerateArguments>();
  command->add_option("-o,--output", arguments->output, "the trace")
      ->required()
      ->option_text("FILE");
  command->add_option("--to", arguments->to, "its format, where its name does not tell")
      ->option_text("NAME")
      ->check(one_of_writable());
  command->add_option("--requests", arguments->requests, "how many (default: 1M)")
      ->option_text("N");
  command->add_option("--objects", arguments->objects, "in the catalogue (default: 100k)")
      ->option_text("N");
  command->add_option("--popularity", arguments->popularity, "uniform or zipf:S (default: zipf:1)")
      ->option_text("LAW");
  command
      ->add_option("--object-size", arguments->size,
                   "1kB, lognormal:median=24KiB,sigma=1.2 ... (default: 1kB)")
      ->option_text("LAW");
  command->add_option("--rate", arguments->rate, "Poisson arrivals (default: 1k/s)")
      ->option_text("RATE");
  command
      ->add_option("--one-hit-wonders", arguments->one_hit_wonders,
                   "share of the requests whose object is asked for only this once (default: 0%)")
      ->option_text("SHARE");
  command
      ->add_option("--churn", arguments->churn,
                   "so many objects give way to new ones, as popular as they were (default: 0/s)")
      ->option_text("RATE");
  command->add_option("--seed", arguments->seed, "of all draws (default: 1)")->option_text("N");
  command->add_flag("--quiet", arguments->quiet, "no progress line");
  command->footer(
      "Example:\n"
      "  cdnsim trace generate -o zipf.oracleGeneral --requests 20M --objects 1M\n"
      "  cdnsim trace generate -o web.csv.gz --popularity zipf:0.8 --one-hit-wonders 10% \\\n"
      "      --object-size lognormal:median=24KiB,sigma=1.2 --churn 5/s\n"
      "\n"
      "The laws of a given trace are told by: cdnsim trace info\n");
  command->callback([=, &action] { action = [=] { return generate(*arguments); }; });
}

void add_convert(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("convert", "Write a trace in another format");
  const auto arguments = std::make_shared<ConvertArguments>();
  add_trace_options(*command, arguments->input);
  command->add_option("-o,--output", arguments->output, "the new trace")
      ->required()
      ->option_text("FILE");
  command->add_option("--to", arguments->to, "its format, where its name does not tell")
      ->option_text("NAME")
      ->check(one_of_writable());
  command->footer(
      "Example:\n"
      "  cdnsim trace convert t.csv.gz -o t.oracleGeneral\n"
      "  cdnsim trace convert t.vscsi -o t.lcs.zst --to lcs3\n"
      "\n"
      "oracleGeneral and lcs tell the next request of each object: it is found on the way. lcs is\n"
      "version 1, or 3 where a size needs more than 32 bits; vscsi is version 1. A name that ends\n"
      "in .gz or .zst makes the new trace compressed.\n");
  command->callback([=, &action] { action = [=] { return convert(*arguments); }; });
}

}  // namespace

void add_trace(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("trace", "Look at traces, make them, turn one format into another");
  command->require_subcommand(1);
  add_info(*command, action);
  add_generate(*command, action);
  add_convert(*command, action);
}

}  // namespace cdnsim::tools
