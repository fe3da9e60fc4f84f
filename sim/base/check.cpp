#include <utility>

#include <cdnsim/base/check.hpp>

namespace cdnsim {
namespace {

std::string lines_of(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    if (!text.empty()) text += '\n';
    text += to_text(problem);
  }
  return text;
}

}  // namespace

std::string to_text(const Problem& problem) {
  std::string text = problem.place;
  if (!problem.pointer.empty()) text += (text.empty() ? "#" : " #") + problem.pointer;
  return text.empty() ? problem.message : text + ": " + problem.message;
}

ScenarioError::ScenarioError(std::vector<Problem> problems)
    : UserError(lines_of(problems)), problems_(std::move(problems)) {}

namespace detail {

void fail_assertion(const char* condition, std::string_view why, const char* file, int line) {
  std::string_view name(file);  // without folders, which are those of the machine that built it
  name.remove_prefix(name.find_last_of('/') + 1);
  throw InternalError(std::string(name) + ":" + std::to_string(line) + ": " + std::string(why) +
                      " (" + condition + ")");
}

void fail_user(const std::string& message) { throw UserError(message); }

}  // namespace detail

}  // namespace cdnsim
