#include <numeric>

#include <fmt/format.h>

#include <cdnsim/assembly/identities.hpp>
#include <cdnsim/assembly/storage_summary.hpp>
#include <cdnsim/base/check.hpp>

namespace cdnsim::assembly {
namespace {

// What an edge did for other nodes.
ClassCounts relayed_of(const ObservedNode& node) {
  ClassCounts sum = node.recorder().total(Phase::relayed_warmup);
  sum += node.recorder().total(Phase::relayed);
  return sum;
}

ClassCounts all_of(const ObservedNode& node) {
  ClassCounts sum = node.recorder().total(Phase::warmup);
  sum += node.recorder().total(Phase::measured);
  sum += relayed_of(node);
  return sum;
}

ConnectionCounts all_connections(const ObservedNode& node) {
  ConnectionCounts sum = node.connections(Phase::warmup);
  sum += node.connections(Phase::measured);
  return sum;
}

template <class Array>
std::uint64_t sum_of(const Array& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

class Checks {
 public:
  // Both sides summed over the nodes, but held to be equal at every single one.
  template <class Left, class Right>
  void at_every_node(const Network& network, std::string name, Left left, Right right) {
    IdentityResult identity{std::move(name), 0, 0, true};
    for (const auto& node : network.nodes) {
      const std::uint64_t l = left(*node);
      const std::uint64_t r = right(*node);
      identity.left += l;
      identity.right += r;
      identity.holds = identity.holds && l == r;
    }
    list_.push_back(std::move(identity));
  }
  void equal(std::string name, std::uint64_t left, std::uint64_t right) {
    list_.push_back(IdentityResult{std::move(name), left, right, left == right});
  }
  std::vector<IdentityResult> take() { return std::move(list_); }

 private:
  std::vector<IdentityResult> list_;
};

std::uint64_t measured_requests(const Network& network, NodeRole role) {
  std::uint64_t sum = 0;
  for (const auto& node : network.nodes) {
    if (node->role() == role) sum += node->recorder().total(Phase::measured).requests();
  }
  return sum;
}

void check_totals(const Network& network, const Collector& collector, Checks& checks) {
  std::uint64_t edge_seconds = 0;
  for (std::size_t content = 0; content < network.plan->catalogue.size(); ++content) {
    edge_seconds += collector.edge_requests(content).total();
  }
  const std::uint64_t edge =
      measured_requests(network, NodeRole::edge) + measured_requests(network, NodeRole::embedded);
  checks.equal("client requests of all measured seconds = client requests", edge_seconds, edge);
  checks.equal("origin requests of all measured seconds = origin requests",
               collector.origin_requests().total(), measured_requests(network, NodeRole::origin));
  std::vector<ClientCounts> clients(network.plan->networks.size());
  for (const auto& node : network.nodes) node->add_client_counts(clients);
  std::uint64_t asked = 0;
  for (const ClientCounts& client : clients) asked += client.requests;
  checks.equal("requests of all client networks = client requests", asked, edge);
}

// In nanoseconds, wrapping like the counters beside it.
std::uint64_t first_byte_ns(const ObservedNode& node) {
  Int128 sum = 0;
  const Recorder& recorder = node.recorder();
  for (std::uint32_t region = 0; region < recorder.regions(); ++region) {
    for (std::uint16_t content = 0; content < recorder.classes(); ++content) {
      sum += recorder.latency(region, content).first_byte.sum();
    }
  }
  return static_cast<std::uint64_t>(sum);
}

void check_requests(const Network& network, Checks& checks) {
  checks.at_every_node(
      network, "at every node: arrivals and fetches received = requests",
      [](const ObservedNode& n) {
        return n.flows().arrivals +
               n.messages()[static_cast<std::size_t>(MessageKind::fetch)].received;
      },
      [](const ObservedNode& n) { return all_of(n).requests(); });
  checks.at_every_node(
      network, "at every node: times to first byte = sums of their parts", first_byte_ns,
      [](const ObservedNode& n) { return sum_of(n.recorder().total(Phase::measured).time_ns); });
  checks.at_every_node(
      network, "at every node: statuses + still waiting = requests",
      [](const ObservedNode& n) { return sum_of(all_of(n).statuses) + n.flows().waiters_waiting; },
      [](const ObservedNode& n) { return all_of(n).requests(); });
  checks.at_every_node(
      network, "at every node: client requests dropped, event by event = client requests dropped",
      [](const ObservedNode& n) {
        std::uint64_t sum = 0;
        for (const EventCounts& counts : n.event_counts()) sum += counts.requests_dropped;
        return sum;
      },
      [](const ObservedNode& n) { return n.recorder().total(Phase::measured)[Outcome::dropped]; });
  checks.at_every_node(
      network, "at every node that caches: miss causes = misses",
      [](const ObservedNode& n) { return sum_of(all_of(n).causes); },
      [](const ObservedNode& n) { return all_of(n)[Outcome::miss]; });
  checks.at_every_node(
      network, "at every node: waiters joined = released + timed out + still waiting",
      [](const ObservedNode& n) { return n.flows().waiters_joined; },
      [](const ObservedNode& n) {
        const CacheFlows f = n.flows();
        return f.waiters_released + f.waiters_timed_out + f.waiters_waiting;
      });
  checks.at_every_node(
      network, "at every node: fetches, refreshes and what was sent again = fetch messages sent",
      [](const ObservedNode& n) {
        return all_of(n).fetches + all_of(n).refreshes + all_of(n).resent;
      },
      [](const ObservedNode& n) {
        return n.messages()[static_cast<std::size_t>(MessageKind::fetch)].sent;
      });
  checks.at_every_node(
      network,
      "at every node: answers and losses that came in = sent again + by parent, peer or stand-in",
      [](const ObservedNode& n) {
        return n.messages()[static_cast<std::size_t>(MessageKind::reply)].received +
               n.messages()[static_cast<std::size_t>(MessageKind::loss)].received;
      },
      [](const ObservedNode& n) { return all_of(n).resent + sum_of(all_of(n).answered); });
  checks.at_every_node(
      network,
      "at every node that may serve elsewhere: at home + for content, health, overflow = requests "
      "that came",
      [](const ObservedNode& n) { return sum_of(all_of(n).served); },
      [](const ObservedNode& n) {
        return n.may_serve_elsewhere() ? all_of(n).requests() - all_of(n)[Outcome::dropped] : 0;
      });
  checks.at_every_node(
      network, "at every node: answers to nodes = requests of nodes that have a status",
      [](const ObservedNode& n) {
        return n.messages()[static_cast<std::size_t>(MessageKind::reply)].sent;
      },
      [](const ObservedNode& n) {
        return sum_of((serves_clients(n.role()) ? relayed_of(n) : all_of(n)).statuses);
      });
}

void check_bytes(const Network& network, const Collector& collector, Checks& checks) {
  checks.at_every_node(
      network, "at every node: bytes into caches = evicted + expired + purged + held",
      [](const ObservedNode& n) { return n.flows().bytes_in; },
      [](const ObservedNode& n) {
        const CacheFlows f = n.flows();
        return f.bytes_evicted + f.bytes_expired + f.bytes_purged + f.bytes_held;
      });
  checks.at_every_node(
      network, "at every node with disks: bytes in memory and on disks = bytes held",
      [](const ObservedNode& n) { return bytes_held(n.flows().storage); },
      [](const ObservedNode& n) {
        const CacheFlows f = n.flows();
        return f.storage[StorageLevel::ram].servers == 0 ? 0 : f.bytes_held;
      });
  std::uint64_t charged = 0;
  std::uint64_t open = 0;
  for (const auto& node : network.nodes) {
    const ByteLedger& ledger = node->egress().ledger();
    for (std::size_t port = 0; port < ledger.ports(); ++port) {
      charged += static_cast<std::uint64_t>(ledger.total(port).count());
      open += static_cast<std::uint64_t>(ledger.open(port).count());
    }
  }
  checks.equal("bytes charged to ports = bytes of all seconds + bytes after the end", charged,
               collector.bytes_closed() + open);
  checks.equal("bytes of all seconds = bytes that ports carried + bytes in shared queues",
               collector.bytes_closed(),
               collector.loads().bytes_carried() + collector.loads().bytes_queued());
}

void check_messages(const Network& network, const InFlight& in_flight, Checks& checks) {
  std::uint64_t bytes_sent = 0;
  std::uint64_t bytes_received = 0;
  std::uint64_t broken_sent = 0;
  std::uint64_t broken_received = 0;
  for (std::size_t kind = 0; kind < kCountOf<MessageKind>; ++kind) {
    if (!network.uses(static_cast<MessageKind>(kind))) continue;
    MessageCounts total;
    for (const auto& node : network.nodes) {
      total.sent += node->messages()[kind].sent;
      total.received += node->messages()[kind].received;
      total.dropped += node->messages()[kind].dropped;
      total.bytes_sent += node->messages()[kind].bytes_sent;
      total.bytes_received += node->messages()[kind].bytes_received;
      broken_sent += node->messages()[kind].broken_sent;
      broken_received += node->messages()[kind].broken_received;
    }
    checks.equal(
        fmt::format("{} messages sent = received + dropped + in flight", kMessageNames[kind]),
        total.sent, total.received + total.dropped + in_flight.messages[kind]);
    bytes_sent += total.bytes_sent;
    bytes_received += total.bytes_received;
  }
  checks.equal("bytes of replies sent = received + in flight", bytes_sent,
               bytes_received + in_flight.bytes);
  checks.equal("answers sent that break off = received + in flight", broken_sent,
               broken_received + in_flight.broken);
}

void check_connections(const Network& network, const InFlight& in_flight, Checks& checks) {
  ConnectionCounts total;
  for (const auto& node : network.nodes) total += all_connections(*node);
  checks.equal("connections opened = taken in + in flight", total.opened,
               total.taken_in + in_flight.connections);
  checks.at_every_node(
      network,
      "at every node that opens connections: opened + reused = fetch messages sent and not dropped",
      [](const ObservedNode& n) {
        const ConnectionCounts counts = all_connections(n);
        return counts.opened + counts.reused;
      },
      [](const ObservedNode& n) {
        const MessageCounts& fetches = n.messages()[static_cast<std::size_t>(MessageKind::fetch)];
        return n.pools_connections() ? fetches.sent - fetches.dropped : 0;
      });
}

const Players* players_of(const ObservedNode& node) {
  const auto* cache = dynamic_cast<const CacheNode*>(&node);
  return cache == nullptr ? nullptr : cache->players();
}

LiveCounts live_counts(const ObservedNode& node, std::size_t events) {
  LiveCounts sum;
  const Players* players = players_of(node);
  for (std::size_t i = 0; i < events && players != nullptr; ++i) {
    sum += players->counts(static_cast<std::uint16_t>(i));
  }
  return sum;
}

// Players count what they hear, and the node what it does for them.
void check_live(const Network& network, Checks& checks) {
  const std::size_t events = network.plan->demand->live_events().size();
  if (events == 0) return;
  const auto requests = [&network](const ObservedNode& node, bool manifests, auto count) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < network.plan->catalogue.size(); ++i) {
      const ContentClass& content = network.plan->catalogue[i];
      if (!serves_clients(node.role()) || !content.live) continue;
      if (content.live->is_manifest() != manifests) continue;
      const auto number = static_cast<std::uint16_t>(i);
      sum += count(node.recorder().counts(Phase::warmup, number)) +
             count(node.recorder().counts(Phase::measured, number));
    }
    return sum;
  };
  const auto delivered = [](const ClassCounts& counts) { return counts[Status::ok]; };
  checks.at_every_node(
      network, "at every node: segments that players asked for = requests for them + in line",
      [&](const ObservedNode& n) { return live_counts(n, events).asked; },
      [&](const ObservedNode& n) {
        const Players* players = players_of(n);
        return requests(n, false, [](const ClassCounts& counts) { return counts.requests(); }) +
               (players == nullptr ? 0 : players->in_line());
      });
  checks.at_every_node(
      network, "at every node: segments that players have or wait for = answers with a segment",
      [&](const ObservedNode& n) {
        const LiveCounts counts = live_counts(n, events);
        return counts.got + counts.unfinished;
      },
      [&](const ObservedNode& n) { return requests(n, false, delivered); });
  checks.at_every_node(
      network, "at every node: manifests that players got = answers with a manifest",
      [&](const ObservedNode& n) { return live_counts(n, events).manifests_got; },
      [&](const ObservedNode& n) { return requests(n, true, delivered); });
}

void check_redirects(const Network& network, const InFlight& in_flight, Checks& checks) {
  if (!network.redirects) return;
  std::uint64_t sent = 0;
  std::uint64_t taken = 0;
  for (const auto& node : network.nodes) {
    const auto* cache = dynamic_cast<const CacheNode*>(node.get());
    const Overflow* overflow = cache == nullptr ? nullptr : cache->overflow();
    if (overflow == nullptr) continue;
    sent += overflow->sent;
    taken += overflow->taken;
  }
  checks.equal("requests redirected = taken over + in flight", sent, taken + in_flight.redirected);
}

}  // namespace

