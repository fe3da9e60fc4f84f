// A trace out of memory, for tests.
// Does not know files.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include <cdnsim/trace/trace_reader.hpp>

namespace cdnsim::test {

class ListedTrace final : public TraceReader {
 public:
  explicit ListedTrace(std::vector<TraceRequest> requests) : requests_(std::move(requests)) {}

  std::size_t read(std::span<TraceRequest> block) override {
    const std::size_t count = std::min(block.size(), requests_.size() - read_);
    std::copy_n(requests_.begin() + static_cast<std::ptrdiff_t>(read_), count, block.begin());
    read_ += count;
    return count;
  }
  double share_read() const override { return 1.0; }
  TraceOmissions omissions() const override { return {}; }

 private:
  std::vector<TraceRequest> requests_;
  std::size_t read_ = 0;
};

}  // namespace cdnsim::test
