// The bytes of a file in order, decompressed if need be.
// Does not know what they mean.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace cdnsim {

class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // Fills as much of `into` as there is; less only at the end. Throws a UserError that names the
  // file when it cannot be read or decompressed.
  virtual std::size_t read(std::span<std::byte> into) = 0;

  // 1 when the rest was left out as it could not be decompressed.
  virtual std::uint64_t bad() const { return 0; }

  // How much of the file was read, for progress: 0 to 1.
  virtual double share_read() const = 0;
};

// A plain file, or a gzip or zstd one, told by its first bytes. Throws a UserError. With `skip_bad`
// compressed data end where they are damaged.
std::unique_ptr<ByteSource> open_bytes(const std::string& path, bool skip_bad = false);

}  // namespace cdnsim
