// The first request in which two runs part: both are run again, up to where their series do.
// Does not know how it is told.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <cdnsim/tools/result_files.hpp>

namespace cdnsim::tools {

// A look-up that one run has and the other has not, or that found something else there.
struct PartedRequest {
  std::string node;
  double at_s = 0;
  std::string content;
  std::uint32_t object = 0;
  bool by_client = false;
  std::string baseline, candidate;  // what it found: "hit", "miss: evicted", "not asked"
};

struct FirstRequest {
  std::optional<PartedRequest> request;
  std::string why_none;  // a sentence, where there is none
};

// Of the nodes that part in the first bin. REQUIRES: `partings` are those of the two folders.
FirstRequest first_request(const std::string& baseline, const std::string& candidate,
                           const std::vector<Parting>& partings);

}  // namespace cdnsim::tools
