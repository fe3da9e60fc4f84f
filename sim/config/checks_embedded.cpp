// Whether embedded caches have somebody to serve and somebody to ask.
#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include <cdnsim/base/text.hpp>
#include <cdnsim/config/checks.hpp>
#include <cdnsim/config/checks_parents.hpp>
#include <cdnsim/config/reach.hpp>
#include <cdnsim/config/suggest.hpp>

namespace cdnsim::config {
namespace {

class EmbeddedChecker {
 public:
  EmbeddedChecker(const Scenario& scenario, Problems& problems)
      : scenario_(scenario), network_(scenario.network), problems_(problems) {}

  void check() {
    for (const auto& [id, spec] : network_.embedded) {
      check_source(id, spec);
      check_classes(id, spec);
      check_neighbours(id, spec);
      check_traces(id, spec);
      check_filling(id, spec);
    }
    if (scenario_.replay == ReplayMode::atomic && !network_.embedded.empty()) {
      add("/network/embedded", "not in an atomic replay; leave this out");
    }
  }

 private:
  void add(const std::string& place, std::string message) {
    if (!problems_.touches(place)) problems_.add(place, std::move(message));
  }
  static std::string at(const std::string& id, std::string_view key) {
    return pointer_to({"network", "embedded", id, key});
  }

  void check_source(const std::string& id, const EmbeddedSpec& spec) {
    if (spec.source == kNearest) return;
    if (network_.pops.contains(spec.source) || network_.shields.contains(spec.source)) return;
    std::vector<std::string> known = {std::string(kNearest)};
    for (const auto& [name, unused] : network_.pops) known.push_back(name);
    for (const auto& [name, unused] : network_.shields) known.push_back(name);
    add(at(id, "source"), fmt::format("{} is no PoP and no shield{}", cdnsim::quoted(spec.source),
                                      hint(spec.source, known)));
  }

  void check_classes(const std::string& id, const EmbeddedSpec& spec) {
    if (!spec.serves) return;
    if (spec.serves->empty()) {
      add(at(id, "serves"), "no class at all; name some, or leave this out for all");
    }
    for (std::size_t i = 0; i < spec.serves->size(); ++i) {
      const auto content = scenario_.content.find((*spec.serves)[i]);
      if (content == scenario_.content.end() || content->second.cache_control.storable()) continue;
      add(at(id, "serves") + "/" + std::to_string(i),
          fmt::format(
              "{} may not be cached, so the cache would only stand in its way; leave it out",
              cdnsim::quoted(content->first)));
    }
  }

  void check_neighbours(const std::string& id, const EmbeddedSpec& spec) {
    for (std::size_t i = 0; i < spec.neighbours.size(); ++i) {
      const std::string place = at(id, "neighbours") + "/" + std::to_string(i);
      const auto here = spec.neighbours.begin() + static_cast<std::ptrdiff_t>(i);
      if (*here == spec.host) {
        add(place, "this is its host, which it serves anyway; leave it out");
      } else if (std::find(spec.neighbours.begin(), here, *here) != here) {
        add(place, "is named twice; leave one out");
      }
    }
  }

  // A client's requests of a trace are dealt to one place.
  void check_traces(const std::string& id, const EmbeddedSpec& spec) {
    if (!spec.serves) return;
    std::size_t traced = 0, served = 0;
    for (const auto& [name, workload] : scenario_.traffic) {
      const auto* trace = std::get_if<TraceReplay>(&workload);
      if (trace == nullptr) continue;
      ++traced;
      served += std::ranges::count(*spec.serves, trace->content) > 0;
    }
    if (served == 0 || served == traced) return;
    add(at(id, "serves"), "names some of the traces' classes; name all of them, or none");
  }

  void check_filling(const std::string& id, const EmbeddedSpec& spec) {
    if (spec.fill != FillMode::ahead) return;
    const auto can_be_told = [&](const auto& workload) {
      const auto* steady = std::get_if<Steady>(&workload.second);
      return steady != nullptr && std::ranges::any_of(steady->mix, [&](const auto& part) {
               const auto content = scenario_.content.find(part.first);
               const bool changes = content != scenario_.content.end() &&
                                    (content->second.churn || content->second.regional);
               return !changes &&
                      (!spec.serves || std::ranges::count(*spec.serves, part.first) > 0);
             });
    };
    if (std::ranges::any_of(scenario_.traffic, can_be_told)) return;
    add(at(id, "fill"),
        "what will be asked for most can only be told of steady traffic for objects that stay and "
        "are the same everywhere, and none of what it serves is; write on_demand");
  }

  const Scenario& scenario_;
  const NetworkSpec& network_;
  Problems& problems_;
};

}  // namespace

void check_embedded(const Scenario& scenario, Problems& problems) {
  if (problems.told_at("") || problems.told_at("/network") ||
      problems.told_at("/network/embedded")) {
    return;
  }
  EmbeddedChecker(scenario, problems).check();
}

}  // namespace cdnsim::config