InFlight in_flight(std::span<const Mailbox> mailboxes) {
  InFlight found;
  for (const Mailbox& mailbox : mailboxes) {
    mailbox.for_each([&](const Message& message) {
      ++found.messages[message.kind];
      if (message.kind == static_cast<std::uint32_t>(MessageKind::fetch)) {
        found.connections += message.as<Fetch>().opens_connection;
      }
      if (message.kind == static_cast<std::uint32_t>(MessageKind::redirect)) {
        found.redirected += message.as<Redirect>().measured;
      }
      if (message.kind != static_cast<std::uint32_t>(MessageKind::reply) &&
          message.kind != static_cast<std::uint32_t>(MessageKind::push)) {
        return;
      }
      const auto reply = message.as<Reply>();
      found.bytes += static_cast<std::uint64_t>(reply.bytes);
      found.broken += reply.broken;
    });
  }
  return found;
}

std::vector<IdentityResult> identities(const Network& network, const Collector& collector,
                                       const InFlight& in_flight) {
  Checks checks;
  check_totals(network, collector, checks);
  check_requests(network, checks);
  check_bytes(network, collector, checks);
  check_messages(network, in_flight, checks);
  check_connections(network, in_flight, checks);
  check_redirects(network, in_flight, checks);
  check_live(network, checks);
  return checks.take();
}

void require_all(const std::vector<IdentityResult>& identities) {
  std::string broken;
  for (const IdentityResult& identity : identities) {
    if (identity.holds) continue;
    broken += fmt::format("\n  {}: {} against {}", identity.name, identity.left, identity.right);
  }
  if (!broken.empty()) throw InternalError("what must be equal is not:" + broken);
}

}  // namespace cdnsim::assembly
