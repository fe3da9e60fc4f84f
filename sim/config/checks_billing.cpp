// Whether each tariff can serve where it is named, and whether the run fits into the month.
#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include <cdnsim/base/text.hpp>
#include <cdnsim/config/checks.hpp>
#include <cdnsim/models/economics/bill.hpp>

namespace cdnsim::config {
namespace {

using TariffKinds = std::span<const std::string_view>;
constexpr std::array<std::string_view, 5> kOfLinks = {"transit", "port", "pni", "backbone",
                                                      "egress"};
constexpr std::array<std::string_view, 3> kOfSites = {"colocation", "hardware", "rent"};
constexpr std::array<std::string_view, 1> kOfHosts = {"colocation"};
constexpr std::array<std::string_view, 2> kOfOrigins = {"egress", "transit"};

class BillingChecker {
 public:
  BillingChecker(const Scenario& scenario, Problems& problems)
      : scenario_(scenario), problems_(problems) {}

  void check_tariffs() {
    const NetworkSpec& network = scenario_.network;
    for (const auto& [id, link] : network.links) check_link(id, link);
    for (const auto& [id, spec] : network.pops) {
      const std::string usual = spec.is_virtual ? "rent" : "";
      check_site(pointer_to({"network", "pops", id}), spec.pricing, usual);
      check_rented(pointer_to({"network", "pops", id, "rented"}), spec.is_virtual, spec.pricing);
    }
    for (const auto& [id, spec] : network.shields) {
      check_site(pointer_to({"network", "shields", id}), spec.pricing, "");
      check_rented(pointer_to({"network", "shields", id, "rented"}), false, spec.pricing);
    }
    for (const auto& [id, spec] : network.embedded) {
      const std::string place = pointer_to({"network", "embedded", id});
      check_site(place, spec.pricing, "hardware");
      check_rented(place + "/rented", false, spec.pricing);
      check_tariff(place + "/hosting", spec.hosting.value_or("colocation"), kOfHosts,
                   "the room and power of an embedded cache");
    }
    for (const auto& [id, spec] : network.origins) {
      check_tariff(pointer_to({"network", "origins", id, "tariff"}),
                   spec.pricing.tariff.value_or("egress"), kOfOrigins, "an origin");
    }
  }

  // Where nothing is billed, what is said of money would do nothing.
  void refuse_tariffs() {
    const NetworkSpec& network = scenario_.network;
    for (const auto& [id, spec] : network.links) {
      refuse({"network", "links", id, "tariff"});
      refuse({"network", "links", id, "port"});
    }
    for (const auto& [id, spec] : network.pops) {
      refuse({"network", "pops", id, "tariffs"});
      refuse({"network", "pops", id, "rented"});
    }
    for (const auto& [id, spec] : network.shields) {
      refuse({"network", "shields", id, "tariffs"});
      refuse({"network", "shields", id, "rented"});
    }
    for (const auto& [id, spec] : network.embedded) {
      for (const char* key : {"tariffs", "rented", "hosting"}) {
        refuse({"network", "embedded", id, key});
      }
    }
    for (const auto& [id, spec] : network.client_networks) {
      refuse({"network", "client_networks", id, "transit_price"});
    }
    for (const auto& [id, spec] : network.origins) refuse({"network", "origins", id, "tariff"});
  }

 private:
  void refuse(std::initializer_list<std::string_view> keys) {
    const std::string pointer = pointer_to(keys);
    if (!problems_.is_given(pointer) || problems_.touches(pointer)) return;
    problems_.add(pointer, "nothing is billed; add \"billing\": {}, or leave this out");
  }

  void check_link(const std::string& id, const LinkSpec& link) {
    const std::string place = pointer_to({"network", "links", id});
    const auto is_site = [&](const std::string& end) {
      return scenario_.network.pops.contains(end) || scenario_.network.shields.contains(end) ||
             scenario_.network.embedded.contains(end);
    };
    const auto is_origin = [&](const std::string& end) {
      return scenario_.network.origins.contains(end);
    };
    const bool pays =
        (is_site(link.from) || is_site(link.to)) && !is_origin(link.from) && !is_origin(link.to);
    const std::string tariff = link_tariff(link.pricing, link.kind, pays);
    if (tariff.empty()) return;
    check_tariff(place + "/tariff", tariff, kOfLinks, "a link");
    if (link.pricing.port) check_port(place, *link.pricing.port, id, tariff);
  }

