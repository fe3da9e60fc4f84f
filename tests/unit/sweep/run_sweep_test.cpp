// Sweeps run in this process: seeds, failures, an end from outside.
#include <set>

#include <cdnsim/base/check.hpp>
#include <cdnsim/sweep/run_sweep.hpp>
#include <cdnsim/sweep/tables.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/scratch_files.hpp>

namespace cdnsim::sweep {
namespace {

constexpr const char* kScenario = R"({
  "seed": 7, "duration": "2s",
  "network": {
    "client_networks": { "isp": { "region": "north", "users": "1M" } },
    "pops": { "pop": { "servers": 1 } }, "origins": { "origin": {} },
    "links": {
      "pop-isp": { "from": "pop", "to": "isp", "kind": "pni", "delay": "3ms" },
      "pop-origin": { "from": "pop", "to": "origin", "delay": "15ms" } } },
  "content": { "pages": { "objects": 1000, "popularity": "zipf:0.9", "size": "20kB",
                          "origin": "origin", "cache_control": "public, max-age=60" } },
  "traffic": { "base": { "kind": "steady", "rate": "200/s", "mix": { "pages": 1 } } }
})";

class Bench {
 public:
  explicit Bench(const std::string& rest) {
    files_.write("s.json", kScenario);
    file_ = files_.write("sweep.json", R"({"scenario": "s.json", )" + rest + "}");
  }
  Sweep load() const { return load_sweep(file_); }
  std::string store() const { return files_.path("store.sqlite"); }

 private:
  test::ScratchFiles files_;
  std::string file_;
};

const std::string kTwoMemories =
    R"("vary": {"memory": {"path": "/caching/edge/memory", "values": ["1MB", "4MB"]}})";

TEST_CASE("replications have the same seeds at every point, the first the scenario's own") {
  const Bench bench(kTwoMemories + R"(, "replications": 3)");
  const Sweep sweep = bench.load();
  REQUIRE(sweep.runs() == 6);
  CHECK_FALSE(sweep.seed_of(0).has_value());
  CHECK(sweep.scenario_of(0).seed == 7);
  CHECK(sweep.seed_of(1) != sweep.seed_of(2));
  CHECK(sweep.seed_of(1) == sweep.seed_of(4));
  CHECK(sweep.scenario_of(4).seed == sweep.seed_of(1));
  CHECK(sweep.scenario_of(4).caching.edge.memory == Bytes{4'000'000});
  CHECK(*sweep.seed_of(1) < std::uint64_t{1} << 53);
}

TEST_CASE("independent seeds differ everywhere") {
  const Sweep sweep = Bench(kTwoMemories + R"(, "replications": 2, "seeds": "independent")").load();
  std::set<std::uint64_t> seeds;
  for (std::size_t run = 0; run < sweep.runs(); ++run) seeds.insert(sweep.seed_of(run).value());
  CHECK(seeds.size() == 4);
}

TEST_CASE("independent seeds tell points of equal values apart") {
  const auto loaded_with = [](const std::string& values) {
    return Bench(R"("seeds": "independent",
        "vary": {"memory": {"path": "/caching/edge/memory", "values": )" +
                 values + "}}")
        .load();
  };
  const Sweep two = loaded_with(R"(["1MB", "4MB"])");
  const Sweep four = loaded_with(R"(["1MB", "1MB", "4MB", "1MB"])");
  REQUIRE(four.runs() == 4);
  std::set<std::uint64_t> seeds;
  for (std::size_t run = 0; run < 4; ++run) seeds.insert(four.seed_of(run).value());
  CHECK(seeds.size() == 4);
  // The first of equals has the seed that it has alone.
  CHECK(four.seed_of(0) == two.seed_of(0));
  CHECK(four.seed_of(2) == two.seed_of(1));
}

TEST_CASE("the labels of cases belong to the design") {
  const auto digest_with = [](const std::string& label) {
    return Bench(R"("vary": {"size": {"cases": {
        "large": {"/caching/edge/memory": "4MB"}, ")" +
                 label + R"(": {"/caching/edge/memory": "1MB"}}}})")
        .load()
        .design_digest;
  };
  CHECK(digest_with("small") == digest_with("small"));
  CHECK(digest_with("small") != digest_with("tiny"));
}

TEST_CASE("a column of figures gives way to one that differs in case alone") {
  const auto names_of = [](const Sweep& sweep) {
    std::vector<std::string> names;
    for (const ParameterColumn& of : sweep.columns) names.push_back(of.name);
    return names;
  };
  const Bench bench(R"("vary": {
      "Memory": {"path": "/duration", "values": ["2s", "3s"]},
      "memory_s": {"path": "/caching/edge/memory", "values": ["1MB"]}})");
  const Sweep sweep = bench.load();
  CHECK(names_of(sweep) == std::vector<std::string>{"Memory", "memory_s", "memory_s_bytes"});
  CHECK(Store(bench.store(), sweep, "1").statuses().size() == 2);
  const Bench of_a_run(R"("vary": {"Wall": {"path": "/duration", "values": ["2s"]}})");
  CHECK(names_of(of_a_run.load()) == std::vector<std::string>{"Wall"});
}

TEST_CASE("a parameter with a unit has a column of figures beside it") {
  const Sweep sweep = Bench(kTwoMemories).load();
  REQUIRE(sweep.columns.size() == 2);
  CHECK(sweep.columns[1].name == "memory_bytes");
  CHECK(std::get<std::string>(sweep.cell_of(1, sweep.columns[0])) == "4MB");
  CHECK(std::get<std::int64_t>(sweep.cell_of(1, sweep.columns[1])) == 4'000'000);
}

