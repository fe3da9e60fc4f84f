// Files written to the last byte or not at all: every failure is told, with the reason.
// Does not know what is written, nor when it becomes visible to others (output_directory.hpp).
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace cdnsim::tools {

// Throws a UserError: "cannot write out/result.json: No space left on device".
[[noreturn]] void fail_output(const std::filesystem::path& path, int error_number);

// To standard output, at once. Throws a UserError when not all of it could be written.
void print(std::string_view text);

class OutputFile {
 public:
  // `shown_as` is the name that messages use. REQUIRES: nothing is at `path` yet.
  OutputFile(const std::filesystem::path& path, std::filesystem::path shown_as);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view text);
  // REQUIRES: nothing is written afterwards. Without this call the file counts as abandoned.
  void close();

 private:
  std::filesystem::path shown_as_;
  int descriptor_;
};

// A gzip file whose bytes depend on nothing but the text: no time stamp, no name.
class GzipFile {
 public:
  GzipFile(const std::filesystem::path& path, std::filesystem::path shown_as);
  ~GzipFile();
  GzipFile(const GzipFile&) = delete;
  GzipFile& operator=(const GzipFile&) = delete;

  void write(std::string_view text);
  void close();

 private:
  struct Deflater;
  void deflate_all(std::string_view text, int flush);

  OutputFile file_;
  std::unique_ptr<Deflater> deflater_;
};

}  // namespace cdnsim::tools
