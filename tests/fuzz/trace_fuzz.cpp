// Any bytes as a trace: they give requests or a message, and never more than that. The first byte
// chooses the format, and whether what is bad is skipped.
#include <cstddef>
#include <cstdint>
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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cdnsim;
  if (size == 0) return 0;
  const std::vector<std::string_view> formats = trace_format_names();
  TraceOptions options;
  options.format = formats[data[0] % formats.size()];
  options.skip_bad = data[0] >= 128;
  const MemoryFile file(data + 1, size - 1);
  try {
    read_all(file.path(), options);
  } catch (const UserError& error) {
    CDNSIM_ASSERT(!std::string_view(error.what()).empty(), "a problem must say something");
  }
  return 0;
}
