#include "lcs_header.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/math.hpp>

namespace cdnsim {
namespace {

constexpr std::size_t kMostCommon = 16;

class Fields {
 public:
  template <class T>
  void put(T value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  template <class T>
  void put_all(const std::vector<T>& values) {  // kMostCommon of them, zeros behind
    for (std::size_t i = 0; i < kMostCommon; ++i) put(i < values.size() ? values[i] : T{});
  }
  void skip_to(std::size_t offset) { bytes_.resize(offset); }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

struct Common {
  std::int64_t value;
  std::uint64_t objects;
};

// How many objects have each value, the most frequent first. REQUIRES: the values are sorted.
std::vector<Common> most_common(const std::vector<std::int64_t>& sorted) {
  std::vector<Common> runs;
  for (const std::int64_t value : sorted) {
    if (runs.empty() || runs.back().value != value) runs.push_back({value, 0});
    ++runs.back().objects;
  }
  const std::size_t kept = std::min(runs.size(), kMostCommon);
  std::partial_sort(runs.begin(), runs.begin() + static_cast<std::ptrdiff_t>(kept), runs.end(),
                    [](const Common& a, const Common& b) {
                      return a.objects != b.objects ? a.objects > b.objects : a.value < b.value;
                    });
  runs.resize(kept);
  return runs;
}

template <class T>
std::vector<T> values_of(const std::vector<Common>& runs) {
  std::vector<T> values;
  for (const Common& run : runs) values.push_back(static_cast<T>(run.value));
  return values;
}
std::vector<float> shares_of(const std::vector<Common>& runs, std::size_t objects) {
  std::vector<float> shares;
  for (const Common& run : runs) {
    shares.push_back(static_cast<float>(run.objects) / static_cast<float>(objects));
  }
  return shares;
}

// The slope by least squares of log(requests) against log(rank) over all objects, as libCacheSim
// has it; `trace info` weighs ranks otherwise and leaves out the rare ones.
double skewness_of(const std::vector<std::int64_t>& falling) {
  double x_sum = 0, y_sum = 0, xx_sum = 0, xy_sum = 0;
  for (std::size_t i = 0; i < falling.size(); ++i) {
    const double x = math::log(static_cast<double>(i + 1));
    const double y = math::log(static_cast<double>(falling[i]));
    x_sum += x;
    y_sum += y;
    xx_sum += x * x;
    xy_sum += x * y;
  }
  const auto n = static_cast<double>(falling.size());
  const double spread = n * xx_sum - x_sum * x_sum;
  return spread > 0 ? -(n * xy_sum - x_sum * y_sum) / spread : 0.0;
}

void put_sizes(Fields& fields, const RequestLinks& links) {
  std::vector<std::int64_t> sizes;
  for (std::size_t i = 0; i < links.size(); ++i) sizes.push_back(links.object(i).bytes);
  std::sort(sizes.begin(), sizes.end());
  const std::vector<Common> common = most_common(sizes);
  fields.put<std::int64_t>(sizes.empty() ? 0 : sizes.front());
  fields.put<std::int64_t>(sizes.empty() ? 0 : sizes.back());
  fields.put_all(values_of<std::int64_t>(common));
  fields.put_all(shares_of(common, links.size()));
}

void put_popularity(Fields& fields, const RequestLinks& links) {
  std::vector<std::int64_t> counts;
  for (std::size_t i = 0; i < links.size(); ++i) {
    counts.push_back(static_cast<std::int64_t>(links.object(i).requests));
  }
  std::sort(counts.begin(), counts.end(), std::greater<>());
  const std::vector<Common> common = most_common(counts);
  fields.put_all(counts);
  fields.put_all(values_of<std::int32_t>(common));
  fields.put_all(shares_of(common, links.size()));
  fields.put(skewness_of(counts));
}

}  // namespace

std::string lcs_header(std::uint64_t version, const LcsTotals& totals, const RequestLinks& links) {
  std::int64_t object_bytes = 0;
  for (std::size_t i = 0; i < links.size(); ++i) object_bytes += links.object(i).bytes;
  Fields fields;
  fields.put(kLcsMagic);
  fields.put(version);
  fields.put<std::int64_t>(1);  // version of the figures
  fields.put(totals.requests);
  fields.put(static_cast<std::int64_t>(links.size()));
  fields.put(totals.bytes);
  fields.put(object_bytes);
  fields.put(totals.first_second);
  fields.put(totals.last_second);
  for (int i = 0; i < 3; ++i) fields.put<std::int64_t>(0);  // reads, writes, deletes: not known
  put_sizes(fields, links);
  put_popularity(fields, links);
  // Every record is of tenant 0 and has no time to live.
  fields.put<std::int32_t>(1);
  fields.put_all(std::vector<std::int32_t>{0});
  fields.put_all(std::vector<float>{1});
  fields.put<std::int32_t>(1);
  fields.put<std::int32_t>(0);  // the least
  fields.put<std::int32_t>(0);  // the most
  fields.put_all(std::vector<std::int32_t>{0});
  fields.put_all(std::vector<float>{1});
  fields.skip_to(kLcsHeader - sizeof kLcsMagic);
  fields.put(kLcsMagic);
  CDNSIM_ASSERT(fields.bytes().size() == kLcsHeader, "a header of another length");
  return fields.bytes();
}

}  // namespace cdnsim
