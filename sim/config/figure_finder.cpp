#include <algorithm>

#include <fmt/format.h>

#include <cdnsim/base/text.hpp>
#include <cdnsim/config/figure_finder.hpp>
#include <cdnsim/config/pointer.hpp>
#include <cdnsim/config/suggest.hpp>

namespace cdnsim::config {

FigureFinder::FigureFinder(const std::string& pointer, const KnownMembers& known)
    : steps_(steps_of(pointer)), known_(known) {}

// What the steps so far lead to.
std::string FigureFinder::here() const {
  std::string pointer;
  for (std::size_t i = 0; i < at_; ++i) pointer += "/" + escaped(steps_[i]);
  return pointer;
}

void FigureFinder::stop(const std::string& why) {
  problem_ = fmt::format("{} of the result {}", at_ == 0 ? "the whole" : here(), why);
}

void FigureFinder::stop_unknown(const std::vector<std::string>& names) {
  stop(fmt::format("has no {}{}", cdnsim::quoted(steps_[at_]), hint(steps_[at_], names)));
}

bool FigureFinder::enter_member(bool is_list) {
  if (at_ == steps_.size()) {
    stop("holds many figures; name one of them");
    return false;
  }
  const auto names = known_.names.find(here());
  const auto size = known_.sizes.find(here());
  if (is_list && size != known_.sizes.end() &&
      index_of(steps_[at_], size->second) == size->second) {
    stop(fmt::format("is a list of {}; {} is not an index of it", size->second,
                     cdnsim::quoted(steps_[at_])));
    return false;
  }
  if (!is_list && names != known_.names.end() && !names->second.empty() &&
      std::ranges::find(names->second, steps_[at_]) == names->second.end()) {
    stop_unknown(names->second);
    return false;
  }
  ++at_;
  return true;
}

void FigureFinder::stop_at_leaf(bool is_number) {
  if (!is_number) {
    stop("is not a figure");
  } else if (at_ < steps_.size()) {
    stop("is a figure, which has no members");
  }
}

}  // namespace cdnsim::config
