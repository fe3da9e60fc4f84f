// Sums of a run before, during and after something that lasts, and what each port carried then.
// Does not know what lasted.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include <cdnsim/assembly/event_watch.hpp>
#include <cdnsim/assembly/port_loads.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim::assembly {

class SpanWatch {
 public:
  struct Lasting {
    SimTime from{};
    SimTime until{};
  };
  struct Span {
    SecondCounts counts{.seconds = 0};
    std::vector<std::int64_t> carried, carried_in_all;  // by port, where a bill asks for them
  };

  // What lasts may come in any order and overlap; of no length it is left out.
  SpanWatch(std::vector<Lasting> lasting, std::size_t ports);

  bool has_any() const { return !lasting_.empty(); }
  // REQUIRES: each second after the warm-up once, in order.
  void close_second(std::int64_t second, const SecondCounts& counts, const PortLoads& loads);

  const Span& before() const { return spans_[0]; }
  const Span& during() const { return spans_[1]; }
  const Span& after() const { return spans_[2]; }

 private:
  std::size_t span_of(std::int64_t second);

  std::vector<Lasting> lasting_;  // in the order of time, one after the other
  std::size_t next_ = 0;          // the first that is not over
  std::array<Span, 3> spans_;
};

}  // namespace cdnsim::assembly
