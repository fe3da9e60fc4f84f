#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <set>
#include <string_view>
#include <tuple>

#include <cdnsim/assembly/run_network.hpp>
#include <cdnsim/base/check.hpp>
#include <cdnsim/engine/worker_pool.hpp>
#include <cdnsim/whatif/what_if.hpp>

namespace cdnsim::whatif {
namespace {

constexpr double kFarMs = 50;

// Requests of a client network, by the PoP or embedded cache that they came to.
using Served = std::map<std::string, std::uint64_t>;

struct Run {
  Figures figures;
  std::map<std::string, Served> networks;
};

void add_links(const std::vector<LinkResult>& links, Figures& figures) {
  std::vector<const LinkResult*> full;
  const LinkResult* busiest = nullptr;
  for (const LinkResult& link : links) {
    if (!busiest || link.utilisation_p95 > busiest->utilisation_p95) busiest = &link;
    if (link.utilisation_p95 >= kFull) full.push_back(&link);
  }
  std::stable_sort(full.begin(), full.end(), [](const LinkResult* a, const LinkResult* b) {
    return a->utilisation_p95 > b->utilisation_p95;
  });
  for (const LinkResult* link : full) figures.overloaded.push_back(link->id);
  if (!busiest || std::isnan(busiest->utilisation_p95)) return;
  figures.busiest_link = busiest->id;
  figures.busiest_utilisation = busiest->utilisation_p95;
}

void add_nodes(const std::vector<NodeResult>& nodes, Figures& figures) {
  std::uint64_t most = 0;
  for (const NodeResult& node : nodes) {
    if (node.activity.outcomes.shed <= most) continue;
    most = node.activity.outcomes.shed;
    figures.shedding_node = node.id;
  }
}

void add_served(const assembly::Network& network, std::map<std::string, Served>& served) {
  const std::vector<assembly::ClientNetwork>& clients = network.plan->networks;
  for (const auto& node : network.nodes) {
    std::vector<ClientCounts> counts(clients.size());
    node->add_client_counts(counts);
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (counts[i].requests > 0) served[clients[i].id][node->id()] += counts[i].requests;
    }
  }
}

Run measure(const Scenario& scenario) {
  Run measured;
  const Result result =
      assembly::run_network(scenario, {.threads = 1}, [&](const assembly::Network& network) {
        add_served(network, measured.networks);
      }).result;
  Figures& figures = measured.figures;
  figures.requests = result.requests.outcomes.requests;
  figures.shed = result.requests.outcomes.shed;
  figures.errors = result.availability.errors;
  for (const IspResult& isp : result.isps) {
    if (isp.round_trip_ms <= kFarMs) continue;
    figures.users_beyond_50ms += scenario.network.client_networks.at(isp.id).users;
    figures.requests_beyond_50ms += isp.requests;
  }
  add_links(result.links, figures);
  add_nodes(result.nodes, figures);
  figures.ttfb_p95_ms = result.latency.all.ttfb.p95;
  if (result.cost) figures.monthly_cost_usd = result.cost->monthly_total;
  return measured;
}

// Each network asks for the same as before, so what comes to a place more often came to another
// one.
std::uint64_t displaced_requests(const Run& run, const Run& before) {
  std::uint64_t displaced = 0;
  for (const auto& [id, served] : run.networks) {
    const auto known = before.networks.find(id);
    const Served nobody;
    const Served& used = known == before.networks.end() ? nobody : known->second;
    for (const auto& [node, requests] : served) {
      const auto usual = used.find(node);
      if (usual == used.end()) {
        displaced += requests;
      } else if (requests > usual->second) {
        displaced += requests - usual->second;
      }
    }
  }
  return displaced;
}

std::vector<std::string> fresh_in(const std::vector<std::string>& links,
                                  const std::vector<std::string>& known) {
  const std::set<std::string> old(known.begin(), known.end());
  std::vector<std::string> fresh;
  for (const std::string& link : links) {
    if (!old.contains(link)) fresh.push_back(link);
  }
  return fresh;
}

bool is_worse(const Loss& a, const Loss& b) {
  const auto rank = [](const Loss& loss) {
    const Figures& f = loss.figures;
    return std::tuple(loss.stranded.users, !loss.has_run, f.errors, loss.newly_overloaded.size(),
                      f.users_beyond_50ms, f.displaced, f.monthly_cost_usd.value_or(0));
  };
  if (rank(a) != rank(b)) return rank(a) > rank(b);
  return std::tie(a.failure.kind, a.failure.id) < std::tie(b.failure.kind, b.failure.id);
}

void add_reason(Stranded& stranded, std::string_view why) {
  if (why.starts_with('#')) why.remove_prefix(1);  // checks write pointers without it
  if (stranded.any()) stranded.reason += "; ";
  stranded.reason += why;
}

// Whoever is stranded is left out, if the rest can go on.
void run_without(const Scenario& scenario, Loss& loss, Run& run) {
  std::optional<Scenario> left = without(scenario, loss.failure);
  loss.stranded = stranded_in(*left);
  if (loss.stranded.any()) {
    if (loss.stranded.networks.empty()) return;
    left = without_networks(*std::move(left), loss.stranded.networks);
    if (!left) return;
    const Stranded others = stranded_in(*left);
    if (others.any()) return add_reason(loss.stranded, others.reason);
  }
  try {
    run = measure(*left);
    loss.has_run = true;
  } catch (const UserError& error) {  // as that a launched PoP would have no clients
    add_reason(loss.stranded, error.what());
  }
}

}  // namespace

WhatIf what_if(const Scenario& scenario, const std::vector<Failure>& failures,
               const Options& options) {
  WhatIf found;
  found.scenario = scenario.name;
  for (const Failure& failure : failures) {
    found.losses.emplace_back();
    found.losses.back().failure = failure;
  }
  std::vector<Run> runs(failures.size() + 1);  // the last one is of the scenario as it is
  std::size_t over = 0;
  std::mutex telling;
  WorkerPool pool(options.threads);
  pool.share(runs.size(), [&](std::uint32_t, std::size_t i) {
    if (i == failures.size()) {
      runs[i] = measure(scenario);
    } else {
      run_without(scenario, found.losses[i], runs[i]);
    }
    const std::lock_guard lock(telling);
    ++over;
    if (options.progress) options.progress(over, runs.size());
  });
  const Run& as_it_is = runs.back();
  found.as_it_is = as_it_is.figures;
  for (std::size_t i = 0; i < failures.size(); ++i) {
    Loss& loss = found.losses[i];
    if (!loss.has_run) continue;
    loss.figures = runs[i].figures;
    loss.figures.displaced = displaced_requests(runs[i], as_it_is);
    loss.newly_overloaded = fresh_in(loss.figures.overloaded, as_it_is.figures.overloaded);
  }
  std::sort(found.losses.begin(), found.losses.end(), is_worse);
  return found;
}

}  // namespace cdnsim::whatif
