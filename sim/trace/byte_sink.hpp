// Where the bytes of a new file go, compressed if its name ends in .gz or .zst.
// Does not know what they mean.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <cdnsim/trace/new_file.hpp>

namespace cdnsim {

class ByteSink {
 public:
  virtual ~ByteSink() = default;
  virtual void append(std::string_view bytes) = 0;
  // Completes the file and gives it its name. REQUIRES: nothing is appended afterwards.
  virtual void finish() = 0;
};

bool is_packed_by_name(std::string_view path);

// Throws a UserError, as its functions do.
std::unique_ptr<ByteSink> create_bytes(const std::string& path);

// A file that was written out of order gets its name: at once, or by way of a compressed copy.
void publish(NewFile& file);

}  // namespace cdnsim