  // What is rented is paid by a tariff of the kind rent, and by no other.
  void check_rented(const std::string& place, bool is_virtual, const SitePricing& pricing) {
    const auto is_rent = [&](const std::string& name) {
      const TariffSpec* tariff = find_tariff(*scenario_.billing, name);
      return tariff != nullptr && std::holds_alternative<RentTariff>(*tariff);
    };
    if (!pricing.rented || problems_.touches(place)) return;
    if (pricing.tariffs ? std::ranges::any_of(*pricing.tariffs, is_rent) : is_virtual) return;
    problems_.add(place,
                  "nothing here pays for what is rented: give a PoP \"virtual\": true or name a "
                  "tariff of the kind rent in \"tariffs\", or leave this out");
  }

  void check_port(const std::string& place, const std::string& port, const std::string& id,
                  const std::string& tariff) {
    const auto [first, is_new] = ports_.try_emplace(port, id, tariff);
    if (is_new || first->second.second == tariff || problems_.touches(place + "/port")) return;
    problems_.add(place + "/port",
                  fmt::format("the port {} has the tariff {} by the link {}, and {} by this one; "
                              "one port has one tariff",
                              cdnsim::quoted(port), cdnsim::quoted(first->second.second),
                              cdnsim::quoted(first->second.first), cdnsim::quoted(tariff)));
  }

  void check_site(const std::string& place, const SitePricing& pricing, const std::string& usual) {
    if (!pricing.tariffs) {
      for (const std::string& name : usual.empty()
                                         ? std::vector<std::string>{"colocation", "hardware"}
                                         : std::vector<std::string>{usual}) {
        check_tariff(place + "/tariffs", name, kOfSites, "a PoP or shield");
      }
      return;
    }
    for (std::size_t i = 0; i < pricing.tariffs->size(); ++i) {
      check_tariff(place + "/tariffs/" + std::to_string(i), (*pricing.tariffs)[i], kOfSites,
                   "a PoP or shield");
    }
  }

  // Told where it is named or, of one that nobody names, where it is described.
  void check_tariff(const std::string& said, const std::string& name, TariffKinds kinds,
                    std::string_view of_what) {
    const TariffSpec* found = find_tariff(*scenario_.billing, name);
    if (found == nullptr || problems_.touches(said)) return;  // unknown ones have been told
    const std::string_view kind = std::visit([](const auto& t) { return t.kKind; }, *found);
    if (std::ranges::find(kinds, kind) != kinds.end()) return;
    const std::string pointer =
        problems_.is_given(said) ? said : pointer_to({"billing", "tariffs", name});
    if (problems_.touches(pointer)) return;
    std::string list;
    for (const std::string_view can : kinds) list += (list.empty() ? "" : ", ") + std::string(can);
    problems_.add(pointer, fmt::format("{} is of the kind {}, which {} cannot pay; name one of {}",
                                       cdnsim::quoted(name), kind, of_what, list));
  }

  const Scenario& scenario_;
  Problems& problems_;
  std::map<std::string, std::pair<std::string, std::string>> ports_;  // first link and its tariff
};

// As Month composes one.
void check_month(const Scenario& scenario, Problems& problems) {
  if (problems.touches("/duration") || problems.touches("/warmup") ||
      scenario.warmup >= scenario.duration) {
    return;
  }
  const BillingSpec& billing = *scenario.billing;
  const Duration length = scenario.duration - scenario.warmup;
  const Duration last_bin = scenario.warmup + (length - Duration{1}) / kBillingBin * kBillingBin;
  if (billing.event && !problems.touches("/billing/event") &&
      billing.event->from < scenario.warmup + kBillingBin && billing.event->until > last_bin) {
    problems.add("/billing/event",
                 fmt::format("leaves no five minutes of the run, which is counted from {} to {}, "
                             "for its baseline; let the run begin earlier or end later",
                             to_text(scenario.warmup), to_text(scenario.duration)));
  }
  const MonthSpec& month = billing.month;
  const std::int64_t days = (length + 24h - Duration{1}) / Duration{24h};
  const bool is_month = length % 24h == Duration{0} && days >= 28 && days <= 31;
  if (is_month || month.this_event <= 1 || problems.touches("/billing/month")) return;
  if ((days - 1) * month.this_event <= month.weekday + month.weekend) return;
  problems.add(
      "/billing/month/this_event",
      fmt::format("a run of {} days cannot take place {} times in a month of {}; lower it, "
                  "or make the run shorter",
                  days, month.this_event, month.days()));
}

}  // namespace

void check_billing(const Scenario& scenario, Problems& problems) {
  if (problems.told_at("") || problems.told_at("/network") || problems.told_at("/billing")) return;
  BillingChecker checker(scenario, problems);
  if (!scenario.billing) return checker.refuse_tariffs();
  if (scenario.replay == ReplayMode::atomic) {
    problems.add("/billing", "an atomic replay has no rates to bill; leave this out");
    return;
  }
  checker.check_tariffs();
  check_month(scenario, problems);
}

}  // namespace cdnsim::config
