// Every class of content by a dense index: names, laws and the pure functions of an object.
// Does not know demand or caches. Holds nothing per object.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/hash.hpp>
#include <cdnsim/models/workload/content.hpp>
#include <cdnsim/models/workload/forms.hpp>
#include <cdnsim/models/workload/list.hpp>
#include <cdnsim/models/workload/live_objects.hpp>
#include <cdnsim/models/workload/object_choice.hpp>
#include <cdnsim/models/workload/popularity.hpp>

namespace cdnsim {

struct ContentClass {
  std::string name;
  ContentSpec spec;
  Popularity popularity;   // of ranks
  std::uint64_t key_base;  // of this class's objects
  DrawKey sizes;
  DrawKey lots;         // of objects: whether one exists, when it changes
  bool traced = false;  // asked for by a trace: arrivals tell their objects' sizes
  bool formed = false;  // its objects are asked for in forms
  // Its arrivals tell something else in the place of their objects' numbers.
  bool numbers_elsewhere = false;
  Forms forms{};
  ObjectChoice choice{};
  std::optional<LiveObjects> live = {};  // of a live event: arrivals tell the viewer

  // The cache key of an object: distinct objects of a class never share one, nor do its forms.
  std::uint64_t key_of(std::uint32_t object) const { return mix64(key_base + object); }
  std::uint64_t key_of(std::uint32_t object, std::uint32_t form) const {
    return mix64(key_base + object + (std::uint64_t{form} << 32));
  }
  // REQUIRES: `key` is one of this class.
  std::uint32_t form_of(std::uint64_t key) const {
    return static_cast<std::uint32_t>((unmix64(key) - key_base) >> 32);
  }
  // REQUIRES: `key` is one of this class.
  std::uint32_t object_of(std::uint64_t key) const {
    return static_cast<std::uint32_t>(unmix64(key) - key_base);
  }
  Bytes size_of(std::uint32_t object) const {
    if (live) return live->size_of(object);
    return spec.size.draw(draw(sizes, Counter{object, 0, 0, 0}).low64());
  }
  // Of the form that `key` is for.
  Bytes size_of(std::uint64_t key, std::uint32_t object) const {
    const Bytes whole = size_of(object);
    return formed ? forms.bytes_of(form_of(key), whole) : whole;
  }
  // By which is remembered what became of this form of the object. Where there are too many forms
  // to remember them all, some share a number; of what is asked for once there is nothing to.
  std::uint32_t number_of(std::uint64_t key, std::uint32_t object) const {
    if (is_asked_once(object)) return kNoNumber;
    return formed ? number_of_form(key) : object;
  }
  bool exists(std::uint32_t object) const {
    if (spec.not_found.value() <= 0.0) return true;
    return unit(draw(lots, Counter{object, 0, 0, 0}).low64()) >= spec.not_found.value();
  }
  // Whether the request at this moment came from social media.
  bool is_social(std::uint64_t key, SimTime at) const {
    if (!spec.social_share) return false;
    constexpr std::uint64_t kSocial = 0x736f6369616c;
    const auto time = static_cast<std::uint64_t>(at.time_since_epoch().count());
    return unit(hash_combine(hash_combine(kSocial, key), time)) < spec.social_share->value();
  }
  // How often the object has changed until `now`: once a period, at the same point of each.
  std::int64_t version_of(std::uint32_t object, SimTime now) const {
    if (!spec.updates) return 0;
    if (live) return live->out_by(now);
    return (now.time_since_epoch() + phase_of(object)) / *spec.updates;
  }
  // When the version that is current at `now` came to be; before the run's start perhaps.
  SimTime version_since(std::uint32_t object, SimTime now) const {
    const Duration phase = phase_of(object);
    return SimTime{version_of(object, now) * *spec.updates - phase};
  }
  std::uint32_t tag_of(std::uint32_t object) const {
    return static_cast<std::uint32_t>(mix64(lots.value ^ object) % spec.tags);
  }

 private:
  std::uint32_t number_of_form(std::uint64_t key) const;
  Duration phase_of(std::uint32_t object) const {
    const std::uint64_t bits = draw(lots, Counter{object, 1, 0, 0}).low64();
    return Duration{
        static_cast<std::int64_t>(bits % static_cast<std::uint64_t>(spec.updates->count()))};
  }
};

class Catalogue {
 public:
  // A workload with own_content() brings a class of its own, named like the workload; a live event
  // brings two.
  Catalogue(std::uint64_t seed, const std::map<std::string, ContentSpec>& content,
            const std::map<std::string, WorkloadSpec>& traffic);

  std::size_t size() const { return classes_.size(); }
  const ContentClass& operator[](std::size_t index) const { return classes_[index]; }
  std::uint16_t index_of_name(const std::string& name) const;

 private:
  void add(std::uint64_t seed, const std::string& name, const ContentSpec& spec);
  void add_live(std::uint64_t seed, const std::string& name, const Live& live);

  std::vector<ContentClass> classes_;
  std::uint16_t live_events_ = 0;
};

}  // namespace cdnsim
