// What a node does with the copies of one class of content: its tier's rules applied to what the
// content says of itself, once, when the node is made.
// Does not know caches; a request only looks at this.
#pragma once

#include <vector>

#include <cdnsim/data_path/freshness.hpp>
#include <cdnsim/models/node/copy_spec.hpp>
#include <cdnsim/models/node/server_loads.hpp>
#include <cdnsim/models/node/spec.hpp>
#include <cdnsim/models/workload/catalogue.hpp>

namespace cdnsim {

struct CopyRules {
  bool storable = true;
  // A hit on such a class is more than a hit: its copy may be due for a refresh, or outdated.
  bool watched = false;
  // A request may be for a part of a copy, says who asks, or each is looked at.
  bool in_parts = false;
  // Copies know when the origin made them: it matters what has become of the object since.
  bool keeps_made_at = false;
  bool revalidates = true;
  // No copy may be used unasked, but asking about one saves its bytes.
  bool asks_each_time = false;
  bool honours_age = true;
  Duration lifetime{0};
  Duration refresh_within{0};  // of the end of its lifetime
  StaleWindows windows;
  Duration not_found_ttl{0};
  Duration error_ttl{0};
  CopyPlaces places;
  Duration max_wait{0};  // for its server; a request that would wait longer is shed

  // For how long a copy is good for anything without a word of the origin.
  Duration longest_use() const {
    return std::max({lifetime, windows.while_revalidate, windows.if_error});
  }
  // A fresh copy answers, and there is nothing else to do.
  bool is_plain() const { return storable && !watched && !in_parts; }
  // Otherwise a copy would never be looked at again.
  bool worth_storing() const { return storable && (asks_each_time || longest_use() > Duration{0}); }
  bool remembers_failures() const { return std::max(not_found_ttl, error_ttl) > Duration{0}; }
};

CopyRules copy_rules(const CopySpec& spec, const ContentClass& content);
// By content.
std::vector<CopyRules> copy_rules(const TierSpec& tier, const Catalogue& catalogue);
// What part of a limit each class reaches before it is shed.
std::vector<LimitPart> limit_parts(const TierSpec& tier, const Catalogue& catalogue);

}  // namespace cdnsim
