// What a scenario says of the disks below a server's memory, and where on them a copy may lie.
// Does not know memory, links, traffic or the engine.
#pragma once

#include <cstdint>
#include <optional>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/policy_text.hpp>

namespace cdnsim {

// Where a copy goes once memory lets it go.
enum class StoreOn : std::uint8_t {
  any,  // the SSD, or else the HDD
  hdd   // the HDD, past the SSD; without an HDD as `any`
};

// All devices of one kind in a server, taken together.
struct DeviceSpec {
  Duration latency{0};
  std::uint32_t parallel = 1;
  BitRate read_rate;
  BitRate write_rate;
  Duration write_backlog = std::chrono::seconds(1);
};

template <class V>
void describe(V& v, DeviceSpec& s) {
  v.optional("latency", s.latency, "from the start of an access to its first byte",
             at_least(Duration{0}), at_most(Duration{10s}));
  v.optional("parallel", s.parallel,
             "accesses it works on at once: an SSD's queue depth, an array's number of disks; each "
             "keeps it busy for its part of the latency and for its bytes",
             at_least(1u), at_most(65536u));
  v.optional("read_rate", s.read_rate, "bytes read, all accesses together", at_least(1_Mbps));
  v.optional("write_rate", s.write_rate, "bytes written, all accesses together", at_least(1_Mbps));
  v.optional("write_backlog", s.write_backlog,
             "what comes down is lost when the device has more work than this before it",
             at_least(Duration{0}), at_most(Duration{1h}));
}

// A data-centre NVMe drive: 80 us at a queue depth of 64 are 800,000 small reads a second.
inline constexpr DeviceSpec kSsd{std::chrono::microseconds(80), 64, 24_Gbps, 16_Gbps};
// One disk of 7,200 turns a minute: 8 ms to get there, and 180 MB/s from then on.
inline constexpr DeviceSpec kHdd{std::chrono::milliseconds(8), 1, 1440_Mbps, 1440_Mbps};

// Sizes are per server; without any a server has memory alone.
struct StorageSpec {
  std::optional<Bytes> ssd;
  std::optional<Bytes> hdd;
  // FIFO writes an SSD from one end to the other and over again, so that it wears by what is
  // written to it and by nothing else; any other order moves blocks about, which is not modelled.
  PolicyText ssd_policy{"fifo", {}};
  AdmissionText ssd_admission{{"always", {}}};
  PolicyText hdd_policy{"lru", {}};
  DeviceSpec ssd_device = kSsd;
  DeviceSpec hdd_device = kHdd;
  std::uint32_t promote = 2;
  std::uint32_t demote = 0;
  std::optional<Duration> ssd_head;

  bool has_disks() const { return ssd || hdd; }

  // Of the part of a video that begins so far into it.
  StoreOn store_on(Duration starts_at) const {
    return ssd_head && starts_at >= *ssd_head ? StoreOn::hdd : StoreOn::any;
  }
};

// For a describe() that has these fields among its own.
template <class V>
void describe_storage(V& v, StorageSpec& s) {
  constexpr Bytes kLeast{1}, kMost{std::int64_t{1} << 56};
  v.optional("ssd", s.ssd, "SSD of one server, below its memory; none when not given",
             at_least(kLeast), at_most(kMost));
  v.optional("hdd", s.hdd, "HDD of one server, below its SSD; none when not given",
             at_least(kLeast), at_most(kMost));
  v.optional("ssd_policy", s.ssd_policy, "eviction policy of the SSD");
  v.optional("ssd_admission", s.ssd_admission,
             "what may be written to the SSD of that which leaves memory: \"nth:n=2\" spares it");
  v.optional("hdd_policy", s.hdd_policy, "eviction policy of the HDD");
  v.object("ssd_device", s.ssd_device, "what the SSD can do");
  v.object("hdd_device", s.hdd_device, "what the HDD can do");
  v.optional("promote", s.promote, "a copy goes up to memory when it is asked for this often below",
             at_least(1u), at_most(100u));
  v.optional("demote", s.demote,
             "what leaves memory goes down if it was asked for this often there; 0: always",
             at_least(0u), at_most(100u));
  v.optional(
      "ssd_head", s.ssd_head,
      "this much of a video's beginning may lie on the SSD, the rest goes to the HDD; all of "
      "it may when not given",
      at_least(Duration{0}), at_most(Duration{24h}));
}

}  // namespace cdnsim
