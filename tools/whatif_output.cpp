#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cdnsim/tools/table.hpp>
#include <cdnsim/tools/units.hpp>
#include <cdnsim/tools/whatif_output.hpp>

namespace cdnsim::tools {
namespace {

using Json = nlohmann::ordered_json;
using whatif::Figures;
using whatif::Loss;

// With its sign: what is more, or less, than in the run as it is.
std::string added_text(std::uint64_t now, std::uint64_t before) {
  if (now == before) return "0";
  return now > before ? "+" + count_text(now - before) : "-" + count_text(before - now);
}

std::string cost_text(const Figures& now, const Figures& before) {
  if (!now.monthly_cost_usd || !before.monthly_cost_usd) return "-";
  return fmt::format("{:+.0f}", *now.monthly_cost_usd - *before.monthly_cost_usd);
}

std::string busiest_text(const Figures& figures) {
  if (figures.busiest_link.empty()) return "-";
  return fmt::format("{} {:.0f} %", shortened(figures.busiest_link, 24),
                     figures.busiest_utilisation * 100);
}

Json number(double value) { return std::isnan(value) ? Json() : Json(value); }

Json figures_json(const Figures& figures) {
  return {
      {"requests", figures.requests},
      {"displaced_requests", figures.displaced},
      {"errors", figures.errors},
      {"shed", figures.shed},
      {"shedding_node", figures.shedding_node.empty() ? Json() : Json(figures.shedding_node)},
      {"users_beyond_50ms", figures.users_beyond_50ms},
      {"requests_beyond_50ms", figures.requests_beyond_50ms},
      {"overloaded_links", figures.overloaded},
      {"busiest_link", figures.busiest_link.empty() ? Json() : Json(figures.busiest_link)},
      {"busiest_utilisation_p95", number(figures.busiest_utilisation)},
      {"ttfb_p95_ms", number(figures.ttfb_p95_ms)},
      {"monthly_cost_usd", figures.monthly_cost_usd ? number(*figures.monthly_cost_usd) : Json()}};
}

Json difference(std::uint64_t now, std::uint64_t before) {
  return now >= before ? Json(now - before) : Json(-static_cast<std::int64_t>(before - now));
}

Json loss_json(const Loss& loss, const Figures& before) {
  Json row = {{"kind", enum_name(loss.failure.kind)},
              {"id", loss.failure.id},
              {"members", loss.failure.members},
              {"stranded_networks", loss.stranded.networks},
              {"stranded_users", loss.stranded.users},
              {"stranded_because", loss.stranded.any() ? Json(loss.stranded.reason) : Json()},
              {"has_run", loss.has_run}};
  if (!loss.has_run) return row;
  const Figures& now = loss.figures;
  row["figures"] = figures_json(now);
  row["newly_overloaded_links"] = loss.newly_overloaded;
  row["added"] = {
      {"errors", difference(now.errors, before.errors)},
      {"shed", difference(now.shed, before.shed)},
      {"users_beyond_50ms", difference(now.users_beyond_50ms, before.users_beyond_50ms)},
      {"requests_beyond_50ms", difference(now.requests_beyond_50ms, before.requests_beyond_50ms)},
      {"monthly_cost_usd", now.monthly_cost_usd && before.monthly_cost_usd
                               ? number(*now.monthly_cost_usd - *before.monthly_cost_usd)
                               : Json()}};
  return row;
}

std::string name_text(const Loss& loss) {
  return fmt::format("{} {}", enum_name(loss.failure.kind), loss.failure.id);
}

}  // namespace

std::string whatif_text(const whatif::WhatIf& found, std::uint64_t rows) {
  const Figures& before = found.as_it_is;
  Table table({"Without", "errors", "full links", "busiest link, p95", "> 50 ms, users",
               "displaced", "USD a month"});
  table.add({"(as it is)", count_text(before.errors), std::to_string(before.overloaded.size()),
             busiest_text(before), count_text(before.users_beyond_50ms), "0",
             before.monthly_cost_usd ? fmt::format("{:.0f}", *before.monthly_cost_usd) : "-"});
  std::string cut_off;
  std::uint64_t shown = 0;
  for (const Loss& loss : found.losses) {
    if (shown++ == rows) break;
    if (loss.stranded.any()) {
      const std::string users = loss.stranded.users == 0
                                    ? ""
                                    : fmt::format(" ({} users)", count_text(loss.stranded.users));
      const std::string row =
          fmt::format("without {}: {}{}{}", name_text(loss), loss.stranded.reason, users,
                      loss.has_run ? "" : "; not run");
      cut_off += "  " + wrapped(row, 4) + "\n";
    }
    if (!loss.has_run) continue;
    const Figures& now = loss.figures;
    table.add({name_text(loss), added_text(now.errors, before.errors),
               fmt::format("+{}", loss.newly_overloaded.size()), busiest_text(now),
               added_text(now.users_beyond_50ms, before.users_beyond_50ms),
               count_text(now.displaced), cost_text(now, before)});
  }
  std::string text;
  if (!cut_off.empty()) text += "Cut off\n" + cut_off + "\n";
  text += table.text();
  if (found.losses.size() > rows) {
    text += fmt::format("... and {} more; --rows N shows them, --format json has all\n",
                        found.losses.size() - rows);
  }
  return text +
         "\nEach row is a run without that thing, the worst first, against the run as it "
         "is: errors,\nusers and cost are what is added. Displaced requests are served by "
         "another PoP or cache than before.\n";
}

std::string whatif_json(const whatif::WhatIf& found) {
  Json rows = Json::array();
  for (const Loss& loss : found.losses) rows.push_back(loss_json(loss, found.as_it_is));
  const Json document = {{"scenario", found.scenario},
                         {"as_it_is", figures_json(found.as_it_is)},
                         {"failures", std::move(rows)}};
  return document.dump(2) + "\n";
}

}  // namespace cdnsim::tools
