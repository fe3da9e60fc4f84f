#include <cdnsim/models/economics/spec.hpp>

namespace cdnsim {
namespace {

// One of each kind, with the figures of its first preset.
template <class... Kinds>
std::vector<TariffSpec> one_of_each(const std::variant<Kinds...>&) {
  return {TariffSpec{Kinds{}}...};
}

}  // namespace

const TariffSpec* find_tariff(const BillingSpec& billing, std::string_view name) {
  static const std::vector<TariffSpec> known = one_of_each(TariffSpec{});
  const auto own = billing.tariffs.find(std::string(name));
  if (own != billing.tariffs.end()) return &own->second;
  for (const TariffSpec& tariff : known) {
    if (std::visit([](const auto& t) { return t.kKind; }, tariff) == name) return &tariff;
  }
  return nullptr;
}

}  // namespace cdnsim
