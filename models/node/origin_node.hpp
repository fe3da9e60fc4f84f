// An origin: answers fetches after its service time, as many a second as it can.
// Does not know caches or who asked first.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/data_path/token_bucket.hpp>
#include <cdnsim/models/node/observed_node.hpp>
#include <cdnsim/models/node/spec.hpp>
#include <cdnsim/models/workload/catalogue.hpp>

namespace cdnsim {

class OriginNode final : public ObservedNode {
 public:
  OriginNode(std::string id, const OriginSpec& spec, const Catalogue& catalogue,
             std::unique_ptr<Recorder> recorder, Duration least_delay, DrawKey lots = {});

  // REQUIRES: `route` is one of this node's egress routes to `asker`.
  void add_asker(NodeId asker, Egress::RouteId route) { ways_[index_of(asker)].route = route; }

  void advance(SimTime horizon, std::span<const Message> inbox, Outbox& outbox) override;
  SimTime next_work() const override {
    // A switch changes nothing by itself: it is looked at when somebody asks.
    return answering_.empty() ? SimTime::max() : answering_.front().ready;
  }
  CacheFlows flows() const override;
  void schedule(const Action& action) override { actions_.push_back(action); }

 private:
  struct Answer {
    SimTime born{};
    SimTime ready{};
    NodeId to{};
    Fetch fetch;
    bool dies = false;  // with the origin, which goes down before it is ready
  };

  // To who asks. What is sent while it is cut is lost, which the other finds out later.
  struct Way {
    Egress::RouteId route = 0;
    bool cut = false;
    std::uint32_t cut_by = 0;  // event
    Duration noticed_after{0};
  };

  void answer_before(SimTime time, Outbox& outbox);
  void on_fetch(const Message& message, Outbox& outbox);
  // `born` is when the request came.
  void send(NodeId to, const Fetch& fetch, SimTime born, SimTime now, Status status,
            Outbox& outbox);
  void lose(NodeId to, const Way& way, const Fetch& fetch, SimTime born, SimTime now,
            Outbox& outbox);
  CutTransfer transfer(const Fetch& fetch, Egress::RouteId route, Bytes bytes, SimTime now);
  // After how many bytes an answer breaks off.
  Bytes breaks_after(const Fetch& fetch, Bytes bytes, SimTime now) const;
  // From when on nothing is sent: `now` while it is down.
  SimTime off_at(SimTime now);
  bool is_down(SimTime now);
  void carry_out_until(SimTime now);

  OriginSpec spec_;
  const Catalogue& catalogue_;
  Duration least_delay_;
  DrawKey lots_;  // for answers that break off
  Duration between_starts_{0};
  SimTime next_start_{};
  std::optional<TokenBucket<SimClock>> limit_;
  std::map<std::uint32_t, Way> ways_;  // by asking node
  // In the order of their time: every request takes the same service time from its start.
  std::deque<Answer> answering_;
  std::vector<Action> actions_;  // in the order of time
  std::size_t next_action_ = 0;
  std::uint32_t down_causes_ = 0;
  std::uint64_t accepted_ = 0;
  std::uint64_t answered_ = 0;
};

}  // namespace cdnsim
