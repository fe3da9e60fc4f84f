// LRU and FIFO under independent Zipf requests, through the whole simulator, against exact results.

#include "single_cache.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <tests/support/catch.hpp>
#include <tests/support/reference.hpp>

namespace {

using namespace cdnsim;
using namespace cdnsim::test;

// A cache's content, most recent first.
using Content = std::vector<int>;

// Every ordered content of `capacity` out of `objects`.
void list_contents(int objects, int capacity, Content& prefix,
                   std::map<Content, std::size_t>& all) {
  if (static_cast<int>(prefix.size()) == capacity) {
    all.emplace(prefix, all.size());
    return;
  }
  for (int i = 0; i < objects; ++i) {
    if (std::find(prefix.begin(), prefix.end(), i) != prefix.end()) continue;
    prefix.push_back(i);
    list_contents(objects, capacity, prefix, all);
    prefix.pop_back();
  }
}

Content after(const std::string& policy, Content content, int requested) {
  const auto found = std::find(content.begin(), content.end(), requested);
  if (found != content.end()) {
    if (policy == "lru") std::rotate(content.begin(), found, found + 1);
    return content;
  }
  content.pop_back();
  content.insert(content.begin(), requested);
  return content;
}

// From the stationary law of the Markov chain of contents (King 1971): the law after so many
// requests that the next changes nothing.
double exact_hit_ratio(const std::string& policy, int objects, int capacity, double exponent) {
  std::vector<double> popularity;
  double sum = 0;
  for (int i = 0; i < objects; ++i) sum += std::pow(i + 1, -exponent);
  for (int i = 0; i < objects; ++i) popularity.push_back(std::pow(i + 1, -exponent) / sum);

  std::map<Content, std::size_t> contents;
  Content prefix;
  list_contents(objects, capacity, prefix, contents);
  std::vector<std::vector<std::size_t>> next(contents.size());  // by content, then by request
  for (const auto& [content, from] : contents) {
    for (int i = 0; i < objects; ++i) next[from].push_back(contents.at(after(policy, content, i)));
  }
  std::vector<double> law(contents.size(), 1.0 / static_cast<double>(contents.size()));
  double change = 1;
  while (change > 1e-14) {
    std::vector<double> later(law.size(), 0.0);
    for (std::size_t from = 0; from < law.size(); ++from) {
      for (std::size_t i = 0; i < popularity.size(); ++i) {
        later[next[from][i]] += law[from] * popularity[i];
      }
    }
    change = 0;
    for (std::size_t i = 0; i < law.size(); ++i) change += std::abs(later[i] - law[i]);
    law = later;
  }
  double hits = 0;
  for (const auto& [content, index] : contents) {
    for (const int i : content) hits += law[index] * popularity[static_cast<std::size_t>(i)];
  }
  return hits;
}

}  // namespace

TEST_CASE("the exact hit ratios of small caches are the published ones") {
  CHECK(exact_hit_ratio("lru", 5, 2, 0.8) == Approx(0.4770983079).epsilon(1e-9));
  CHECK(exact_hit_ratio("lru", 5, 2, 1.0) == Approx(0.5188845638).epsilon(1e-9));
  CHECK(exact_hit_ratio("fifo", 5, 2, 0.8) == Approx(0.4672138630).epsilon(1e-9));
  CHECK(exact_hit_ratio("fifo", 5, 2, 1.0) == Approx(0.5036496350).epsilon(1e-9));
  CHECK(exact_hit_ratio("lru", 8, 3, 1.0) == Approx(0.5356153359).epsilon(1e-9));
  CHECK(exact_hit_ratio("fifo", 8, 3, 1.0) == Approx(0.5089580862).epsilon(1e-9));
}

TEST_CASE("the simulator has the exact hit ratios of small LRU and FIFO caches") {
  struct Row {
    int objects, capacity;
    double exponent;
  };
  for (const Row row : {Row{5, 2, 0.8}, Row{5, 2, 1.0}, Row{5, 1, 1.2}, Row{8, 3, 1.0}}) {
    for (const char* policy : {"lru", "fifo"}) {
      const double exact = exact_hit_ratio(policy, row.objects, row.capacity, row.exponent);
      const Measured found =
          hit_ratio_of(policy, static_cast<std::uint64_t>(row.objects), row.exponent,
                       static_cast<std::uint64_t>(row.capacity), 600'000);
      INFO(policy << ", " << row.capacity << " of " << row.objects << " objects, exponent "
                  << row.exponent << ": " << found << ", exactly " << exact);
      CHECK(found.agrees_with(exact));
      CHECK(found.standard_error() < 0.005 * exact);
    }
  }
}

TEST_CASE("LRU and FIFO against published exact hit ratios", "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  std::ifstream file(*folder / "published/irm_single_cache_exact.json");
  const nlohmann::json published = nlohmann::json::parse(file);
  int checked = 0;
  int left_out = 0;
  for (const nlohmann::json& row : published.at("table")) {
    const auto objects = row.at("N").get<std::uint64_t>();
    const auto exponent = row.at("alpha").get<double>();
    const auto capacity = row.at("C").get<std::uint64_t>();
    // One exponent of each size and capacity here; the long run takes all.
    if (exponent != (objects % 100 == 0 ? 1.0 : 0.8) || capacity == 5 || capacity == 20) {
      ++left_out;
      continue;
    }
    for (const auto& [policy, key] :
         {std::pair("lru", "lru_exact"), std::pair("fifo", "fifo_random_exact")}) {
      const double exact = row.at(key).get<double>();
      const Measured found = hit_ratio_of(policy, objects, exponent, capacity, 500'000);
      INFO(policy << ", " << capacity << " of " << objects << " objects, exponent " << exponent
                  << ": " << found << ", published " << exact);
      CHECK(found.agrees_with(exact));
    }
    ++checked;
  }
  std::cout << checked << " rows of irm_single_cache_exact.json, " << left_out
            << " left to the long run\n";
  CHECK(checked >= 12);
}
