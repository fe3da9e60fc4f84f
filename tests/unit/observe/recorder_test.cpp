// A recorder keeps what was born in the warm-up apart, class by class, and sums it exactly.

#include <cdnsim/observe/recorder.hpp>
#include <tests/support/catch.hpp>

namespace recorder_test {

using namespace cdnsim;

constexpr SimTime at(Duration since_start) { return kTimeZero + since_start; }

TEST_CASE("the warm-up ends just before its end") {
  const Recorder recorder(1, 1, at(5s));
  CHECK(recorder.phase_at(at(5s) - Duration{1}) == Phase::warmup);
  CHECK(recorder.phase_at(at(5s)) == Phase::measured);
  CHECK(Recorder(1, 1, at(0s)).phase_at(at(0s)) == Phase::measured);
}

TEST_CASE("counts go to their phase and class, and totals sum the classes of a phase") {
  Recorder recorder(1, 3, at(5s));
  recorder.count_outcome(Phase::warmup, 0, Outcome::miss);
  recorder.count_outcome(Phase::measured, 0, Outcome::hit);
  recorder.count_outcome(Phase::measured, 2, Outcome::hit);
  recorder.count_outcome(Phase::measured, 2, Outcome::delayed_hit);
  recorder.count_status(Phase::measured, 2, Status::timed_out);
  recorder.count_cause(Phase::warmup, 0, MissCause::first_request);
  recorder.counts(Phase::measured, 1).bytes_served += 700;

  CHECK(recorder.counts(Phase::measured, 2).requests() == 2);
  CHECK(recorder.counts(Phase::measured, 2)[Outcome::hit] == 1);
  CHECK(recorder.counts(Phase::measured, 1).requests() == 0);
  const ClassCounts measured = recorder.total(Phase::measured);
  CHECK(measured.requests() == 3);
  CHECK(measured[Outcome::hit] == 2);
  CHECK(measured[Status::timed_out] == 1);
  CHECK(measured.bytes_served == 700);
  const ClassCounts warmup = recorder.total(Phase::warmup);
  CHECK(warmup.requests() == 1);
  CHECK(warmup.causes[static_cast<std::size_t>(MissCause::first_request)] == 1);
}

TEST_CASE("what happened between two readings is their difference, in every count") {
  ClassCounts earlier;
  ClassCounts later;
  std::uint64_t step = 1;
  const auto grow = [&](std::uint64_t& before, std::uint64_t& after) {
    before = 10 * step;
    after = before + step;
    ++step;
  };
  for (std::size_t i = 0; i < earlier.outcomes.size(); ++i) {
    grow(earlier.outcomes[i], later.outcomes[i]);
  }
  for (std::size_t i = 0; i < earlier.statuses.size(); ++i) {
    grow(earlier.statuses[i], later.statuses[i]);
  }
  for (std::size_t i = 0; i < earlier.causes.size(); ++i) grow(earlier.causes[i], later.causes[i]);
  for (std::size_t i = 0; i < earlier.time_ns.size(); ++i) {
    grow(earlier.time_ns[i], later.time_ns[i]);
  }
  grow(earlier.fetches, later.fetches);
  grow(earlier.refreshes, later.refreshes);
  grow(earlier.bytes_served, later.bytes_served);
  grow(earlier.bytes_hit, later.bytes_hit);
  grow(earlier.bytes_fetched, later.bytes_fetched);

  ClassCounts difference = later;
  difference -= earlier;
  std::uint64_t expected = 1;
  for (const std::uint64_t count : difference.outcomes) CHECK(count == expected++);
  for (const std::uint64_t count : difference.statuses) CHECK(count == expected++);
  for (const std::uint64_t count : difference.causes) CHECK(count == expected++);
  for (const std::uint64_t count : difference.time_ns) CHECK(count == expected++);
  CHECK(difference.fetches == expected++);
  CHECK(difference.refreshes == expected++);
  CHECK(difference.bytes_served == expected++);
  CHECK(difference.bytes_hit == expected++);
  CHECK(difference.bytes_fetched == expected++);
  difference += earlier;
  CHECK(difference.requests() == later.requests());
  CHECK(difference.bytes_fetched == later.bytes_fetched);
}

TEST_CASE("latencies are kept by region and class") {
  Recorder recorder(2, 3, at(0s));
  recorder.add_latency(1, 2, 30ms, 45ms);
  recorder.add_latency(1, 2, 50ms, 45ms);
  recorder.settle();
  CHECK(recorder.regions() == 2);
  CHECK(recorder.classes() == 3);
  CHECK(recorder.latency(1, 2).first_byte.count() == 2);
  CHECK(recorder.latency(1, 2).first_byte.max() == 50'000'000);
  CHECK(recorder.latency(1, 2).last_byte.mean() == 45e6);
  CHECK(recorder.latency(0, 2).first_byte.count() == 0);
  CHECK(recorder.latency(1, 1).first_byte.count() == 0);
}

}  // namespace recorder_test
