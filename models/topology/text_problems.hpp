// The mistakes of one text file, told together with their lines.
// Does not know what the file should hold.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cdnsim {

class TextProblems {
 public:
  TextProblems(std::string_view text, std::string name) : text_(text), name_(std::move(name)) {}

  // `offset` is that of a byte of the text.
  void add(std::size_t offset, const std::string& message);
  bool enough() const { return lines_.size() >= kMost; }
  // Throws a UserError with all of them, if there are any.
  void throw_if_any() const;

 private:
  static constexpr std::size_t kMost = 20;

  std::string_view text_;
  std::string name_;
  std::vector<std::string> lines_;
};

}  // namespace cdnsim
