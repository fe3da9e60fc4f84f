// Collects what is wrong with a document, so that all of it is told at once.
// Does not know what the document means.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/config/document.hpp>

namespace cdnsim::config {

class Problems {
 public:
  // Nobody reads more than this; the rest is only counted.
  static constexpr std::size_t kReportedMax = 1000;

  // REQUIRES: the document outlives this.
  explicit Problems(const Document& document) : document_(document) {}

  void add(Place place, std::string_view pointer, std::string message);
  // At the place where the value was written or, if it was not, what surrounds it.
  void add(std::string_view pointer, std::string message);

  bool empty() const { return count_ == 0; }
  // More are only counted: their messages need not be thought out.
  bool full() const { return entries_.size() == kReportedMax; }
  std::size_t count() const { return count_; }

  // Whether something in there, or around it, is known to be wrong: what follows from it is no
  // news.
  bool touches(std::string_view pointer) const;

  // Whether the scenario says something there, be it right or wrong.
  bool is_given(std::string_view pointer) const;

  // Whether something is known to be wrong with the value there itself.
  bool told_at(std::string_view pointer) const { return pointers_.contains(pointer); }

  // By source, line and column; the same problem only once.
  std::vector<Problem> sorted() const;
  // Throws a ScenarioError unless there is nothing to say.
  void raise() const;

 private:
  struct Entry {
    Place place;
    std::string pointer;
    std::string message;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };

  const Document& document_;
  std::vector<Entry> entries_;
  std::set<std::string, std::less<>> pointers_;
  std::size_t count_ = 0;
};

}  // namespace cdnsim::config
