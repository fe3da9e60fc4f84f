#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cdnsim/base/check.hpp>
#include <cdnsim/sweep/constraint.hpp>

namespace cdnsim::sweep {

Constraints::Constraints(const SweepSpec& spec, config::Problems& problems) : problems_(problems) {
  for (const auto& [name, parameter] : spec.vary) parameters_.push_back(name);
  for (std::size_t i = 0; i < spec.constraints.size(); ++i) {
    add(spec.constraints[i], "/constraints/" + std::to_string(i));
  }
}

int Constraints::parameter_named(const std::string& json) const {
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    if (nlohmann::json(parameters_[i]).dump() == json) return static_cast<int>(i);
  }
  return -1;
}

void Constraints::add(const ConstraintSpec& spec, const std::string& pointer) {
  const auto add_if = [&](const std::optional<AnyValue>& right, Relation relation,
                          const char* key) {
    if (!right) return;
    const int left = parameter_named(nlohmann::json(spec.left).dump());
    if (left < 0) return;  // told already
    constraints_.push_back(
        {pointer + "/" + key, relation, {left, {}}, {parameter_named(right->json), *right}});
  };
  add_if(spec.at_most, Relation::at_most, "at_most");
  add_if(spec.at_least_value, Relation::at_least, "at_least");
  add_if(spec.below, Relation::below, "below");
  add_if(spec.above, Relation::above, "above");
  add_if(spec.equals, Relation::equals, "equals");
  add_if(spec.differs_from, Relation::differs_from, "differs_from");
}

const AnyValue& Constraints::Side::at(const std::vector<Level>& levels) const {
  return parameter < 0 ? value : levels[static_cast<std::size_t>(parameter)].value;
}

bool Constraints::allow(const std::vector<Level>& levels) const {
  for (const Constraint& constraint : constraints_) {
    if (!allows(constraint, levels)) return false;
  }
  return true;
}

bool Constraints::allows(const Constraint& constraint, const std::vector<Level>& levels) const {
  const AnyValue& left = constraint.left.at(levels);
  const AnyValue& right = constraint.right.at(levels);
  const std::optional<Amount> a = amount_of(left), b = amount_of(right);
  const bool is_order =
      constraint.relation != Relation::equals && constraint.relation != Relation::differs_from;
  if (!a || !b || a->unit != b->unit) {
    if (!is_order) return (left == right) == (constraint.relation == Relation::equals);
    if (!problems_.told_at(constraint.pointer)) {
      problems_.add(constraint.pointer, fmt::format("{} and {} cannot be compared; a name of a "
                                                    "parameter or a value of the same kind can",
                                                    left.json, right.json));
    }
    return false;
  }
  switch (constraint.relation) {
    case Relation::at_most: return a->value <= b->value;
    case Relation::at_least: return a->value >= b->value;
    case Relation::below: return a->value < b->value;
    case Relation::above: return a->value > b->value;
    case Relation::equals: return a->value == b->value;
    case Relation::differs_from: return a->value != b->value;
  }
  CDNSIM_ASSERT(false, "every relation is one of these");
  return false;
}

}  // namespace cdnsim::sweep
