#include <map>
#include <optional>

#include <cdnsim/assembly/crossings.hpp>
#include <cdnsim/models/economics/exact.hpp>

namespace cdnsim::assembly {
namespace {

using ByNetwork = std::vector<std::int64_t>;

void add_bytes(ByNetwork& sum, const ByNetwork& more) {
  sum.resize(more.size());
  for (std::size_t i = 0; i < more.size(); ++i) sum[i] += more[i];
}

class CrossingCounter {
 public:
  explicit CrossingCounter(const Network& network)
      : network_(network), served_(network.plan->networks.size()) {
    for (const auto& node : network.nodes) add_bytes(served_, got_from(*node));
  }

  std::vector<ByNetwork> count() {
    const std::size_t links = network_.plan->topology.links().size();
    std::vector<ByNetwork> crossed(links);
    for (const auto& node : network_.nodes) {
      for (const SentOver& sent : node->sent_over()) {
        const ByNetwork bytes = for_whom(sent);
        if (bytes.empty()) continue;
        for (const std::uint32_t port : node->egress().ports_of(sent.route)) {
          const std::uint32_t link = node->egress().port_refs()[port].link;
          if (link < links) add_bytes(crossed[link], bytes);  // else it is a fabric
        }
      }
    }
    return crossed;
  }

 private:
  ByNetwork got_from(const ObservedNode& node) const {
    std::vector<ClientCounts> counts(network_.plan->networks.size());
    node.add_client_counts(counts);
    ByNetwork bytes;
    for (const ClientCounts& count : counts) {
      bytes.push_back(static_cast<std::int64_t>(count.bytes));
    }
    return bytes;
  }

  // The bytes of it, by network; nothing where there are none.
  ByNetwork for_whom(const SentOver& sent) {
    if (sent.bytes == 0) return {};
    const auto bytes = static_cast<std::int64_t>(sent.bytes);
    if (sent.to_clients) {
      ByNetwork whole(served_.size());
      whole[sent.audience] = bytes;
      return whole;
    }
    const ByNetwork& own = caused_by(index_of(sent.node));
    const ByNetwork& shares = capped_sum(own) > 0 ? own : served_;
    if (capped_sum(shares) == 0) return {};
    ByNetwork parts;
    for (const Int128 part : split(Int128{bytes}, shares)) {
      parts.push_back(static_cast<std::int64_t>(part));
    }
    return parts;
  }

  // How much further up those are who ask.
  static int height(NodeRole role) {
    switch (role) {
      case NodeRole::embedded: return 0;
      case NodeRole::edge: return 1;
      case NodeRole::shield: return 2;
      default: return 3;
    }
  }

  // Peers and stand-ins ask one another: only who is below counts, so that this ends.
  const ByNetwork& caused_by(std::size_t index) {
    const auto known = caused_.find(index);
    if (known != caused_.end()) return known->second;
    const ObservedNode& node = *network_.nodes[index];
    ByNetwork sum = got_from(node);
    for (const SentOver& sent : node.sent_over()) {
      if (sent.to_clients) continue;
      if (height(network_.nodes[index_of(sent.node)]->role()) >= height(node.role())) continue;
      if (const ByNetwork bytes = for_whom(sent); !bytes.empty()) add_bytes(sum, bytes);
    }
    return caused_.emplace(index, std::move(sum)).first->second;
  }

  const Network& network_;
  ByNetwork served_;
  std::map<std::size_t, ByNetwork> caused_;  // by node
};

}  // namespace

std::vector<std::vector<std::int64_t>> crossings(const Network& network) {
  return CrossingCounter(network).count();
}

}  // namespace cdnsim::assembly
