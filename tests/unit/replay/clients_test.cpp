// Who asks, as far as a trace tells: columns of CSV and members of JSON Lines.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/trace/trace_reader.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/scratch_files.hpp>

namespace clients_test {

using namespace cdnsim;

using Clients = std::vector<std::uint64_t>;

Clients clients_in(const std::string& path, const TraceOptions& options = {}) {
  const auto reader = open_trace(path, options);
  std::array<TraceRequest, 16> block;
  std::array<std::uint64_t, 16> clients{};
  const std::size_t got = reader->read_with_clients(block, clients);
  return {clients.begin(), clients.begin() + static_cast<std::ptrdiff_t>(got)};
}

TEST_CASE("a client is its number, or the hash of its text") {
  const test::ScratchFiles files;
  const Clients expected = {0, 42, hash_name("10.0.0.7"), TraceReader::kNobody};
  CHECK(clients_in(files.write(
            "t.csv", "time,id,client_id\n0,1,0\n1,1,42\n2,1,10.0.0.7\n3,1,\n")) == expected);
  CHECK(clients_in(files.write("t.jsonl",
                               "{\"id\":1,\"user\":0}\n{\"id\":1,\"user\":\"42\"}\n"
                               "{\"id\":1,\"user\":\"10.0.0.7\"}\n{\"id\":1}\n")) == expected);
  CHECK(trace_client("42") == 42);
  CHECK(trace_client("10.0.0.7") == hash_name("10.0.0.7"));
}

TEST_CASE("the client's column can be named, and need not be there") {
  const test::ScratchFiles files;
  const std::string path = files.write("t.csv", "id,who\n1,7\n2,8\n");
  CHECK(clients_in(path, {"", {{"client", "who"}}}) == Clients{7, 8});
  CHECK(clients_in(path) == Clients{TraceReader::kNobody, TraceReader::kNobody});
  CHECK_THROWS_WITH(clients_in(path, {"", {{"client", "whom"}}}),
                    Catch::Matchers::Contains("no column \"whom\""));
}

TEST_CASE("a line that is left out leaves its client out") {
  const test::ScratchFiles files;
  const std::string path = files.write("t.csv", "id,size,client\n1,5,1\n2,0,2\n3,5,3\n");
  CHECK(clients_in(path) == Clients{1, 3});
}

TEST_CASE("a format without clients tells nobody") {
  const test::ScratchFiles files;
  CHECK(clients_in(files.write("t.tr", "0 1 5\n1 2 5\n")) ==
        Clients{TraceReader::kNobody, TraceReader::kNobody});
}

}  // namespace clients_test
