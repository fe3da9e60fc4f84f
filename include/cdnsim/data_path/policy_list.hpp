// Lists of policies to choose from by name: those of eviction, those of admission.
// Does not know what a policy does: it has a kName, a kSummary, kParameters, and a constructor from
// their values.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <cdnsim/data_path/policy_text.hpp>

namespace cdnsim {

template <class... Policies>
struct PolicyList {};

template <class... Policies>
std::vector<std::string_view> names_of(PolicyList<Policies...>) {
  std::vector<std::string_view> names{Policies::kName...};
  std::sort(names.begin(), names.end());
  return names;
}

template <class P>
Parsed<P> make_policy(const PolicyText& text) {
  if constexpr (P::kParameters.size() == 0) {
    const Parsed<std::vector<double>> values = policy_values(text, {});
    return values.value ? Parsed<P>{P{}, {}} : Parsed<P>{{}, values.problem};
  } else {
    const Parsed<std::vector<double>> values = policy_values(text, P::kParameters);
    if (!values.value) return {{}, values.problem};
    return {P(std::span<const double>(*values.value)), {}};
  }
}

// Calls use(policy) with the one that `text` names. Returns what is wrong with `text`, or "".
// `kind` is what a message calls it: "eviction policy".
template <class... Policies, class Use>
std::string with_policy(PolicyList<Policies...> list, std::string_view kind, const PolicyText& text,
                        Use&& use) {
  std::string problem;
  const auto try_one = [&]<class P>(std::type_identity<P>) {
    if (text.name != P::kName) return false;
    Parsed<P> policy = make_policy<P>(text);
    if (policy.value) use(*std::move(policy.value));
    problem = policy.problem;
    return true;
  };
  const bool known = (try_one(std::type_identity<Policies>{}) || ...);
  return known ? problem : unknown_policy(kind, text.name, names_of(list));
}

}  // namespace cdnsim
