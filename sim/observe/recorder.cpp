#include <functional>
#include <numeric>
#include <span>

#include <cdnsim/observe/recorder.hpp>

namespace cdnsim {
namespace {

template <class Array, class Operation>
void combine(Array& into, const Array& other, Operation operation) {
  for (std::size_t i = 0; i < into.size(); ++i) into[i] = operation(into[i], other[i]);
}

template <class Operation>
void combine_all(ClassCounts& into, const ClassCounts& other, Operation operation) {
  combine(into.outcomes, other.outcomes, operation);
  combine(into.statuses, other.statuses, operation);
  combine(into.causes, other.causes, operation);
  combine(into.served, other.served, operation);
  combine(into.answered, other.answered, operation);
  combine(into.time_ns, other.time_ns, operation);
  into.remembered_errors = operation(into.remembered_errors, other.remembered_errors);
  into.failed_waits = operation(into.failed_waits, other.failed_waits);
  into.stale_on_error = operation(into.stale_on_error, other.stale_on_error);
  into.fetches = operation(into.fetches, other.fetches);
  into.refreshes = operation(into.refreshes, other.refreshes);
  into.resent = operation(into.resent, other.resent);
  into.not_modified = operation(into.not_modified, other.not_modified);
  into.outdated = operation(into.outdated, other.outdated);
  into.replica_fills = operation(into.replica_fills, other.replica_fills);
  into.aborted = operation(into.aborted, other.aborted);
  into.broken_off = operation(into.broken_off, other.broken_off);
  into.bytes_served = operation(into.bytes_served, other.bytes_served);
  into.bytes_hit = operation(into.bytes_hit, other.bytes_hit);
  into.bytes_fetched = operation(into.bytes_fetched, other.bytes_fetched);
  into.pushed = operation(into.pushed, other.pushed);
  into.bytes_pushed = operation(into.bytes_pushed, other.bytes_pushed);
}

}  // namespace

std::uint64_t ClassCounts::requests() const {
  return std::accumulate(outcomes.begin(), outcomes.end(), std::uint64_t{0});
}

ClassCounts& ClassCounts::operator+=(const ClassCounts& other) {
  combine_all(*this, other, std::plus<>());
  return *this;
}

ClassCounts& ClassCounts::operator-=(const ClassCounts& earlier) {
  combine_all(*this, earlier, std::minus<>());
  return *this;
}

Recorder::Recorder(std::size_t regions, std::size_t classes, SimTime warmup_end, SimTime end)
    : classes_(classes),
      warmup_end_(warmup_end),
      end_(end),
      counts_(kCountOf<Phase> * classes),
      latencies_(regions * classes) {}

void Recorder::settle() {
  const std::span noted(noted_.data(), noted_count_);
  for (const Noted& one : noted) {
    one.counts->first_byte.prefetch_bucket(one.first_ns);
    one.counts->last_byte.prefetch_bucket(one.last_ns);
  }
  for (const Noted& one : noted) {
    one.counts->first_byte.add(one.first_ns);
    one.counts->last_byte.add(one.last_ns);
  }
  noted_count_ = 0;
}

ClassCounts Recorder::total(Phase phase) const {
  ClassCounts sum;
  for (std::size_t content = 0; content < classes_; ++content) {
    sum += counts(phase, static_cast<std::uint16_t>(content));
  }
  return sum;
}

}  // namespace cdnsim
