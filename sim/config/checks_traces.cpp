#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/config/checks.hpp>
#include <cdnsim/config/suggest.hpp>
#include <cdnsim/models/replay/trace_survey.hpp>
#include <cdnsim/trace/trace_reader.hpp>

namespace cdnsim::config {
namespace {

class TraceChecker {
 public:
  TraceChecker(const Scenario& scenario, Problems& problems)
      : scenario_(scenario), problems_(problems) {
    for (const auto& [id, workload] : scenario.traffic) {
      std::visit([&](const auto& kind) { add_askers(id, kind); }, workload);
    }
  }

  void check(const std::string& id, const TraceReplay& trace) {
    const std::string place = pointer_to({"traffic", id});
    check_columns(place, trace);
    if (!problems_.touches(place + "/content")) check_content(place, id, trace);
    if (problems_.touches(place + "/file") || problems_.touches(place + "/format")) return;
    if (problems_.touches(place + "/columns")) return;
    check_file(place, trace);
  }

 private:
  template <class Workload>
  void add_askers(const std::string& id, const Workload& workload) {
    if constexpr (requires { workload.mix; }) {
      for (const auto& [content, share] : workload.mix) askers_[content].push_back(id);
      if constexpr (requires { workload.crowd_mix; }) {
        for (const auto& [content, share] : workload.crowd_mix) askers_[content].push_back(id);
      }
    } else if constexpr (requires { workload.content; }) {
      askers_[workload.content].push_back(id);
    }
  }

  void check_columns(const std::string& place, const TraceReplay& trace) {
    std::vector<std::string> known;
    for (const std::string_view name : trace_column_names()) known.emplace_back(name);
    for (const auto& [column, name] : trace.columns) {
      if (std::ranges::find(known, column) != known.end()) continue;
      problems_.add(
          place + pointer_to({"columns", column}),
          fmt::format("unknown column {}{}", cdnsim::quoted(column), hint(column, known)));
    }
  }

  // The trace alone says how many objects the class has, and numbers them.
  void check_content(const std::string& place, const std::string& id, const TraceReplay& trace) {
    for (const std::string& other : askers_[trace.content]) {
      if (other == id) continue;
      problems_.add(place + "/content",
                    fmt::format("{} asks for {} too; give the trace a class of its own",
                                pointer_to({"traffic", other}), cdnsim::quoted(trace.content)));
      return;
    }
  }

  void check_file(const std::string& place, const TraceReplay& trace) {
    try {
      try_trace(trace);
      check_clients(place + "/clients", trace);
    } catch (const UserError& error) {
      problems_.add(place + "/file", in_words_of_scenarios(error.what()));
    }
  }

  // Clients that are named must be there to be told apart.
  void check_clients(const std::string& place, const TraceReplay& trace) {
    if (trace.clients.empty() || problems_.touches(place) || names_clients(trace)) return;
    problems_.add(place,
                  "the trace does not say who asks; name the column, \"columns\": {\"client\": "
                  "NAME}, or leave this out");
  }

  // The reader speaks of options of the command line.
  static std::string in_words_of_scenarios(std::string message) {
    const auto replace = [&](std::string_view option, std::string_view key) {
      const std::size_t at = message.find(option);
      if (at != message.npos) message.replace(at, option.size(), key);
    };
    replace("give --trace-format, one of", "give its \"format\", one of");
    replace("Name it, e.g. --columns id=NAME", "Name it: \"columns\": {\"id\": NAME}");
    replace("use e.g. --columns id=NAME", "write \"columns\": {\"id\": NAME}");
    return message;
  }

  const Scenario& scenario_;
  Problems& problems_;
  std::map<std::string, std::vector<std::string>> askers_;  // by class of content
};

}  // namespace

void check_traces(const Scenario& scenario, Problems& problems) {
  TraceChecker checker(scenario, problems);
  for (const auto& [id, workload] : scenario.traffic) {
    const std::string place = pointer_to({"traffic", id});
    if (problems.told_at(place) || problems.told_at(place + "/kind")) continue;
    const auto* trace = std::get_if<TraceReplay>(&workload);
    if (trace != nullptr) {
      checker.check(id, *trace);
    } else if (scenario.replay == ReplayMode::atomic) {
      problems.add(place,
                   "only traces can be replayed atomically; take it out, or give \"replay\": "
                   "\"timed\"");
    }
  }
}

}  // namespace cdnsim::config
