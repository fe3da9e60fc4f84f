#include <algorithm>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/topology/text_problems.hpp>

namespace cdnsim {

void TextProblems::add(std::size_t offset, const std::string& message) {
  if (enough()) return;
  const std::string_view before = text_.substr(0, std::min(offset, text_.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.rfind('\n') + 1;  // npos + 1 is 0: the first line
  lines_.push_back(fmt::format("{}:{}:{}: {}", name_, line, before.size() - start + 1, message));
}

void TextProblems::throw_if_any() const {
  if (lines_.empty()) return;
  std::string all;
  for (const std::string& line : lines_) all += (all.empty() ? "" : "\n") + line;
  if (enough()) all += "\nand perhaps more: these were the first";
  throw UserError(all);
}

}  // namespace cdnsim
