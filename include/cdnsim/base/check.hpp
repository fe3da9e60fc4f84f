// Two kinds of failure kept apart: ours (CDNSIM_ASSERT) and the user's (CDNSIM_REQUIRE_USER).
// Does not know how a failure is shown; programs turn the types into exit statuses.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace cdnsim {

inline constexpr int kExitUserMistake = 2;
inline constexpr int kExitOurMistake = 70;

// A mistake of this program.
class InternalError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

// A mistake of the person who uses it: the message says what is wrong and how to mend it.
class UserError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// One mistake in an input: where it is and what is wrong with it.
struct Problem {
  std::string place;    // "scenarios/x.json:41:18", or the --set that the value came from
  std::string pointer;  // JSON pointer without '#'; empty for the whole document
  std::string message;

  bool operator==(const Problem&) const = default;
};

// "scenarios/x.json:41:18 #/caching/edge/polcy: unknown key"
std::string to_text(const Problem& problem);

// All the mistakes of a scenario at once; what() has one per line.
class ScenarioError : public UserError {
 public:
  explicit ScenarioError(std::vector<Problem> problems);
  const std::vector<Problem>& problems() const { return problems_; }

 private:
  std::vector<Problem> problems_;
};

namespace detail {

[[noreturn]] void fail_assertion(const char* condition, std::string_view why, const char* file,
                                 int line);
[[noreturn]] void fail_user(const std::string& message);

}  // namespace detail

}  // namespace cdnsim

// Stays on in release builds. REQUIRES: `condition` has no side effects.
#define CDNSIM_ASSERT(condition, why)                                          \
  do {                                                                         \
    if (!(condition)) [[unlikely]]                                             \
      ::cdnsim::detail::fail_assertion(#condition, (why), __FILE__, __LINE__); \
  } while (false)

// `message` is built only when the condition does not hold.
#define CDNSIM_REQUIRE_USER(condition, message) \
  do {                                          \
    if (!(condition)) [[unlikely]]              \
      ::cdnsim::detail::fail_user(message);     \
  } while (false)
