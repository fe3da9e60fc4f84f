// Any bytes as a trace: they give requests or a message, and never more than that. The first byte
// chooses the format, and whether what is bad is skipped.
//
// CDNSIM_FUZZ_FORMAT fuzzes one reader alone: the name of a format, or gzip or zstd for those two
// around any format. The bytes by which a file is known are then put in front of half of the
// inputs.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/trace/trace_reader.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

// A file in memory.
class MemoryFile {
 public:
  MemoryFile(const std::uint8_t* data, std::size_t size) : descriptor_(memfd_create("trace", 0)) {
    CDNSIM_ASSERT(descriptor_ >= 0, "there is no memory for a file");
    CDNSIM_ASSERT(write(descriptor_, data, size) == static_cast<ssize_t>(size), "a short write");
  }
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

void read_all(const std::string& path, const cdnsim::TraceOptions& options) {
  using namespace cdnsim;
  const auto reader = open_trace(path, options);
  std::vector<TraceRequest> block(100);
  SimTime latest = SimTime::min();
  while (const std::size_t count = reader->read(block)) {
    for (std::size_t i = 0; i < count; ++i) {
      CDNSIM_ASSERT(block[i].bytes > 0, "a request for no bytes");
      CDNSIM_ASSERT(block[i].at >= latest, "time went back");
      latest = block[i].at;
    }
  }
}

// A header that every reader of lcs takes, so that short inputs come past it.
std::string lcs_header(std::uint8_t version) {
  constexpr std::uint64_t kMagic = 0x123456789abcdef0ULL;
  std::string header(8192, '\0');
  std::memcpy(header.data(), &kMagic, 8);
  header[8] = static_cast<char>(1 + version % 3);
  std::memcpy(header.data() + 8184, &kMagic, 8);
  return header;
}

struct Input {
  std::string format, bytes;
  bool skip_bad = false;
};

Input input_of(const std::uint8_t* data, std::size_t size) {
  static const char* const alone = std::getenv("CDNSIM_FUZZ_FORMAT");
  const std::vector<std::string_view> formats = cdnsim::trace_format_names();
  Input input{std::string(formats[data[0] % formats.size()]), std::string(data + 1, data + size),
              data[0] >= 128};
  if (alone == nullptr) return input;
  const std::string_view one = alone;
  const bool helped = (data[0] & 64) != 0;
  if (one == "gzip") {
    input.bytes.insert(0, "\x1f\x8b", helped ? 2 : 0);
  } else if (one == "zstd") {
    input.bytes.insert(0, "\x28\xb5\x2f\xfd", helped ? 4 : 0);
  } else {
    input.format = one;
    if (one == "lcs" && helped) input.bytes.insert(0, lcs_header(data[0] & 3));
  }
  return input;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cdnsim;
  if (size == 0) return 0;
  const Input input = input_of(data, size);
  TraceOptions options;
  options.format = input.format;
  options.skip_bad = input.skip_bad;
  const MemoryFile file(reinterpret_cast<const std::uint8_t*>(input.bytes.data()),
                        input.bytes.size());
  try {
    read_all(file.path(), options);
  } catch (const UserError& error) {
    CDNSIM_ASSERT(!std::string_view(error.what()).empty(), "a problem must say something");
  }
  return 0;
}
