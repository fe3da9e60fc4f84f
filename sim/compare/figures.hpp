// A result as a list of figures: what stands at each pointer, members of lists called by name.
// Does not know what any figure means.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace cdnsim::compare {

// Texts, numbers, truth values and nulls by pointer: "/nodes/tokyo/hits". An empty list or object
// is a figure as well.
using Figures = std::map<std::string, nlohmann::json, std::less<>>;

// Members of a list are called by their id, name or kind, else by all their texts, where that
// tells them apart; else by position. One more member then does not rename those that follow.
Figures figures_of(const nlohmann::json& document);

// "/nodes/tokyo/hits" -> "nodes".
std::string_view first_step(std::string_view pointer);

}  // namespace cdnsim::compare
