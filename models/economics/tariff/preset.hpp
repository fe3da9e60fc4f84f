// Presets: a tariff's name for a set of its own figures, each of which a scenario can override.
// Does not know any tariff.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/base/describe.hpp>

namespace cdnsim {

// The first key of a tariff or a site: naming a preset fills in its figures, and what is described
// after it overrides them. A writer changes no name, so that what it writes is what holds.
template <class V, class Tariff>
void describe_preset(V& v, Tariff& tariff) {
  const std::string before = tariff.preset;
  std::vector<std::string_view> names;
  for (const Tariff& known : Tariff::presets()) names.emplace_back(known.preset);
  v.optional("preset", tariff.preset, "whose figures hold for what is not given here",
             one_of(names));
  if (tariff.preset == before) return;
  for (const Tariff& known : Tariff::presets()) {
    if (known.preset == tariff.preset) {
      tariff = known;
      return;
    }
  }
}

}  // namespace cdnsim
