#include <cdnsim/models/node/copy_spec.hpp>

namespace cdnsim {
namespace {

constexpr std::string_view kProb = "prob:";

constexpr CopyPlaces kNamed[] = {{CopyPlaces::Kind::everywhere, 1.0},
                                 {CopyPlaces::Kind::down, 1.0},
                                 {CopyPlaces::Kind::edge, 1.0}};
constexpr std::string_view kNames[] = {"everywhere", "down", "edge"};

}  // namespace

template <>
Parsed<CopyPlaces> parse<CopyPlaces>(std::string_view text) {
  for (std::size_t i = 0; i < std::size(kNames); ++i) {
    if (text == kNames[i]) return {kNamed[i], {}};
  }
  if (text.starts_with(kProb)) {
    const Parsed<Ratio> share = parse<Ratio>(text.substr(kProb.size()));
    if (share.value) return {CopyPlaces{CopyPlaces::Kind::prob, share.value->value()}, {}};
  }
  return {{},
          quoted(text) +
              " says not where copies are left; write everywhere, down, edge or e.g. prob:0.1"};
}

std::string to_text(const CopyPlaces& places) {
  if (places.kind == CopyPlaces::Kind::prob) {
    return std::string(kProb) + decimal_text(places.probability);
  }
  return std::string(kNames[static_cast<std::size_t>(places.kind)]);
}

}  // namespace cdnsim
