#include <cmath>
#include <map>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include <cdnsim/base/text.hpp>
#include <cdnsim/tools/compare_output.hpp>
#include <cdnsim/tools/table.hpp>

namespace cdnsim::tools {
namespace {

using compare::Comparison;
using compare::Difference;
using compare::Explanation;
using Json = nlohmann::ordered_json;

constexpr std::size_t kSharesShown = 3;
constexpr std::size_t kPartingsShown = 5;

std::string value_text(const nlohmann::json& value) {
  if (value.is_null()) return "-";
  if (value.is_string()) return shortened(value.get<std::string>(), 20);
  if (value.is_number_float()) return fmt::format("{:.6g}", value.get<double>());
  return shortened(value.dump(), 20);
}

std::string side_text(const Difference& d, const nlohmann::json& value, compare::Kind without) {
  return d.kind == without ? "(none)" : value_text(value);
}

std::string change_text(const Difference& d) {
  if (!d.change) return enum_name(d.kind) == "changed" ? "" : std::string(enum_name(d.kind));
  std::string text = fmt::format("{:+.6g}", *d.change);
  if (d.interval) text += fmt::format(" ± {:.2g}", d.interval->half_width);
  return text;
}

std::string relative_text(const Difference& d) {
  return d.relative ? fmt::format("{:+.2f} %", *d.relative * 100) : "";
}

std::string line_of(const Difference& d) {
  const std::string relative = relative_text(d);
  return fmt::format("{}: {} -> {}{}", d.pointer, side_text(d, d.baseline, compare::Kind::added),
                     side_text(d, d.candidate, compare::Kind::missing),
                     relative.empty() ? "" : " (" + relative + ")");
}

std::string verdict_text(const Comparison& c) {
  const std::size_t tolerated = c.differences.size() - c.counted;
  std::string text = c.is_same() ? fmt::format("the same: {} figures", c.compared)
                                 : fmt::format("{} of {} figures differ", c.counted, c.compared);
  if (tolerated > 0) {
    text += fmt::format("; {} {} within tolerance", tolerated, c.is_same() ? "of them" : "more");
  }
  return text;
}

std::string explanation_text(const Explanation& explanation) {
  std::string text = fmt::format("  {} {:+.6g}:", explanation.pointer, explanation.change);
  for (std::size_t i = 0; i < std::min(kSharesShown, explanation.shares.size()); ++i) {
    const compare::Share& share = explanation.shares[i];
    text += fmt::format("\n    {} {:+.6g}", share.place, share.change);
  }
  if (explanation.shares.size() > kSharesShown) {
    text += fmt::format("\n    and {} places more", explanation.shares.size() - kSharesShown);
  }
  return text + "\n";
}

std::string divergence_text(const std::vector<Parting>& partings) {
  if (partings.empty()) return "\nThe series are the same.\n";
  std::string text =
      fmt::format("\nFirst divergence: the bin of the series from {} s on, at {} node{}\n",
                  partings.front().start_s, partings.size(), partings.size() == 1 ? "" : "s");
  for (std::size_t i = 0; i < std::min(kPartingsShown, partings.size()); ++i) {
    text +=
        "  " +
        wrapped(fmt::format("{}: {}", partings[i].node, fmt::join(partings[i].columns, ", ")), 4) +
        "\n";
  }
  return text;
}

std::string request_text(const FirstRequest& first) {
  if (!first.request) return "  No request is named: " + wrapped(first.why_none, 4) + "\n";
  const PartedRequest& request = *first.request;
  return "  " +
         wrapped(fmt::format("First request that differs: at {} s, at {}, {} asks for {} number "
                             "{}: {} in the baseline, {} in the candidate",
                             request.at_s, request.node, request.by_client ? "a client" : "a node",
                             request.content, request.object, request.baseline, request.candidate),
                 4) +
         "\n";
}

Json request_json(const FirstRequest& first) {
  if (!first.request) return {{"none", first.why_none}};
  const PartedRequest& request = *first.request;
  return {{"node", request.node},
          {"at_s", request.at_s},
          {"content", request.content},
          {"object", request.object},
          {"by", request.by_client ? "client" : "node"},
          {"baseline", request.baseline},
          {"candidate", request.candidate}};
}

Json difference_json(const Difference& d) {
  Json row = {{"figure", d.pointer},
              {"kind", enum_name(d.kind)},
              {"baseline", d.baseline},
              {"candidate", d.candidate},
              {"within_tolerance", d.tolerated}};
  row["change"] = d.change ? Json(*d.change) : Json();
  row["relative"] = d.relative ? Json(*d.relative) : Json();
  if (d.interval) row["half_width_95"] = d.interval->half_width;
  return row;
}

}  // namespace

std::string comparison_text(const std::vector<Compared>& all, std::uint64_t rows) {
  std::string text;
  for (const Compared& one : all) {
    const Comparison& c = one.comparison;
    if (!text.empty()) text += "\n";
    text += fmt::format("{} against {}: {}\n", c.candidate, c.baseline, verdict_text(c));
    for (const Difference& d : c.scenario) text += "  " + wrapped(line_of(d), 4) + "\n";
    if (!c.differences.empty()) {
      Table table({"Figure", "baseline", "candidate", "change", ""});
      std::uint64_t shown = 0;
      for (const Difference& d : c.differences) {
        if (d.tolerated || shown++ == rows) break;
        table.add({d.pointer, side_text(d, d.baseline, compare::Kind::added),
                   side_text(d, d.candidate, compare::Kind::missing), change_text(d),
                   relative_text(d)});
      }
      if (!table.empty()) text += "\n" + table.text();
      if (c.counted > rows) {
        text += fmt::format("... and {} more; --rows N shows them, --format json has all\n",
                            c.counted - rows);
      }
    }
    if (!one.explanations.empty()) text += "\nBehind them\n";
    for (const Explanation& e : one.explanations) text += explanation_text(e);
    if (!one.sought_divergence) continue;
    text += divergence_text(one.partings);
    if (!one.partings.empty()) text += request_text(one.first_request);
  }
  return text;
}

std::string comparison_json(const std::vector<Compared>& all) {
  Json list = Json::array();
  for (const Compared& one : all) {
    const Comparison& c = one.comparison;
    Json row = {{"baseline", c.baseline},
                {"candidate", c.candidate},
                {"same", c.is_same()},
                {"compared", c.compared},
                {"differ", c.counted}};
    row["scenario"] = Json::array();
    for (const Difference& d : c.scenario) row["scenario"].push_back(difference_json(d));
    row["differences"] = Json::array();
    for (const Difference& d : c.differences) row["differences"].push_back(difference_json(d));
    for (const Explanation& e : one.explanations) {
      Json shares = Json::array();
      for (const compare::Share& s : e.shares) {
        shares.push_back({{"place", s.place}, {"change", s.change}});
      }
      row["explanations"].push_back(
          {{"figure", e.pointer}, {"change", e.change}, {"places", std::move(shares)}});
    }
    if (one.sought_divergence) {
      row["first_divergence"] = Json::array();
      for (const Parting& p : one.partings) {
        row["first_divergence"].push_back({{"start_s", parse<double>(p.start_s).value.value_or(0)},
                                           {"node", p.node},
                                           {"columns", p.columns}});
      }
      if (!one.partings.empty()) row["first_request"] = request_json(one.first_request);
    }
    list.push_back(std::move(row));
  }
  const Json document = {{"comparisons", std::move(list)}};
  return document.dump(2) + "\n";
}

// One suite a candidate, and a case for each group of figures that differs; or one for all.
std::string comparison_junit(const std::vector<Compared>& all,
                             const std::vector<Uncompared>& others) {
  pugi::xml_document document;
  pugi::xml_node suites = document.append_child("testsuites");
  for (const Compared& one : all) {
    const Comparison& c = one.comparison;
    std::map<std::string, std::string> failures;  // by group
    for (const Difference& d : c.differences) {
      if (d.tolerated) break;
      failures[std::string(compare::first_step(d.pointer))] += line_of(d) + "\n";
    }
    pugi::xml_node suite = suites.append_child("testsuite");
    suite.append_attribute("name") = c.candidate.c_str();
    suite.append_attribute("tests") =
        static_cast<unsigned>(std::max<std::size_t>(1, failures.size()));
    suite.append_attribute("failures") = static_cast<unsigned>(failures.size());
    if (failures.empty()) suite.append_child("testcase").append_attribute("name") = "all figures";
    for (const auto& [group, lines] : failures) {
      pugi::xml_node test = suite.append_child("testcase");
      test.append_attribute("name") = group.c_str();
      test.append_attribute("classname") = c.candidate.c_str();
      pugi::xml_node failure = test.append_child("failure");
      failure.append_attribute("message") = verdict_text(c).c_str();
      failure.text().set(lines.c_str());
    }
  }
  for (const Uncompared& other : others) {
    pugi::xml_node suite = suites.append_child("testsuite");
    suite.append_attribute("name") = other.name.c_str();
    suite.append_attribute("tests") = 1;
    suite.append_attribute("failures") = 1;
    pugi::xml_node test = suite.append_child("testcase");
    test.append_attribute("name") = "is compared";
    test.append_attribute("classname") = other.name.c_str();
    test.append_child("failure").append_attribute("message") = other.message.c_str();
  }
  std::ostringstream text;
  document.save(text, "  ");
  return text.str();
}

}  // namespace cdnsim::tools
