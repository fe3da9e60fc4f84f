// Misses of libCacheSim on its own trace, exact to the miss, with sizes and without.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/models/cache_policy/list.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/reference.hpp>

namespace {

using namespace cdnsim;

struct Request {
  std::uint64_t id = 0;
  std::int64_t bytes = 0;
};

// oracleGeneral: 24 little-endian bytes a record; the id at 4, the size at 12.
std::vector<Request> read_oracle_general(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<Request> requests;
  for (char record[24]; file.read(record, sizeof record);) {
    std::uint64_t id = 0;
    std::uint32_t size = 0;
    std::memcpy(&id, record + 4, sizeof id);
    std::memcpy(&size, record + 12, sizeof size);
    if (size != 0) requests.push_back({id, size});
  }
  return requests;
}

// One line of golden.csv.
struct Row {
  std::string trace, policy, params;
  bool sizes_ignored = false;
  std::int64_t cache_size = 0, requests = 0, misses = 0, bytes = 0, bytes_missed = 0;
};

std::vector<std::string> csv_fields(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

std::vector<Row> read_golden(const std::string& path) {
  std::ifstream file(path);
  std::vector<Row> rows;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const std::vector<std::string> f = csv_fields(line);
    if (f.size() != 9) continue;
    rows.push_back({f[0], f[1], f[2], f[3] == "1", std::stoll(f[4]), std::stoll(f[5]),
                    std::stoll(f[6]), std::stoll(f[7]), std::stoll(f[8])});
  }
  return rows;
}

// libCacheSim's option string in our words: "n-bit-counter=2 [Clock-2-0]" is clock:bits=2.
PolicyText policy_of(const Row& row) {
  static const std::map<std::string, std::string> kOurNames{
      {"n-bit-counter", "bits"},
      {"n-seg", "segments"},
      {"small-size-ratio", "small"},
      {"ghost-size-ratio", "ghost"},
      {"move-to-main-threshold", "threshold"}};
  PolicyText policy{row.policy, {}};
  std::istringstream options(row.params.substr(0, row.params.find(" [")));
  for (std::string option; std::getline(options, option, ',');) {
    if (option == "default") continue;
    const std::size_t equals = option.find('=');
    policy.parameters[kOurNames.at(option.substr(0, equals))] =
        parse<double>(option.substr(equals + 1)).value.value();
  }
  return policy;
}

void check_row(const Row& row, const std::vector<Request>& trace) {
  INFO(row.policy << " " << row.params << ", capacity " << row.cache_size);
  const std::string problem = with_cache_policy(policy_of(row), [&]<class P>(P policy) {
    Cache<P> cache(Bytes(row.cache_size), std::move(policy));
    std::int64_t misses = 0, bytes = 0, bytes_missed = 0;
    for (const Request& request : trace) {
      const std::int64_t size = row.sizes_ignored ? 1 : request.bytes;
      bytes += size;
      if (cache.request(request.id, Bytes(size))) continue;
      ++misses;
      bytes_missed += size;
    }
    CHECK(static_cast<std::int64_t>(trace.size()) == row.requests);
    CHECK(bytes == row.bytes);
    CHECK(misses == row.misses);
    CHECK(bytes_missed == row.bytes_missed);
  });
  CHECK(problem == "");
}

// How many rows there are of each.
const std::map<std::string, int> kRows{
    {"arc", 4}, {"clock", 8}, {"fifo", 4}, {"gdsf", 4},   {"lfu", 4},   {"lfuda", 4}, {"lirs", 4},
    {"lru", 4}, {"qdlp", 4},  {"size", 4}, {"s3fifo", 8}, {"sieve", 4}, {"slru", 8},  {"twoq", 4}};

}  // namespace

