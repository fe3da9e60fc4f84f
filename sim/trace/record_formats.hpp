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

template <class T>
void put_field(std::byte* record, std::size_t offset, T value) {
  std::memcpy(record + offset, &value, sizeof value);
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

// The whole seconds of a request, and the largest number of them that 32 bits hold.
inline std::int64_t second_of(const TraceRequest& request) {
  return request.at.time_since_epoch() / std::chrono::seconds(1);
}
inline constexpr std::int64_t kMost32 = std::numeric_limits<std::uint32_t>::max();

// What a format can hold.
struct RecordLimits {
  std::int64_t bytes_most, second_most;
  std::uint64_t id_most = std::numeric_limits<std::uint64_t>::max();
};

// libCacheSim's own.
struct OracleGeneral {
  static constexpr std::string_view kName = "oracleGeneral";
  static constexpr std::string_view kFullName = kName;
  static constexpr std::size_t kRecord = 24;
  static constexpr std::size_t kHeader = 0;
  static TraceRequest decode(const std::byte* r) {
    return {field<std::uint64_t>(r, 4), field<std::uint32_t>(r, 12),
            SimTime{std::chrono::seconds(field<std::uint32_t>(r, 0))},
            next_in_file(field<std::int64_t>(r, kNext))};
  }
  static constexpr std::uint64_t kVersion = 0;
  static constexpr std::size_t kNext = 16;
  static constexpr RecordLimits kLimits{kMost32, kMost32};
  static void encode(const TraceRequest& request, std::uint64_t, std::byte* r) {
    put_field(r, 0, static_cast<std::uint32_t>(second_of(request)));
    put_field(r, 4, request.id);
    put_field(r, 12, static_cast<std::uint32_t>(request.bytes));
    put_field(r, kNext, request.next);
  }
};

// CloudPhysics' block traces: an object is the sector at which a request begins.
inline constexpr std::uint16_t kScsiRead10 = 40;
inline constexpr RecordLimits kVscsiLimits{kMost32, 9'000'000'000, (std::uint64_t{1} << 55) - 1};
inline std::uint64_t microseconds_of(const TraceRequest& request) {
  return static_cast<std::uint64_t>(request.at.time_since_epoch() / std::chrono::microseconds(1));
}

struct Vscsi1 {
  static constexpr std::string_view kName = "vscsi";
  static constexpr std::size_t kRecord = 32;
  static constexpr std::size_t kHeader = 0;
  static TraceRequest decode(const std::byte* r) {
    return {field<std::uint64_t>(r, 16), field<std::uint32_t>(r, 4),
            time_of_microseconds(field<std::uint64_t>(r, 24))};
  }
  static constexpr std::string_view kFullName = "vscsi1";
  static constexpr RecordLimits kLimits = kVscsiLimits;
  static void encode(const TraceRequest& request, std::uint64_t number, std::byte* r) {
    put_field(r, 0, static_cast<std::uint32_t>(number));
    put_field(r, 4, static_cast<std::uint32_t>(request.bytes));
    put_field(r, 8, std::uint32_t{1});
    put_field(r, 12, kScsiRead10);
    put_field(r, 14, std::uint16_t{0x0100});
    put_field(r, 16, request.id);
    put_field(r, 24, microseconds_of(request));
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
  static constexpr std::string_view kFullName = "vscsi2";
  static constexpr RecordLimits kLimits = kVscsiLimits;
  static void encode(const TraceRequest& request, std::uint64_t number, std::byte* r) {
    put_field(r, 0, kScsiRead10);
    put_field(r, 2, std::uint16_t{0x0200});
    put_field(r, 4, static_cast<std::uint32_t>(number));
    put_field(r, 8, static_cast<std::uint32_t>(request.bytes));
    put_field(r, 12, std::uint32_t{1});
    put_field(r, 16, request.id);
    put_field(r, 24, microseconds_of(request));
    put_field(r, 32, std::uint64_t{0});
  }
};

// libCacheSim's with a header, which names the version.
struct Lcs1 : OracleGeneral {
  static constexpr std::string_view kName = "lcs";
  static constexpr std::string_view kFullName = "lcs1";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr std::size_t kHeader = 8192;
};
struct Lcs2 {
  static constexpr std::string_view kName = "lcs";
  static constexpr std::size_t kRecord = 28;
  static constexpr std::size_t kHeader = 8192;
  static TraceRequest decode(const std::byte* r) {
    return {field<std::uint64_t>(r, 4), field<std::uint32_t>(r, 12),
            SimTime{std::chrono::seconds(field<std::uint32_t>(r, 0))},
            next_in_file(field<std::int64_t>(r, kNext))};
  }
  static constexpr std::string_view kFullName = "lcs2";
  static constexpr std::uint64_t kVersion = 2;
  static constexpr std::size_t kNext = 20;
  static constexpr RecordLimits kLimits{kMost32, kMost32};
  static void encode(const TraceRequest& request, std::uint64_t number, std::byte* r) {
    OracleGeneral::encode(request, number, r);
    put_field(r, 16, std::uint32_t{0});  // neither kind of request nor tenant
    put_field(r, kNext, request.next);
  }
};
struct Lcs3 {
  static constexpr std::string_view kName = "lcs";
  static constexpr std::size_t kRecord = 36;
  static constexpr std::size_t kHeader = 8192;
  static TraceRequest decode(const std::byte* r) {
    return {field<std::uint64_t>(r, 4), field<std::int64_t>(r, 12),
            SimTime{std::chrono::seconds(field<std::uint32_t>(r, 0))},
            next_in_file(field<std::int64_t>(r, kNext))};
  }
  static constexpr std::string_view kFullName = "lcs3";
  static constexpr std::uint64_t kVersion = 3;
  static constexpr std::size_t kNext = 28;
  static constexpr RecordLimits kLimits{std::numeric_limits<std::int64_t>::max(), kMost32};
  static void encode(const TraceRequest& request, std::uint64_t, std::byte* r) {
    put_field(r, 0, static_cast<std::uint32_t>(second_of(request)));
    put_field(r, 4, request.id);
    put_field(r, 12, request.bytes);
    put_field(r, 20, std::uint64_t{0});  // neither kind of request nor tenant, nor time to live
    put_field(r, kNext, request.next);
  }
};

}  // namespace cdnsim
