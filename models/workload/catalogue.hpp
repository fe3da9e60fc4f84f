// Every class of content by a dense index: names, laws and the pure functions of an object.
// Does not know demand or caches. Holds nothing per object.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/hash.hpp>
#include <cdnsim/base/sampler/zipf.hpp>
#include <cdnsim/models/workload/content.hpp>
#include <cdnsim/models/workload/list.hpp>

namespace cdnsim {

struct ContentClass {
  std::string name;
  ContentSpec spec;
  Zipf popularity;
  std::uint64_t key_base;  // of this class's objects
  DrawKey sizes;
  // What Cache-Control means to a shared cache, looked up once.
  bool storable = true;
  Duration lifetime{0};
  StaleWindows windows;
  bool traced = false;  // asked for by a trace: arrivals tell their objects' sizes

  // The cache key of an object: distinct objects of a class never share one.
  std::uint64_t key_of(std::uint32_t object) const { return mix64(key_base + object); }
  // A copy that is stale at once and has no grace is never looked at again.
  bool worth_storing() const {
    return storable &&
           std::max({lifetime, windows.while_revalidate, windows.if_error}) > Duration{0};
  }
  Bytes size_of(std::uint32_t object) const {
    return spec.size.draw(draw(sizes, Counter{object, 0, 0, 0}).low64());
  }
};

class Catalogue {
 public:
  // A workload with own_content() brings a class of its own, named like the workload.
  Catalogue(std::uint64_t seed, const std::map<std::string, ContentSpec>& content,
            const std::map<std::string, WorkloadSpec>& traffic);

  std::size_t size() const { return classes_.size(); }
  const ContentClass& operator[](std::size_t index) const { return classes_[index]; }
  std::uint16_t index_of_name(const std::string& name) const;

 private:
  void add(std::uint64_t seed, const std::string& name, const ContentSpec& spec);

  std::vector<ContentClass> classes_;
};

}  // namespace cdnsim
