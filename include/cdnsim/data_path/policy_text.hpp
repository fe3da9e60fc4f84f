// How a policy and its parameters are written: "lru", "s3fifo:small=0.1,ghost=0.9",
// "size:most=1MiB". Does not know which policies there are (models/cache_policy/list.hpp).
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/base/text.hpp>

namespace cdnsim {

// A parameter that a policy takes.
struct PolicyParameter {
  std::string_view name;
  double otherwise = 0;  // when not given
  double least = 0;
  double most = 0;
  bool whole = false;  // integers only
};

// A policy's name and the parameters that were given, not yet held against any policy.
struct PolicyText {
  std::string name;
  std::map<std::string, double> parameters;
  bool operator==(const PolicyText&) const = default;
};

template <>
struct UnitInfo<PolicyText> {
  static constexpr const char* kName = "a policy";
  static constexpr const char* kExample = "s3fifo:small=0.1";
  static constexpr const char* kPattern =
      "^[a-z0-9_-]+(:[a-z0-9_-]+=[0-9.]+[kKMGTPEiB]*(,[a-z0-9_-]+=[0-9.]+[kKMGTPEiB]*)*)?$";
};

template <>
Parsed<PolicyText> parse<PolicyText>(std::string_view text);

// The same of an admission policy.
struct AdmissionText : PolicyText {};

template <>
struct UnitInfo<AdmissionText> {
  static constexpr const char* kName = "an admission policy";
  static constexpr const char* kExample = "bloom:keys=200k";
  static constexpr const char* kPattern = UnitInfo<PolicyText>::kPattern;
};

template <>
Parsed<AdmissionText> parse<AdmissionText>(std::string_view text);
std::string to_text(const PolicyText& policy);

// Values in the order of `known`; an unknown name or a value out of range is a problem.
Parsed<std::vector<double>> policy_values(const PolicyText& text,
                                          std::span<const PolicyParameter> known);

// `unknown eviction policy "fifoo"; did you mean "fifo"? known: clock, fifo, lru`
std::string unknown_policy(std::string_view kind, std::string_view name,
                           std::span<const std::string_view> known);

}  // namespace cdnsim
