// Which points a constraint lets through.
// Does not know how points are made.
#pragma once

#include <string>
#include <vector>

#include <cdnsim/config/problems.hpp>
#include <cdnsim/sweep/law.hpp>
#include <cdnsim/sweep/spec.hpp>

namespace cdnsim::sweep {

class Constraints {
 public:
  // REQUIRES: all outlive this.
  Constraints(const SweepSpec& spec, config::Problems& problems);

  // What cannot be compared is told to the problems, and lets nothing through.
  bool allow(const std::vector<Level>& levels) const;

 private:
  enum class Relation { at_most, at_least, below, above, equals, differs_from };
  struct Side {
    int parameter = -1;  // else a value
    AnyValue value;

    const AnyValue& at(const std::vector<Level>& levels) const;
  };
  struct Constraint {
    std::string pointer;
    Relation relation;
    Side left, right;
  };

  void add(const ConstraintSpec& spec, const std::string& pointer);
  int parameter_named(const std::string& json) const;
  bool allows(const Constraint& constraint, const std::vector<Level>& levels) const;

  std::vector<std::string> parameters_;
  std::vector<Constraint> constraints_;
  config::Problems& problems_;
};

}  // namespace cdnsim::sweep
