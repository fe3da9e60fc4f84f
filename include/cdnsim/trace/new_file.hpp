// A file under another name until it is whole; what is abandoned is removed.
// Does not know what is written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cdnsim {

class NewFile {
 public:
  // `purpose` is part of the other name: it tells files apart that become one path.
  explicit NewFile(std::string path, std::string_view purpose = {});
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  // All throw a UserError that names the path.
  void append(const void* bytes, std::size_t count);
  void overwrite(std::uint64_t offset, std::string_view bytes);
  // Fills `bytes`. REQUIRES: the file is that long.
  void read_back(std::uint64_t offset, std::string& bytes);
  void finish();

  std::uint64_t size() const { return size_; }
  const std::string& path() const { return path_; }

 private:
  [[noreturn]] void fail() const;

  std::string path_, scratch_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
  bool finished_ = false;
};

}  // namespace cdnsim
