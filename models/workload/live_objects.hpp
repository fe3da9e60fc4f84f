// The objects of a live event: which segment an object is of and in which rendition, how large it
// is, when it is out, and what a manifest lists that was made at some moment.
// Does not know who asks for them, nor their keys.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/models/workload/live.hpp>

namespace cdnsim {

enum class LivePart : std::uint8_t { segments, manifests };

class LiveObjects {
 public:
  // `event` is its number among those of the scenario, `own` this part's class.
  LiveObjects(const Live& live, LivePart part, std::uint16_t event, std::uint16_t own,
              std::uint16_t other);

  bool is_manifest() const { return part_ == LivePart::manifests; }
  std::uint16_t event() const { return event_; }
  std::uint16_t own_class() const { return own_; }
  std::uint16_t other_class() const { return other_; }
  std::uint32_t segments() const { return segments_; }
  std::uint32_t renditions() const { return static_cast<std::uint32_t>(sizes_.size()); }
  Duration segment() const { return segment_; }
  std::uint32_t behind() const { return behind_; }
  std::uint32_t window() const { return window_; }

  std::uint32_t object_of(std::uint32_t segment, std::uint32_t rendition) const {
    return segment * renditions() + rendition;
  }
  std::uint32_t segment_of(std::uint32_t object) const { return object / renditions(); }
  std::uint32_t rendition_of(std::uint32_t object) const { return object % renditions(); }
  Bytes size_of(std::uint32_t object) const {
    return is_manifest() ? manifest_ : sizes_[rendition_of(object)];
  }

  SimTime filmed_at(std::uint32_t segment) const { return starts_ + segment * segment_; }
  SimTime out_at(std::uint32_t segment) const { return filmed_at(segment + 1) + encoding_; }
  // How many segments are out, which is the version of each manifest.
  std::uint32_t out_by(SimTime now) const {
    if (now < out_at(0)) return 0;
    const std::int64_t since = (now - out_at(0)) / segment_;
    return static_cast<std::uint32_t>(std::min<std::int64_t>(since + 1, segments_));
  }

 private:
  LivePart part_;
  std::uint16_t event_;
  std::uint16_t own_;
  std::uint16_t other_;
  std::uint32_t segments_;
  std::uint32_t behind_;
  std::uint32_t window_;
  SimTime starts_;
  Duration segment_;
  Duration encoding_;
  Bytes manifest_;
  std::vector<Bytes> sizes_;  // of a segment, by rendition
};

}  // namespace cdnsim
