#include <nlohmann/json.hpp>

#include <cdnsim/tools/build_info.hpp>
#include <cdnsim/tools/process_memory.hpp>
#include <cdnsim/tools/run_record.hpp>

namespace cdnsim::tools {

RunTimes Stopwatch::times() const {
  const auto seconds_since_start = [&](Clock::time_point moment) {
    return std::chrono::duration<double>(moment - started_).count();
  };
  const Clock::time_point now = Clock::now();
  const bool never = first_window_ == Clock::time_point{};
  return {seconds_since_start(now), seconds_since_start(never ? now : first_window_)};
}

std::string run_record(const RunOutcome& outcome, std::uint32_t threads, const RunTimes& times,
                       const std::optional<std::string>& files_in) {
  const RunStatistics& statistics = outcome.statistics;
  const double running_s = times.wall_s - times.setup_s;
  nlohmann::ordered_json record;
  record["version"] = version();
  record["compiler"] = compiler();
  record["digest"] = outcome.result.digest;
  record["threads"] = threads;
  record["wall_s"] = times.wall_s;
  record["setup_s"] = times.setup_s;
  record["requests_per_s"] =
      running_s > 0 ? static_cast<double>(statistics.client_requests) / running_s : 0.0;
  record["peak_rss_bytes"] = peak_memory_bytes();
  record["client_requests"] = statistics.client_requests;
  record["lookahead_ms"] = statistics.lookahead_ms;
  record["windows"] = statistics.windows;
  record["parallel_windows"] = statistics.parallel_windows;
  record["node_visits"] = statistics.node_visits;
  if (files_in) record["files_in"] = *files_in;
  return record.dump(2) + "\n";
}

}  // namespace cdnsim::tools
