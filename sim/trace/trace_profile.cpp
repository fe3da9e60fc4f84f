#include <algorithm>
#include <functional>
#include <limits>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/math.hpp>
#include <cdnsim/trace/trace_profile.hpp>

#include "size_fit.hpp"

namespace cdnsim {
namespace {

constexpr std::uint64_t kTenths = 10;
constexpr std::uint32_t kLeastAsked = 10;
constexpr std::size_t kReuses = 3;

}  // namespace

TraceProfile::TraceProfile(std::uint64_t requests)
    : expected_(std::max<std::uint64_t>(requests, 1)) {
  summary_.objects_in_tenth.resize(kTenths);
  summary_.new_in_tenth.resize(kTenths);
}

TraceProfile::Row& TraceProfile::row_of(const TraceRequest& request, bool& is_new) {
  const Slot known = index_.find(request.id, [this](Slot slot) { return rows_[slot].id; });
  is_new = known == kNoSlot;
  if (!is_new) return rows_[known];
  CDNSIM_ASSERT(summary_.objects < kMaxSlot, "a profile of more objects than slots can name");
  const Slot slot = static_cast<Slot>(++summary_.objects);
  if (slot >= rows_.size()) rows_.reach(static_cast<Slot>(slot + slot / 4 + 1023));
  if (index_.full()) {
    index_.grow();
    for (Slot each = 1; each < slot; ++each) index_.insert(rows_[each].id, each);
  }
  rows_[slot] = {request.id, request.bytes, request.bytes, 0, 0};
  index_.insert(request.id, slot);
  summary_.footprint += request.bytes;
  return rows_[slot];
}

std::uint32_t TraceProfile::tenth_of(std::uint64_t number) const {
  return static_cast<std::uint32_t>(std::min(number * kTenths / expected_, kTenths - 1));
}

void TraceProfile::add(std::span<const TraceRequest> requests) {
  constexpr std::size_t kFar = 16, kNear = 8;  // requests ahead: the index's line, then the row
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (i + kFar < requests.size()) index_.prefetch(requests[i + kFar].id);
    if (i + kNear < requests.size()) {
      const Slot slot = index_.guess(index_.home(requests[i + kNear].id));
      if (slot != kNoSlot) rows_.prefetch(slot);
    }
    add_one(requests[i]);
  }
}

void TraceProfile::add_one(const TraceRequest& request) {
  const std::uint64_t number = summary_.requests++;
  if (number == 0) first_ = request.at;
  last_ = request.at;
  summary_.bytes += request.bytes;
  bool is_new = false;
  Row& row = row_of(request, is_new);
  const std::uint32_t tenth = tenth_of(number);
  summary_.new_in_tenth[tenth] += is_new;
  summary_.objects_in_tenth[tenth] += is_new || tenth_of(row.last_number) != tenth;
  if (!is_new) {
    std::uint64_t within = expected_;
    for (std::size_t i = kReuses; i-- > 0;) {
      within /= 10;
      summary_.reused_within[i] += number - row.last_number <= within;
    }
  }
  summary_.size_changes += row.last_bytes != request.bytes;
  row.last_bytes = request.bytes;
  row.last_number = number;
  ++row.count;
}

TraceSummary TraceProfile::summary() {
  summary_.duration = last_ - first_;
  const auto objects = static_cast<std::size_t>(summary_.objects);
  std::vector<std::uint64_t> counts(objects);
  std::vector<std::int64_t> sizes(objects);
  for (std::size_t i = 0; i < objects; ++i) {
    const Row& row = rows_[static_cast<Slot>(i + 1)];
    counts[i] = row.count;
    sizes[i] = row.first_bytes;
    summary_.asked_once += row.count == 1;
  }
  std::sort(counts.begin(), counts.end(), std::greater<>());
  if (objects > 0) {
    summary_.most_asked = counts.front();
    look_at_sizes(std::move(sizes));
  }
  summary_.zipf_exponent = fitted_exponent(counts);
  return summary_;
}

void TraceProfile::look_at_sizes(std::vector<std::int64_t> sizes) {
  std::sort(sizes.begin(), sizes.end());
  const std::size_t objects = sizes.size();
  summary_.size_least = sizes.front();
  summary_.size_median = sizes[(objects + 1) / 2 - 1];
  summary_.size_p90 = sizes[(objects * 9 + 9) / 10 - 1];
  summary_.size_most = sizes.back();
  const SizeFit fit = fit_lognormal(sizes);
  summary_.size_law_median = fit.median;
  summary_.size_law_sigma = fit.sigma;
  summary_.size_law_distance = fit.distance;
}

double TraceProfile::fitted_exponent(const std::vector<std::uint64_t>& counts) const {
  double weights = 0, x_sum = 0, y_sum = 0, xx_sum = 0, xy_sum = 0;
  std::size_t used = 0;
  for (; used < counts.size() && counts[used] >= kLeastAsked; ++used) {
    const double rank = static_cast<double>(used + 1);
    const double weight = 1 / rank;
    const double x = math::log(rank);
    const double y = math::log(static_cast<double>(counts[used]));
    weights += weight;
    x_sum += weight * x;
    y_sum += weight * y;
    xx_sum += weight * x * x;
    xy_sum += weight * x * y;
  }
  const double spread = weights * xx_sum - x_sum * x_sum;
  if (used < kLeastAsked || spread <= 0) return std::numeric_limits<double>::quiet_NaN();
  return -(weights * xy_sum - x_sum * y_sum) / spread;
}

}  // namespace cdnsim