// The first column of each row.
std::vector<std::string> column(const Bench& bench, const std::string& table, std::size_t place) {
  const StoredTables tables(bench.store());
  Statement rows = tables.rows_of(table, Shape::wide, false);
  std::vector<std::string> texts;
  while (rows.step()) texts.push_back(rows.text(place));
  return texts;
}

TEST_CASE("what does not add up is kept with its message, and the others go on") {
  const Bench bench(kTwoMemories + R"(, "tables": [])");
  const Sweep sweep = bench.load();
  int seen = 0;
  Options options;
  options.before_checks = [&](Recorder& recorder) {
    if (seen++ == 0) recorder.counts(Phase::measured, 0).fetches += 1;
  };
  {
    Store store(bench.store(), sweep, "1");
    const Progress progress = run_sweep(sweep, store, options);
    CHECK(progress.done == 1);
    CHECK(progress.failed == 1);
    CHECK(progress.broken == 1);
    REQUIRE(store.failures().size() == 1);
    CHECK(store.failures()[0].runs == std::vector<std::size_t>{0});
    CHECK_THAT(store.failures()[0].message, Catch::Contains("fetches, refreshes"));
  }
  CHECK(column(bench, "runs", 6).size() == 2);
  // What failed stays so until it is asked for again.
  Store store(bench.store(), sweep, "1");
  CHECK(run_sweep(sweep, store, {}).added == 0);
  Options again;
  again.retry_failed = true;
  const Progress mended = run_sweep(sweep, store, again);
  CHECK(mended.added == 1);
  CHECK(mended.done == 2);
}

TEST_CASE("a value that is wrong is told once, with the runs that it concerns") {
  const Bench bench(R"("replications": 2, "vary": {
      "policy": {"path": "/caching/edge/policy", "values": ["lru", "liru", "fifo"]},
      "memory": {"path": "/caching/edge/memory", "values": ["1MB", "4MB"]}})");
  const Sweep sweep = bench.load();
  REQUIRE(sweep.runs() == 12);
  Store store(bench.store(), sweep, "1");
  CHECK(run_sweep(sweep, store, {}).failed == 4);
  const std::vector<Failed> failures = store.failures();
  REQUIRE(failures.size() == 1);
  CHECK_THAT(failures[0].message, Catch::Contains("unknown eviction policy \"liru\""));
  CHECK(failures[0].runs.size() == 4);
}

TEST_CASE("what failed is forgotten in every table") {
  const Bench bench(kTwoMemories);
  const Sweep sweep = bench.load();
  const Row row = {{"id", std::string("n")}, {"kind", std::string("server")}};
  Record record;
  record.status = Status::broken;
  record.metrics.emplace_back("/a", std::int64_t{1});
  record.nodes.push_back(row);
  record.links.push_back(row);
  {
    Store store(bench.store(), sweep, "1");
    store.add(record);
    record.run = 1;
    record.status = Status::done;
    store.add(record);
    store.forget_failed();
    CHECK_FALSE(store.statuses().at(0).has_value());
    CHECK(store.statuses().at(1) == Status::done);
  }
  for (const char* table : {"runs", "nodes", "links", "metrics"}) {
    CHECK(column(bench, table, 0) == std::vector<std::string>{"1"});
  }
  Store store(bench.store(), sweep, "1");
  record.run = 0;
  CHECK_NOTHROW(store.add(record));
}

TEST_CASE("a lock is told as one, whatever SQLite says more of it") {
  const test::ScratchFiles files;
  const std::string path = files.path("two.sqlite");
  const Database one = Database::open_to_write(path, "");
  one.use_log();
  one.execute("CREATE TABLE t (x); BEGIN; SELECT x FROM t");
  const Database other = Database::open_to_write(path, "");
  other.execute("INSERT INTO t VALUES (1)");
  // SQLITE_BUSY_SNAPSHOT: what was read is no longer what is there.
  CHECK_THROWS_WITH(one.execute("INSERT INTO t VALUES (2)"),
                    Catch::Contains("is locked by another program"));
}

TEST_CASE("an end from outside keeps what is over") {
  const Bench bench(kTwoMemories + R"(, "replications": 10)");
  const Sweep sweep = bench.load();
  struct Enough {};
  std::size_t over = 0;
  Options options;
  options.threads = 2;
  options.progress = [&](const Progress& progress) { over = progress.over(); };
  options.poll = [&] {
    if (over >= 5) throw Enough{};
  };
  {
    Store store(bench.store(), sweep, "1");
    CHECK_THROWS_AS(run_sweep(sweep, store, options), Enough);
  }
  CHECK(over >= 5);
  CHECK(over < 20);
  CHECK(column(bench, "runs", 0).size() == over);
}

TEST_CASE("a store is filled by one writer, one version and one sweep") {
  const Bench bench(kTwoMemories);
  Sweep sweep = bench.load();
  {
    const Store store(bench.store(), sweep, "1");
    CHECK_THROWS_WITH(Store(bench.store(), sweep, "1"), Catch::Contains("in use by another"));
  }
  CHECK_THROWS_WITH(Store(bench.store(), sweep, "2"), Catch::Contains("another version of cdnsim"));
  sweep.scenario_digest = "x";
  CHECK_THROWS_WITH(Store(bench.store(), sweep, "1"), Catch::Contains("another scenario"));
}

}  // namespace
}  // namespace cdnsim::sweep
