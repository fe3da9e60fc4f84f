// Binary formats: how long a record is and what lies where in it. All are little-endian and packed.
// Does not know files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>

#include <cdnsim/trace/trace_request.hpp>

namespace cdnsim {

// As the machine is: little-endian.
template <class T>
T field(const std::byte* record, std::size_t offset) {
  T value;
  std::memcpy(&value, record + offset, sizeof value);
  return value;
}

inline std::int64_t next_in_file(std::int64_t next) {
  return next == std::numeric_limits<std::int64_t>::max() ? TraceRequest::kNever : next;
}

// More than three centuries is a time before all others, which no reader takes.
inline SimTime time_of_microseconds(std::uint64_t us) {
  constexpr std::uint64_t kMost = 9'000'000'000'000'000;
  return us > kMost ? SimTime::min()
                    : SimTime{std::chrono::microseconds(static_cast<std::int64_t>(us))};
}

// libCacheSim's own.
struct OracleGeneral {
  static constexpr std::string_view kName = "oracleGeneral";
  static constexpr std::size_t kRecord = 24;
  static constexpr std::size_t kHeader = 0;
  static TraceRequest decode(const std::byte* r) {
    return {field<std::uint64_t>(r, 4), field<std::uint32_t>(r, 12),
            SimTime{std::chrono::seconds(field<std::uint32_t>(r, 0))},
            next_in_file(field<std::int64_t>(r, 16))};
  }
};

// CloudPhysics' block traces: an object is the sector at which a request begins.
struct Vscsi1 {
  static constexpr std::string_view kName = "vscsi";
  static constexpr std::size_t kRecord = 32;
  static constexpr std::size_t kHeader = 0;
  static TraceRequest decode(const std::byte* r) {
    return {field<std::uint64_t>(r, 16), field<std::uint32_t>(r, 4),
            time_of_microseconds(field<std::uint64_t>(r, 24))};
  }
};
struct Vscsi2 {
  static constexpr std::string_view kName = "vscsi";
  static constexpr std::size_t kRecord = 40;
  static constexpr std::size_t kHeader = 0;
  static TraceRequest decode(const std::byte* r) {
    return {field<std::uint64_t>(r, 16), field<std::uint32_t>(r, 8),
            time_of_microseconds(field<std::uint64_t>(r, 24))};
  }
};

// libCacheSim's with a header, which names the version.
struct Lcs1 : OracleGeneral {
  static constexpr std::string_view kName = "lcs";
  static constexpr std::size_t kHeader = 8192;
};
struct Lcs2 {
  static constexpr std::string_view kName = "lcs";
  static constexpr std::size_t kRecord = 28;
  static constexpr std::size_t kHeader = 8192;
  static TraceRequest decode(const std::byte* r) {
    return {field<std::uint64_t>(r, 4), field<std::uint32_t>(r, 12),
            SimTime{std::chrono::seconds(field<std::uint32_t>(r, 0))},
            next_in_file(field<std::int64_t>(r, 20))};
  }
};
struct Lcs3 {
  static constexpr std::string_view kName = "lcs";
  static constexpr std::size_t kRecord = 36;
  static constexpr std::size_t kHeader = 8192;
  static TraceRequest decode(const std::byte* r) {
    return {field<std::uint64_t>(r, 4), field<std::int64_t>(r, 12),
            SimTime{std::chrono::seconds(field<std::uint32_t>(r, 0))},
            next_in_file(field<std::int64_t>(r, 28))};
  }
};

}  // namespace cdnsim
