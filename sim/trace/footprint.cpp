#include <cdnsim/trace/footprint.hpp>

namespace cdnsim {

void Footprint::grow() {
  std::vector<std::uint64_t> larger(ids_.size() * 2);
  --shift_;
  for (const std::uint64_t id : ids_) {
    if (id == 0) continue;
    std::size_t place = home(id);
    while (larger[place] != 0) place = (place + 1) & (larger.size() - 1);
    larger[place] = id;
  }
  ids_.swap(larger);
}

}  // namespace cdnsim
