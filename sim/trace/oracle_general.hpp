// oracleGeneral, libCacheSim's own format: 24 bytes a request, with the next request of its object.
// Does not know how the bytes are compressed.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <cdnsim/trace/byte_source.hpp>
#include <cdnsim/trace/trace_reader.hpp>

namespace cdnsim {

class OracleGeneralReader final : public TraceReader {
 public:
  static constexpr std::string_view kName = "oracleGeneral";

  OracleGeneralReader(std::string path, std::unique_ptr<ByteSource> source);

  std::size_t read(std::span<TraceRequest> block) override;
  double share_read() const override { return source_->share_read(); }
  TraceOmissions omissions() const override { return omissions_; }

 private:
  static constexpr std::size_t kRecord = 24;

  bool refill();
  TraceRequest request_at(const std::byte* record);

  std::string path_;
  std::unique_ptr<ByteSource> source_;
  std::vector<std::byte> buffer_;
  std::size_t begin_ = 0, end_ = 0;  // what is left of the buffer
  std::uint64_t records_ = 0;
  std::uint32_t latest_ = 0;
  TraceOmissions omissions_;
};

}  // namespace cdnsim
