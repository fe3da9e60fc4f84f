// Where the reports of all PoPs come together and objects that go viral are found; PoPs are told.
// Does not know what PoPs do about it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <cdnsim/data_path/viral_watch.hpp>
#include <cdnsim/models/node/observed_node.hpp>
#include <cdnsim/models/node/viral_spec.hpp>

namespace cdnsim {

class DetectorNode final : public ObservedNode {
 public:
  // One object that was found, and when.
  struct Detection {
    ViralWatch::Found found;
    SimTime at{};
  };

  DetectorNode(std::string id, const ViralSpec& spec, std::unique_ptr<Recorder> recorder,
               Duration least_delay);

  // A PoP that reports, and is to be told.
  void add_pop(NodeId pop, Duration delay);

  void advance(SimTime horizon, std::span<const Message> inbox, Outbox& outbox) override;
  SimTime next_work() const override;
  CacheFlows flows() const override;
  void schedule(const Action&) override {}

  const std::vector<Detection>& detections() const { return detections_; }

 private:
  struct Pop {
    NodeId node{};
    Duration delay{0};
  };

  void judge_before(SimTime time, Outbox& outbox);
  void on_report(const Message& message);

  Duration every_;
  Duration least_delay_;
  Duration patience_{0};  // the longest that a report takes
  ViralWatch watch_;
  std::vector<Pop> pops_;
  std::vector<Detection> detections_;
};

}  // namespace cdnsim
