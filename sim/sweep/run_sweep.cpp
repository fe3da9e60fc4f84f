#include <atomic>
#include <exception>
#include <mutex>
#include <new>

#include <cdnsim/base/check.hpp>
#include <cdnsim/engine/worker_pool.hpp>
#include <cdnsim/scenario/run.hpp>
#include <cdnsim/sweep/run_sweep.hpp>

namespace cdnsim::sweep {
namespace {

// Thrown through a run that nobody will ask for: another worker has met the end.
struct Stopped {};

class Runner {
 public:
  Runner(const Sweep& sweep, Store& store, const Options& options)
      : sweep_(sweep), store_(store), options_(options) {}

  Progress run();

 private:
  void look_for_work();
  void count(Status status);
  Record attempt(std::size_t run);
  void simulate(std::size_t run, Record& record);
  void hand_in(const Record& record);
  void check_if_stopped() const;
  double now() const { return options_.clock ? options_.clock() : 0; }

  const Sweep& sweep_;
  Store& store_;
  const Options& options_;
  std::vector<std::size_t> open_;  // runs, in their order
  std::atomic<bool> is_stopped_{false};
  std::mutex handing_in_;
  std::exception_ptr why_stopped_;
  Progress progress_;
};

Progress Runner::run() {
  if (options_.retry_failed) store_.forget_failed();
  look_for_work();
  WorkerPool pool(options_.threads);
  pool.share(open_.size(), [this](std::uint32_t, std::size_t i) {
    try {
      check_if_stopped();
      hand_in(attempt(open_[i]));
    } catch (const Stopped&) {
    } catch (...) {
      const std::lock_guard lock(handing_in_);
      if (!why_stopped_) why_stopped_ = std::current_exception();
      is_stopped_ = true;
    }
  });
  if (why_stopped_) std::rethrow_exception(why_stopped_);
  return progress_;
}

void Runner::look_for_work() {
  const std::vector<std::optional<Status>> statuses = store_.statuses();
  progress_.runs = statuses.size();
  for (std::size_t run = 0; run < statuses.size(); ++run) {
    if (statuses[run]) {
      count(*statuses[run]);
    } else {
      open_.push_back(run);
    }
  }
  if (options_.progress) options_.progress(progress_);
}

void Runner::count(Status status) {
  if (status == Status::done) {
    ++progress_.done;
  } else {
    ++progress_.failed;
    if (status == Status::broken) ++progress_.broken;
  }
}

void Runner::check_if_stopped() const {
  if (is_stopped_) throw Stopped();
  if (options_.poll) options_.poll();
}

Record Runner::attempt(std::size_t run) {
  Record begun;
  begun.run = run;
  begun.seed = sweep_.seed_of(run).value_or(sweep_.scenario_seed);
  Record record = begun;
  const auto fail = [&](Status status, const char* message) {
    record = begun;  // it may have kept a part of its rows
    record.status = status;
    record.message = message;
  };
  try {
    simulate(run, record);
  } catch (const UserError& error) {
    fail(Status::failed, error.what());
  } catch (const std::bad_alloc&) {
    fail(Status::failed, "there is not enough memory for this run");
  } catch (const std::exception& error) {
    fail(Status::broken, error.what());
  }
  return record;
}

void Runner::simulate(std::size_t run, Record& record) {
  const Scenario scenario = sweep_.scenario_of(run);
  RunOptions options;
  options.progress = [this](SimTime) { check_if_stopped(); };
  options.before_checks = options_.before_checks;
  std::string series;
  for (const std::string& table : sweep_.spec.tables) {
    if (table == "series") options.series = [&](std::string_view text) { series += text; };
  }
  const double started = now();
  RunOutcome outcome = cdnsim::run(scenario, options);
  record.wall_s = now() - started;
  keep(sweep_.spec, outcome.result, series, record);
}

void Runner::hand_in(const Record& record) {
  const std::lock_guard lock(handing_in_);
  if (is_stopped_) throw Stopped();
  store_.add(record);
  count(record.status);
  ++progress_.added;
  progress_.in_runs_s += record.wall_s;
  if (options_.progress) options_.progress(progress_);
}

}  // namespace

Progress run_sweep(const Sweep& sweep, Store& store, const Options& options) {
  return Runner(sweep, store, options).run();
}

}  // namespace cdnsim::sweep
