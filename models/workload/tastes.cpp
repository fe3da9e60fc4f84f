#include <cdnsim/models/workload/tastes.hpp>

namespace cdnsim {

std::map<std::string, double> mix_of(const std::map<std::string, double>& mix, const Tastes& tastes,
                                     const Audience& audience) {
  std::map<std::string, double> shares = mix;
  for (const auto& [name, taste] : tastes) {
    if (!taste.is_of(audience)) continue;
    for (auto& [content, share] : shares) {
      const auto found = taste.times.find(content);
      if (found != taste.times.end()) share *= found->second;
    }
  }
  return shares;
}

}  // namespace cdnsim
