// An origin: answers fetches after its service time, as many at once and a second as it can.
// Does not know caches or who asked first.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <vector>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/data_path/token_bucket.hpp>
#include <cdnsim/models/node/degrading.hpp>
#include <cdnsim/models/node/live_origin.hpp>
#include <cdnsim/models/node/observed_node.hpp>
#include <cdnsim/models/node/spec.hpp>
#include <cdnsim/models/workload/catalogue.hpp>

namespace cdnsim {

class OriginNode final : public ObservedNode {
 public:
  OriginNode(std::string id, const OriginSpec& spec, const Catalogue& catalogue,
             std::unique_ptr<Recorder> recorder, Duration least_delay, DrawKey lots = {},
             DrawKey service = {}, DrawKey faults = {});

  // REQUIRES: `route` is one of this node's egress routes to `asker`.
  void add_asker(NodeId asker, Egress::RouteId route) { ways_[index_of(asker)].route = route; }

  // Who gets a live event's segments as soon as they are out. REQUIRES: that it is an asker.
  void push_to(NodeId node, const LiveObjects& segments) { live_.push_to(node, segments); }
  const LiveOrigin& live() const { return live_; }

  void advance(SimTime horizon, std::span<const Message> inbox, Outbox& outbox) override;
  SimTime next_work() const override {
    // A switch changes nothing by itself: it is looked at when somebody asks.
    return std::min(live_.next_out(),
                    answering_.empty() ? SimTime::max() : answering_.front().ready);
  }
  CacheFlows flows() const override;
  ServerLoads server_loads() const override;
  std::vector<SentOver> sent_over() const override;
  void schedule(const Action& action) override { actions_.push_back(action); }
  void log_lookups(LookupLog& log) override { lookup_log_ = &log; }

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
    std::uint64_t bytes = 0;  // over it, after the warm-up
  };

  void work_before(SimTime time, Outbox& outbox);
  void answer_next(Outbox& outbox);
  void push_next(Outbox& outbox);
  void push(NodeId to, const ContentClass& content, std::uint32_t object, SimTime now,
            Outbox& outbox);
  void on_fetch(const Message& message, Outbox& outbox);
  void log_fetch(const Message& message, Outbox& outbox);
  // When a request of now would be started.
  SimTime start_at(SimTime now);
  Duration next_service();
  void queue(const Answer& answer);
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
  DrawKey lots_;     // for answers that break off
  DrawKey service_;  // for times of service
  Duration between_starts_{0};
  SimTime next_start_{};
  std::optional<TokenBucket<SimClock>> limit_;
  std::map<std::uint32_t, Way> ways_;  // by asking node
  std::deque<Answer> answering_;       // in the order of their time
  // Where it works on so many requests at once: when each of them is done.
  std::priority_queue<SimTime, std::vector<SimTime>, std::greater<>> working_;
  std::uint64_t served_ = 0;     // whose service was drawn
  Duration busy_{0};             // after the warm-up
  WaitCounts waits_;             // likewise
  std::vector<Action> actions_;  // in the order of time
  std::size_t next_action_ = 0;
  std::uint32_t down_causes_ = 0;
  Degrading degrading_;
  LiveOrigin live_;
  LookupLog* lookup_log_ = nullptr;  // where somebody wants to know
  std::uint64_t accepted_ = 0;
  std::uint64_t answered_ = 0;
};

}  // namespace cdnsim
