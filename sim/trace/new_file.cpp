#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/trace/new_file.hpp>

namespace cdnsim {

namespace {

// Where a file of that name is or will be: a link is followed, and what is there must be a file,
// for it will be replaced.
std::string place_of(const std::string& path) {
  std::error_code ignored;
  const std::filesystem::path target = std::filesystem::canonical(path, ignored);
  const std::string place = ignored ? path : target.string();
  struct stat about{};
  const bool replaces = ::stat(place.c_str(), &about) == 0;
  CDNSIM_REQUIRE_USER(!replaces || S_ISREG(about.st_mode),
                      "cannot write " + path + ": it is there and no file; name a file");
  return place;
}

}  // namespace

NewFile::NewFile(std::string path, std::string_view purpose)
    : path_(place_of(path)),
      scratch_(fmt::format("{}.unfinished{}.{}", path_, purpose, ::getpid())) {
  descriptor_ = ::open(scratch_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor_ < 0) fail();
}

NewFile::~NewFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!finished_) ::unlink(scratch_.c_str());
}

void NewFile::append(const void* bytes, std::size_t count) {
  const char* from = static_cast<const char*>(bytes);
  size_ += count;
  while (count > 0) {
    const ssize_t written = ::write(descriptor_, from, count);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail();
    from += written;
    count -= static_cast<std::size_t>(written);
  }
}

void NewFile::overwrite(std::uint64_t offset, std::string_view bytes) {
  if (::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset)) !=
      static_cast<ssize_t>(bytes.size())) {
    fail();
  }
}

void NewFile::read_back(std::uint64_t offset, std::string& bytes) {
  if (::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset)) !=
      static_cast<ssize_t>(bytes.size())) {
    fail();
  }
}

void NewFile::finish() {
  if (::close(std::exchange(descriptor_, -1)) != 0) fail();
  if (std::rename(scratch_.c_str(), path_.c_str()) != 0) fail();
  finished_ = true;
}

void NewFile::fail() const {
  const std::string reason = std::strerror(errno);
  if (!finished_) ::unlink(scratch_.c_str());
  throw UserError("cannot write " + path_ + ": " + reason);
}

}  // namespace cdnsim
