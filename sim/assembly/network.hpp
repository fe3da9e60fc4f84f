// Everything that a scenario names, built and joined: the graph, the demand and the nodes.
// Does not know how nodes are advanced nor what is made of their counts.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <cdnsim/assembly/cell_holds.hpp>
#include <cdnsim/assembly/embedded.hpp>
#include <cdnsim/assembly/epochs.hpp>
#include <cdnsim/assembly/launch_plan.hpp>
#include <cdnsim/assembly/steering_views.hpp>
#include <cdnsim/models/node/cache_node.hpp>
#include <cdnsim/models/node/detector_node.hpp>
#include <cdnsim/models/node/launch_node.hpp>
#include <cdnsim/models/node/observed_node.hpp>
#include <cdnsim/models/replay/trace_dealer.hpp>
#include <cdnsim/models/replay/trace_survey.hpp>
#include <cdnsim/models/routing/routing.hpp>
#include <cdnsim/models/topology/topology.hpp>
#include <cdnsim/models/workload/catalogue.hpp>
#include <cdnsim/models/workload/demand.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::assembly {

struct ClientNetwork {
  std::string id;
  const ClientNetworkSpec* spec = nullptr;
  std::uint32_t place = 0;
  std::uint32_t region = 0;
  std::uint32_t cells = 1;
  std::uint32_t pop_place = 0;  // of its first cell, at the start
  // Of the way from the PoP; what the network sends may go another way.
  LinkKind way_kind = LinkKind::transit;
  Duration way_delay{0};
  Duration back{0};
  Duration round_trip{0};                    // access included
  std::vector<std::uint32_t> embedded = {};  // caches inside, of the plan's
  std::vector<std::uint32_t> caches = {};    // that serve it: those, and others' as a neighbour
};

// The graph, its client networks and who serves them when: what is known before a run.
struct Plan {
  Topology topology;
  std::unique_ptr<Routing> routing;  // over the same places and links
  Catalogue catalogue;
  std::vector<std::string> regions;
  std::vector<ClientNetwork> networks;
  std::vector<Outage> outages;
  std::vector<Epoch> epochs;
  CellHolds holds;
  std::unique_ptr<Demand> demand;
  std::unique_ptr<TraceDealer> traces;       // if there are any
  std::vector<EmbeddedCache> embedded = {};  // by id
  Candidates candidates = {};                // of an engine, by client network
  std::vector<PlannedLaunch> launches = {};  // by id of the PoP
  LaunchedCells launched_cells = {};
};

// Who asks whom about a class of content.
struct Join {
  std::uint32_t child = 0;  // NodeIds
  std::uint32_t parent = 0;
  std::size_t content = 0;
  Duration delay{0};
  Duration back{0};      // of the answer, which may come another way
  bool is_peer = false;  // asked for what it has, and fetches nothing
};

// What was found out about the traces before they are played.
struct Replay {
  std::map<std::string, TraceSurvey> surveys;  // by workload
  std::optional<AtomicClock> clock;            // of an atomic replay
};

struct Network {
  std::unique_ptr<Plan> plan;
  std::vector<std::unique_ptr<ObservedNode>> nodes;  // by NodeId
  Duration lookahead{0};
  std::vector<Duration> reach;  // by NodeId: no message to it takes less
  std::vector<Join> joins;
  // Where the scenario looks for viral objects: who finds them, and the PoPs that report.
  const DetectorNode* detector = nullptr;
  std::vector<const CacheNode*> reporters;
  const ControllerNode* controller = nullptr;  // where an engine steers
  bool redirects = false;                      // what PoPs have no room for
  std::vector<const LaunchNode*> launches;     // as the plan's
  bool pushes = false;                         // some live event is sent down unasked

  // Whether messages of this kind can be sent at all.
  bool uses(MessageKind kind) const {
    switch (kind) {
      case MessageKind::fetch:
      case MessageKind::reply: return true;
      case MessageKind::hot_report:
      case MessageKind::hot_alert: return detector != nullptr;
      case MessageKind::loss: return !plan->epochs.empty();
      case MessageKind::load_report:
      case MessageKind::cell_report: return controller != nullptr;
      case MessageKind::cell_move: return controller != nullptr || !launches.empty();
      case MessageKind::launch_report:
      case MessageKind::latency_report: return !launches.empty();
      case MessageKind::redirect: return redirects;
      case MessageKind::push: return pushes;
      case MessageKind::kCount: break;
    }
    return false;
  }
};

// `scenario` outlives what is built of it. Traces are played that were surveyed.
std::unique_ptr<Plan> make_plan(const Scenario& scenario, const Replay& replay = {});
Network build_network(const Scenario& scenario, const Replay& replay = {});

}  // namespace cdnsim::assembly