TEST_CASE("policies miss as often as libCacheSim's, to the miss", "[reference]") {
  const auto reference = test::reference_folder();
  if (!reference) return;
  const std::string folder = reference->string();
  std::map<std::string, int> checked;
  std::vector<Request> trace =
      read_oracle_general(folder + "/traces/cloudPhysicsIO.oracleGeneral.bin");
  REQUIRE(trace.size() == 113'872);
  for (const Row& row : read_golden(folder + "/libcachesim/golden.csv")) {
    if (!kRows.contains(row.policy) || row.trace != "cloudPhysicsIO.oracleGeneral.bin") continue;
    check_row(row, trace);
    ++checked[row.policy];
  }
  CHECK(checked == kRows);
}

// libCacheSim's (2025-05) counters for W-TinyLFU: ten hashes in a Bloom filter, all of them raised;
// halved once there were 32 hits in the main part for each copy that it holds.
class LibCacheSimTally {
 public:
  LibCacheSimTally() = default;
  explicit LibCacheSimTally(std::int64_t main_capacity)
      : counters_(static_cast<std::size_t>(
            std::ceil(-std::log(0.001) / 0.480453013918201 * static_cast<double>(main_capacity)))),
        hits_most_(32 * main_capacity) {}

  void reach(Slot) {}
  void on_ask(std::uint64_t) {}
  void on_enter(std::uint64_t key) { add(key); }
  void on_candidate(std::uint64_t key) { add(key); }
  void on_main_hit(std::uint64_t key) {
    add(key);
    if (++hits_ < hits_most_) return;
    hits_ = 0;
    for (std::uint32_t& counter : counters_) counter /= 2;
  }
  std::uint32_t count(std::uint64_t key) const {
    std::uint32_t least = ~0U;
    for (std::uint32_t i = 0; i < 10; ++i) least = std::min(least, counters_[place(key, i)]);
    return least;
  }

 private:
  std::size_t place(std::uint64_t key, std::uint32_t i) const {
    const auto a = static_cast<std::uint32_t>(hash64(key, 0x12345678));
    const auto b = static_cast<std::uint32_t>(hash64(key, 0x12344321));
    return (a + i * b) % counters_.size();
  }
  void add(std::uint64_t key) {
    for (std::uint32_t i = 0; i < 10; ++i) ++counters_[place(key, i)];
  }

  std::vector<std::uint32_t> counters_;
  std::int64_t hits_ = 0, hits_most_ = 0;
};

class WTinyLfuOfLibCacheSim : public BasicWTinyLfu<LibCacheSimTally> {
 public:
  static constexpr std::string_view kName = "wtinylfu";
  static constexpr std::string_view kSummary = "with libCacheSim's counters";
  using BasicWTinyLfu::BasicWTinyLfu;
};

template <class Policy>
static double relative_misses(const Row& row, const std::vector<Request>& trace, Policy policy) {
  Cache<Policy> cache(Bytes(row.cache_size), std::move(policy));
  std::int64_t misses = 0;
  for (const Request& request : trace) {
    misses += !cache.request(request.id, Bytes(row.sizes_ignored ? 1 : request.bytes));
  }
  return static_cast<double>(misses) / static_cast<double>(row.misses);
}

// With libCacheSim's counters in its place ours misses as its does within 0.5 % in the small cache,
// and within 1.5 % in the large one, where something else differs that is not found yet. Known is
// that libCacheSim evicts one more than needed once somebody came into the main part for another
// (its issue 162). Where sizes count, its filter is so large that it counts truly, and so does
// ours.
TEST_CASE("W-TinyLFU misses about as often as libCacheSim's, but for how that counts",
          "[reference]") {
  const auto reference = test::reference_folder();
  if (!reference) return;
  const std::string folder = reference->string();
  const std::vector<Request> trace =
      read_oracle_general(folder + "/traces/cloudPhysicsIO.oracleGeneral.bin");
  int checked = 0;
  for (const Row& row : read_golden(folder + "/libcachesim/golden.csv")) {
    if (row.policy != "wtinylfu" || row.trace != "cloudPhysicsIO.oracleGeneral.bin") continue;
    INFO(row.params << ", capacity " << row.cache_size);
    const std::vector<double> window{row.params.starts_with("default") ? 0.01 : 0.1};
    const auto in_window =
        static_cast<std::int64_t>(static_cast<double>(row.cache_size) * window[0]);
    const double ratio =
        row.sizes_ignored
            ? relative_misses(
                  row, trace,
                  WTinyLfuOfLibCacheSim(window, LibCacheSimTally(row.cache_size - in_window)))
            : relative_misses(row, trace, WTinyLfu(window));
    CHECK(std::abs(ratio - 1) < (row.cache_size == 14'692 ? 0.015 : 0.005));
    ++checked;
  }
  CHECK(checked == 6);
}

// The counts that differ by more have reasons of their own: see car.hpp.
TEST_CASE("CAR misses as often as libCacheSim's within 0.5 %, but once 0.7 % less", "[reference]") {
  const auto reference = test::reference_folder();
  if (!reference) return;
  const std::string folder = reference->string();
  const std::vector<Request> trace =
      read_oracle_general(folder + "/traces/cloudPhysicsIO.oracleGeneral.bin");
  int checked = 0;
  for (const Row& row : read_golden(folder + "/libcachesim/golden.csv")) {
    if (row.policy != "car" || row.trace != "cloudPhysicsIO.oracleGeneral.bin") continue;
    INFO("capacity " << row.cache_size);
    const double ratio = relative_misses(row, trace, Car{});
    CHECK(ratio < 1.005);
    CHECK(ratio > (row.cache_size == 608'930'918 ? 0.993 : 0.995));
    ++checked;
  }
  CHECK(checked == 4);
}
