#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/trace/byte_source.hpp>

namespace cdnsim {
namespace {

class PlainFile final : public ByteSource {
 public:
  explicit PlainFile(std::string path)
      : path_(std::move(path)), descriptor_(::open(path_.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ < 0) fail("open");
    struct stat about{};
    if (::fstat(descriptor_, &about) != 0) fail("read");
    CDNSIM_REQUIRE_USER(!S_ISDIR(about.st_mode), path_ + ": is a folder; name a trace file");
    size_ = about.st_size;
  }
  ~PlainFile() override { ::close(descriptor_); }
  PlainFile(const PlainFile&) = delete;
  PlainFile& operator=(const PlainFile&) = delete;

  std::size_t read(std::span<std::byte> into) override {
    std::size_t filled = 0;
    while (filled < into.size()) {
      const ssize_t got = ::read(descriptor_, into.data() + filled, into.size() - filled);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) fail("read");
      if (got == 0) break;
      filled += static_cast<std::size_t>(got);
    }
    read_ += static_cast<std::int64_t>(filled);
    return filled;
  }
  double share_read() const override {
    return size_ <= 0 ? 0.0
                      : std::min(static_cast<double>(read_) / static_cast<double>(size_), 1.0);
  }

 private:
  [[noreturn]] void fail(const char* deed) const {
    throw UserError("cannot " + std::string(deed) + " " + path_ + ": " + std::strerror(errno));
  }

  std::string path_;
  int descriptor_;
  std::int64_t size_ = 0;
  std::int64_t read_ = 0;
};

// What the decompressors have in common: a buffer of compressed bytes.
class Compressed : public ByteSource {
 public:
  Compressed(std::string path, std::unique_ptr<ByteSource> source, bool skip_bad)
      : path_(std::move(path)), source_(std::move(source)), skip_bad_(skip_bad), buffer_(kBuffer) {}
  double share_read() const override { return source_->share_read(); }
  std::uint64_t bad() const override { return is_bad_; }

 protected:
  std::span<std::byte> refill() {
    const auto filled = std::span(buffer_).first(source_->read(buffer_));
    taken_ += filled.size();
    return filled;
  }
  // `unread` bytes of the buffer were not used yet. Returns only if what is bad is skipped.
  void fail(const char* why, std::size_t unread) {
    if (!skip_bad_) throw UserError(fmt::format("{}: byte {}: {}", path_, taken_ - unread, why));
    is_bad_ = true;
  }
  bool is_bad() const { return is_bad_; }

 private:
  static constexpr std::size_t kBuffer = std::size_t{1} << 16;

  std::string path_;
  std::unique_ptr<ByteSource> source_;
  bool skip_bad_;
  bool is_bad_ = false;
  std::uint64_t taken_ = 0;
  std::vector<std::byte> buffer_;
};

class GzipSource final : public Compressed {
 public:
  GzipSource(std::string path, std::unique_ptr<ByteSource> source, bool skip_bad)
      : Compressed(std::move(path), std::move(source), skip_bad) {
    constexpr int kGzip = 16;
    CDNSIM_ASSERT(inflateInit2(&stream_, MAX_WBITS + kGzip) == Z_OK, "zlib does not start");
  }
  ~GzipSource() override { inflateEnd(&stream_); }

  std::size_t read(std::span<std::byte> into) override {
    stream_.next_out = reinterpret_cast<Bytef*>(into.data());
    stream_.avail_out = static_cast<uInt>(into.size());
    while (stream_.avail_out > 0 && !is_bad()) {
      if (stream_.avail_in == 0) {
        const std::span<std::byte> more = refill();
        stream_.next_in = reinterpret_cast<Bytef*>(more.data());
        stream_.avail_in = static_cast<uInt>(more.size());
        if (more.empty()) {
          if (in_member_) fail("the gzip data end too early", 0);
          break;
        }
      }
      in_member_ = true;
      const int status = inflate(&stream_, Z_NO_FLUSH);
      if (status == Z_STREAM_END) {  // several members may follow each other
        in_member_ = false;
        inflateReset(&stream_);
      } else if (status != Z_OK && status != Z_BUF_ERROR) {
        fail("the gzip data are damaged", stream_.avail_in);
      }
    }
    return into.size() - stream_.avail_out;
  }

 private:
  z_stream stream_{};
  bool in_member_ = false;
};

class ZstdSource final : public Compressed {
 public:
  ZstdSource(std::string path, std::unique_ptr<ByteSource> source, bool skip_bad)
      : Compressed(std::move(path), std::move(source), skip_bad), context_(ZSTD_createDCtx()) {
    CDNSIM_ASSERT(context_, "zstd does not start");
  }

  std::size_t read(std::span<std::byte> into) override {
    ZSTD_outBuffer out{into.data(), into.size(), 0};
    while (out.pos < out.size && !is_bad()) {
      if (in_.pos == in_.size) {
        const std::span<std::byte> more = refill();
        if (more.empty()) {
          if (in_frame_) fail("the zstd data end too early", 0);
          break;
        }
        in_ = {more.data(), more.size(), 0};
      }
      const std::size_t left = ZSTD_decompressStream(context_.get(), &out, &in_);
      if (ZSTD_isError(left) != 0) fail("the zstd data are damaged", in_.size - in_.pos);
      in_frame_ = left != 0;
    }
    return out.pos;
  }

 private:
  struct Free {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  };
  std::unique_ptr<ZSTD_DCtx, Free> context_;
  ZSTD_inBuffer in_{nullptr, 0, 0};
  bool in_frame_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> open_bytes(const std::string& path, bool skip_bad) {
  constexpr std::array kGzip{std::byte{0x1f}, std::byte{0x8b}};
  constexpr std::array kZstd{std::byte{0x28}, std::byte{0xb5}, std::byte{0x2f}, std::byte{0xfd}};
  std::array<std::byte, 4> first{};
  const std::size_t there = PlainFile(path).read(first);
  const auto begins_with = [&](const auto& magic) {
    return there >= magic.size() && std::equal(magic.begin(), magic.end(), first.begin());
  };
  auto file = std::make_unique<PlainFile>(path);
  if (begins_with(kGzip)) return std::make_unique<GzipSource>(path, std::move(file), skip_bad);
  if (begins_with(kZstd)) return std::make_unique<ZstdSource>(path, std::move(file), skip_bad);
  return file;
}

}  // namespace cdnsim
