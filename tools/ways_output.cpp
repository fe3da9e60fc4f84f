#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cdnsim/tools/table.hpp>
#include <cdnsim/tools/ways_output.hpp>

namespace cdnsim::tools {
namespace {

std::string_view word_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::chosen: return "chosen";
    case Verdict::kind: return "kind";
    case Verdict::length: return "length";
    case Verdict::delay: return "delay";
    case Verdict::name: return "name";
    case Verdict::down: return "down";
    case Verdict::valley: return "valley";
    case Verdict::no_session: return "no_session";
    case Verdict::host: break;
  }
  return "host";
}

const std::string kIndent = "  ";

double milliseconds_of(Duration delay) { return static_cast<double>(delay.count()) / 1e6; }

std::vector<std::uint32_t> places_of(const NetworkMap& map, std::uint32_t from, const Path& path) {
  std::vector<std::uint32_t> places = {from};
  for (const PortRef port : path.ports) {
    const Link& link = map.links[port.link].link;
    places.push_back(port.forward ? link.to : link.from);
  }
  return places;
}

nlohmann::ordered_json way_json(const NetworkMap& map, std::uint32_t from, const Explained& way) {
  nlohmann::ordered_json places = nlohmann::ordered_json::array();
  for (const std::uint32_t place : places_of(map, from, way.path)) {
    places.push_back(map.places[place].id);
  }
  nlohmann::ordered_json links = nlohmann::ordered_json::array();
  for (const PortRef port : way.path.ports) links.push_back(map.links[port.link].link.id);
  return {{"verdict", word_of(way.verdict)},
          {"why", way.why},
          {"kind", enum_name(way.kind)},
          {"delay_ms", milliseconds_of(way.path.delay)},
          {"narrowest_bps", way.path.narrowest.count()},
          {"places", std::move(places)},
          {"links", std::move(links)}};
}

}  // namespace

std::string places_text(const NetworkMap& map, std::uint32_t from, const Path& path) {
  std::string text;
  for (const std::uint32_t place : places_of(map, from, path)) {
    text += (text.empty() ? "" : " -> ") + map.places[place].id;
  }
  return text;
}

std::string ways_text(const NetworkMap& map, std::uint32_t from, const WaysSummary& summary) {
  std::string text;
  for (const Explained& way : summary.ways) {
    std::string links;
    for (const PortRef port : way.path.ports) {
      links += (links.empty() ? "" : ", ") + map.links[port.link].link.id;
    }
    text += wrapped(places_text(map, from, way.path), kIndent.size()) + "\n";
    text += kIndent +
            wrapped(fmt::format("{}, {:.3f} ms, over {}", enum_name(way.kind),
                                milliseconds_of(way.path.delay), links),
                    2 * kIndent.size()) +
            "\n";
    text +=
        kIndent +
        wrapped(way.why.empty() ? std::string(word_of(way.verdict)) : way.why, 2 * kIndent.size()) +
        "\n";
  }
  const Diversity& diversity = summary.diversity;
  const std::string least = diversity.complete ? "" : "at least ";
  return text + (text.empty() ? "" : "\n") +
         wrapped(fmt::format("{} to {}: {}{} ways, {}{} different sequences of organisations, {}{} "
                             "without a shared link",
                             summary.from, summary.to, least, diversity.ways, least,
                             diversity.as_paths, least, diversity.disjoint),
                 0) +
         "\n";
}

std::string ways_json(const NetworkMap& map, std::uint32_t from, const WaysSummary& summary) {
  nlohmann::ordered_json ways = nlohmann::ordered_json::array();
  for (const Explained& way : summary.ways) ways.push_back(way_json(map, from, way));
  const nlohmann::ordered_json all = {{"from", summary.from},
                                      {"to", summary.to},
                                      {"ways", std::move(ways)},
                                      {"diversity",
                                       {{"ways", summary.diversity.ways},
                                        {"as_paths", summary.diversity.as_paths},
                                        {"link_disjoint", summary.diversity.disjoint},
                                        {"complete", summary.diversity.complete}}}};
  return all.dump(2) + "\n";
}

}  // namespace cdnsim::tools
