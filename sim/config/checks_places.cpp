#include <algorithm>
#include <set>

#include <fmt/format.h>

#include <cdnsim/base/text.hpp>
#include <cdnsim/config/checks.hpp>
#include <cdnsim/config/scenario_map.hpp>
#include <cdnsim/config/suggest.hpp>

namespace cdnsim::config {
namespace {

class PlaceChecker {
 public:
  PlaceChecker(const NetworkSpec& network, Problems& problems)
      : network_(network), problems_(problems) {}

  // What follows from a place needs one.
  void check_places() {
    check_places("client_networks", network_.client_networks);
    check_places("pops", network_.pops);
    check_places("shields", network_.shields);
    check_places("origins", network_.origins);
    check_places("transit_providers", network_.transit_providers);
    check_places("ixps", network_.ixps);
    check_places("embedded", network_.embedded);
    for (const auto& [id, spec] : network_.client_networks) {
      if (spec.region || !spec.place.empty()) continue;
      add(pointer_to({"network", "client_networks", id}),
          pointer_to({"network", "client_networks", id, "region"}),
          "neither a region nor a place; give \"region\" a name, or \"place\" a metro of `cdnsim "
          "list metros`");
    }
  }

  void check_delays() {
    for (const auto& [id, link] : network_.links) {
      if (link.delay) continue;
      const std::string pointer = pointer_to({"network", "links", id});
      for (const std::string* end : {&link.from, &link.to}) {
        const std::string_view collection = collection_of(*end);
        if (collection.empty() || metro_of(network_, *end)) continue;
        const std::string of_end = pointer_to({"network", collection, *end});
        if (problems_.touches(of_end + "/place")) continue;
        add(pointer, pointer + "/delay",
            fmt::format("no \"delay\", and {} has no place that would tell it; give the link a "
                        "delay, or {} a \"place\"",
                        cdnsim::quoted(*end), cdnsim::quoted(*end)));
        break;
      }
    }
  }

  void check_ports() {
    for (const auto& [id, link] : network_.links) {
      const std::string pointer = pointer_to({"network", "links", id});
      const bool from = network_.ixps.contains(link.from);
      const bool to = network_.ixps.contains(link.to);
      if (from && to && link.from != link.to) {
        add(pointer + "/to", pointer + "/to",
            fmt::format("{} and {} are both exchanges, which no link joins; join members to each",
                        cdnsim::quoted(link.from), cdnsim::quoted(link.to)));
      } else if (from != to && link.kind != LinkKind::ixp) {
        add(pointer + "/kind", pointer + "/kind",
            fmt::format("{} is an exchange, and a port there is of kind ixp; write \"kind\": "
                        "\"ixp\"",
                        cdnsim::quoted(from ? link.from : link.to)));
      }
    }
  }

  void check_sessions() {
    for (const auto& [id, ixp] : network_.ixps) {
      for (std::size_t i = 0; i < ixp.sessions.size(); ++i) {
        const std::string pointer =
            pointer_to({"network", "ixps", id, "sessions", std::to_string(i)});
        check_session(id, ixp.sessions[i], pointer);
      }
    }
  }

 private:
  void add(const std::string& pointer, const std::string& field, std::string message) {
    if (problems_.touches(field)) return;
    problems_.add(pointer, std::move(message));
  }

  template <class Specs>
  void check_places(std::string_view collection, const Specs& specs) {
    for (const auto& [id, spec] : specs) {
      const std::string pointer = pointer_to({"network", collection, id, "place"});
      if (spec.place.empty() && !problems_.is_given(pointer)) continue;
      if (!find_metro(spec.place)) add(pointer, pointer, unknown_metro(spec.place));
    }
  }

  // Empty when nothing has this name.
  std::string_view collection_of(const std::string& id) const {
    if (network_.client_networks.contains(id)) return "client_networks";
    if (network_.pops.contains(id)) return "pops";
    if (network_.shields.contains(id)) return "shields";
    if (network_.origins.contains(id)) return "origins";
    if (network_.transit_providers.contains(id)) return "transit_providers";
    if (network_.ixps.contains(id)) return "ixps";
    return network_.embedded.contains(id) ? "embedded" : "";
  }

  std::vector<std::string> members_of(const std::string& ixp) const {
    std::set<std::string> members;
    for (const auto& [id, link] : network_.links) {
      if (link.from == ixp) members.insert(link.to);
      if (link.to == ixp) members.insert(link.from);
    }
    return {members.begin(), members.end()};
  }

  void check_session(const std::string& ixp, const std::vector<std::string>& pair,
                     const std::string& pointer) {
    if (pair.size() != 2 || pair[0] == pair[1]) {
      add(pointer, pointer, "a session is between two members; write [\"one\", \"other\"]");
      return;
    }
    const std::vector<std::string> members = members_of(ixp);
    for (const std::string& name : pair) {
      if (std::ranges::find(members, name) != members.end()) continue;
      add(pointer, pointer,
          fmt::format("{} has no port at {}; add a link of kind ixp between them{}",
                      cdnsim::quoted(name), cdnsim::quoted(ixp), hint(name, members)));
    }
  }

  const NetworkSpec& network_;
  Problems& problems_;
};

}  // namespace

void check_places(const NetworkSpec& network, Problems& problems) {
  if (problems.told_at("/network") || problems.told_at("")) return;
  PlaceChecker checker(network, problems);
  checker.check_places();
  checker.check_delays();
  checker.check_ports();
  checker.check_sessions();
}

}  // namespace cdnsim::config
