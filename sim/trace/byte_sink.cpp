#include "byte_sink.hpp"

#include <algorithm>
#include <vector>

#include <zlib.h>
#include <zstd.h>

#include <cdnsim/base/check.hpp>

namespace cdnsim {
namespace {

constexpr std::size_t kBuffer = std::size_t{1} << 16;

bool is_gzip(std::string_view path) { return path.ends_with(".gz"); }
bool is_zstd(std::string_view path) { return path.ends_with(".zst") || path.ends_with(".zstd"); }

class PlainSink final : public ByteSink {
 public:
  explicit PlainSink(const std::string& path) : file_(path) {}
  void append(std::string_view bytes) override { file_.append(bytes.data(), bytes.size()); }
  void finish() override { file_.finish(); }

 private:
  NewFile file_;
};

// The same bytes for the same content: no time stamp, no name.
class GzipSink final : public ByteSink {
 public:
  explicit GzipSink(const std::string& path) : file_(path), out_(kBuffer) {
    constexpr int kLevel = 6, kGzip = 16, kMemory = 8;
    CDNSIM_ASSERT(deflateInit2(&stream_, kLevel, Z_DEFLATED, MAX_WBITS + kGzip, kMemory,
                               Z_DEFAULT_STRATEGY) == Z_OK,
                  "zlib does not start");
  }
  ~GzipSink() override { deflateEnd(&stream_); }

  void append(std::string_view bytes) override {
    for (; bytes.size() > kMost; bytes.remove_prefix(kMost)) {
      deflate_all(bytes.substr(0, kMost), Z_NO_FLUSH);
    }
    deflate_all(bytes, Z_NO_FLUSH);
  }
  void finish() override {
    deflate_all({}, Z_FINISH);
    file_.finish();
  }

 private:
  static constexpr std::size_t kMost = std::size_t{1} << 30;  // zlib counts in 32 bits

  void deflate_all(std::string_view bytes, int flush) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    do {
      stream_.next_out = out_.data();
      stream_.avail_out = static_cast<uInt>(out_.size());
      deflate(&stream_, flush);
      file_.append(out_.data(), out_.size() - stream_.avail_out);
    } while (stream_.avail_out == 0);
  }

  NewFile file_;
  std::vector<Bytef> out_;
  z_stream stream_{};
};

class ZstdSink final : public ByteSink {
 public:
  explicit ZstdSink(const std::string& path)
      : file_(path), out_(kBuffer), context_(ZSTD_createCCtx()) {
    CDNSIM_ASSERT(context_, "zstd does not start");
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, 3);
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
  }

  void append(std::string_view bytes) override { compress(bytes, ZSTD_e_continue); }
  void finish() override {
    compress({}, ZSTD_e_end);
    file_.finish();
  }

 private:
  struct Free {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  };

  void compress(std::string_view bytes, ZSTD_EndDirective how) {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    for (bool done = false; !done;) {
      ZSTD_outBuffer out{out_.data(), out_.size(), 0};
      const std::size_t left = ZSTD_compressStream2(context_.get(), &out, &in, how);
      CDNSIM_ASSERT(ZSTD_isError(left) == 0, "zstd does not compress");
      file_.append(out_.data(), out.pos);
      done = how == ZSTD_e_end ? left == 0 : in.pos == in.size;
    }
  }

  NewFile file_;
  std::vector<char> out_;
  std::unique_ptr<ZSTD_CCtx, Free> context_;
};

}  // namespace

bool is_packed_by_name(std::string_view path) { return is_gzip(path) || is_zstd(path); }

std::unique_ptr<ByteSink> create_bytes(const std::string& path) {
  if (is_gzip(path)) return std::make_unique<GzipSink>(path);
  if (is_zstd(path)) return std::make_unique<ZstdSink>(path);
  return std::make_unique<PlainSink>(path);
}

void publish(NewFile& file) {
  if (!is_packed_by_name(file.path())) return file.finish();
  constexpr std::uint64_t kAtOnce = std::uint64_t{1} << 20;
  const auto sink = create_bytes(file.path());
  std::string bytes;
  for (std::uint64_t at = 0; at < file.size(); at += bytes.size()) {
    bytes.resize(std::min(kAtOnce, file.size() - at));
    file.read_back(at, bytes);
    sink->append(bytes);
  }
  sink->finish();
}

}  // namespace cdnsim
