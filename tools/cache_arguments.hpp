// Policies, admissions and sizes as the command line lists them, all mistakes told at once.
// Does not know traces.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/policy_text.hpp>

namespace cdnsim::tools {

// How large a cache is to be: so much, or a share of what the trace asks for.
using LabSize = std::variant<std::int64_t, Ratio>;

struct LabLists {
  std::vector<PolicyText> policies;
  std::vector<LabSize> sizes;
  std::vector<AdmissionText> admissions;
};

// What the command line says of the caches, as it was written.
struct LabWords {
  std::string policies, sizes, admissions;
  bool ignore_sizes = false;
};

// `policies` is "lru,s3fifo:small=0.2,ghost=0.5,sieve": a comma before NAME= stays with the policy;
// `admissions` likewise. `sizes` is "0.1%,10MiB"; with `ignore_sizes` "1%,200k" are objects.
// Throws one UserError.
LabLists read_lab_lists(const LabWords& words);

}  // namespace cdnsim::tools
