#include <array>
#include <cerrno>
#include <fcntl.h>
#include <iostream>
#include <limits>
#include <new>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>
#include <zlib.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/tools/output_file.hpp>

namespace cdnsim::tools {

void fail_output(const std::filesystem::path& path, int error_number) {
  throw UserError(fmt::format("cannot write {}: {}", path.string(),
                              std::generic_category().message(error_number)));
}

void print(std::string_view text) {
  errno = 0;
  std::cout << text << std::flush;
  if (!std::cout.good()) fail_output("standard output", errno != 0 ? errno : EIO);
}

OutputFile::OutputFile(const std::filesystem::path& path, std::filesystem::path shown_as)
    : shown_as_(std::move(shown_as)),
      descriptor_(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)) {
  if (descriptor_ < 0) fail_output(shown_as_, errno);
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void OutputFile::write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor_, text.data(), text.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      fail_output(shown_as_, errno);
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

void OutputFile::close() {
  // A rename may reach the disk before the bytes do, unless they are sent there first.
  if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != EROFS) {
    fail_output(shown_as_, errno);
  }
  const int descriptor = std::exchange(descriptor_, -1);
  if (::close(descriptor) != 0) fail_output(shown_as_, errno);
}

struct GzipFile::Deflater {
  z_stream stream{};
  std::array<char, 64 * 1024> buffer{};

  Deflater() {
    constexpr int kGzipFormat = 15 + 16;
    constexpr int kMemoryLevel = 8;
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipFormat, kMemoryLevel,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::bad_alloc();
    }
  }
  ~Deflater() { deflateEnd(&stream); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;
};

GzipFile::GzipFile(const std::filesystem::path& path, std::filesystem::path shown_as)
    : file_(path, std::move(shown_as)), deflater_(std::make_unique<Deflater>()) {}

GzipFile::~GzipFile() = default;

void GzipFile::write(std::string_view text) { deflate_all(text, Z_NO_FLUSH); }

void GzipFile::close() {
  deflate_all({}, Z_FINISH);
  file_.close();
}

void GzipFile::deflate_all(std::string_view text, int flush) {
  CDNSIM_ASSERT(text.size() <= std::numeric_limits<uInt>::max(), "zlib takes at most 4 GB at once");
  z_stream& stream = deflater_->stream;
  // zlib does not write through this pointer.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // NOLINT
  stream.avail_in = static_cast<uInt>(text.size());
  std::array<char, 64 * 1024>& buffer = deflater_->buffer;
  do {
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());  // NOLINT
    stream.avail_out = static_cast<uInt>(buffer.size());
    CDNSIM_ASSERT(deflate(&stream, flush) != Z_STREAM_ERROR, "the stream is in order");
    file_.write({buffer.data(), buffer.size() - stream.avail_out});
  } while (stream.avail_out == 0);
}

}  // namespace cdnsim::tools
