// Where the reports of all PoPs come together and objects that go viral are found; PoPs are told,
// and where something is done about them also when they have cooled down.
// Does not know what is done.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <cdnsim/data_path/viral_watch.hpp>
#include <cdnsim/models/node/observed_node.hpp>
#include <cdnsim/models/node/viral_spec.hpp>

namespace cdnsim {

class DetectorNode final : public ObservedNode {
 public:
  // One object that was found, when, and when it had cooled down.
  struct Detection {
    ViralWatch::Found found;
    SimTime at{};
    SimTime over_at = SimTime::max();
  };

  DetectorNode(std::string id, const ViralSpec& spec, std::unique_ptr<Recorder> recorder,
               Duration least_delay);

  // A PoP that reports, and is to be told.
  void add_pop(NodeId pop, Duration report_delay, Duration alert_delay);
  // Who is told too.
  void add_listener(NodeId node, Duration delay);

  void advance(SimTime horizon, std::span<const Message> inbox, Outbox& outbox) override;
  SimTime next_work() const override;
  CacheFlows flows() const override;
  void schedule(const Action&) override {}

  const std::vector<Detection>& detections() const { return detections_; }

 private:
  struct Listener {
    NodeId node{};
    Duration delay{0};
  };

  void judge_before(SimTime time, Outbox& outbox);
  std::optional<std::int64_t> next_interval() const;
  void end(std::uint64_t key, SimTime now, Outbox& outbox);
  void tell(const HotAlert& alert, SimTime now, Outbox& outbox);
  void on_report(const Message& message);

  Duration every_;
  Duration least_delay_;
  Duration patience_{0};  // the longest that a report takes
  ViralWatch watch_;
  bool tells_end_;
  std::vector<Listener> listeners_;
  std::vector<Detection> detections_;
};

}  // namespace cdnsim
