#include <string_view>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/models/admission/list.hpp>
#include <cdnsim/models/cache_policy/list.hpp>
#include <cdnsim/tools/cache_arguments.hpp>

namespace cdnsim::tools {
namespace {

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> parts(1);
  for (const char c : list) {
    if (c == ',') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

// Parameters of one policy are separated by commas too: what has '=' but no ':' is one of them.
std::vector<std::string> split_policies(const std::string& list) {
  std::vector<std::string> policies;
  for (const std::string& part : split(list)) {
    const bool is_parameter =
        part.find('=') != std::string::npos && part.find(':') == std::string::npos;
    if (is_parameter && !policies.empty()) {
      policies.back() += "," + part;
    } else {
      policies.push_back(part);
    }
  }
  return policies;
}

class Reader {
 public:
  void read_policy(const std::string& text, std::vector<PolicyText>& policies) {
    const Parsed<PolicyText> policy = parse<PolicyText>(text);
    if (!policy.value) return tell("--policy", policy.problem);
    const std::string wrong = with_laboratory_policy(*policy.value, [](const auto&) {});
    if (!wrong.empty()) return tell("--policy", wrong);
    policies.push_back(*policy.value);
  }

  void read_admission(const std::string& text, std::vector<AdmissionText>& admissions) {
    const Parsed<AdmissionText> admission = parse<AdmissionText>(text);
    if (!admission.value) return tell("--admission", admission.problem);
    const std::string wrong = make_admission(*admission.value).problem;
    if (!wrong.empty()) return tell("--admission", wrong);
    admissions.push_back(*admission.value);
  }

  void read_size(const std::string& text, bool ignore_sizes, std::vector<LabSize>& sizes) {
    if (text.ends_with('%')) {
      const Parsed<Ratio> share = parse<Ratio>(text);
      if (!share.value) return tell("--size", share.problem);
      if (share.value->value() <= 0) return tell("--size", quoted(text) + " is nothing");
      sizes.emplace_back(*share.value);
      return;
    }
    const Parsed<std::uint64_t> count = parse<std::uint64_t>(text);
    std::int64_t size = 0;
    if (ignore_sizes) {
      if (!count.value || *count.value > kMostObjects) {
        return tell("--size", fmt::format("{} is not a number of objects; write e.g. \"1000\", "
                                          "\"200k\" or \"1%\"",
                                          quoted(text)));
      }
      size = static_cast<std::int64_t>(*count.value);
    } else {
      const bool is_plain = text.find_first_not_of("0123456789") == std::string::npos;
      const Parsed<Bytes> bytes = parse<Bytes>(is_plain ? text + "B" : text);
      if (!bytes.value) {
        return tell("--size",
                    fmt::format("{} is not a size; write e.g. \"10MiB\" or \"1%\"", quoted(text)));
      }
      size = bytes.value->count();
      if (size > kMostBytes) {
        return tell("--size", fmt::format("{} is more than any cache has; at most {}", quoted(text),
                                          to_text(Bytes(kMostBytes))));
      }
    }
    if (size == 0) return tell("--size", quoted(text) + " is nothing");
    sizes.emplace_back(size);
  }

  void raise() const {
    if (!problems_.empty()) throw UserError(problems_);
  }

 private:
  static constexpr std::uint64_t kMostObjects = kMaxSlot;
  static constexpr std::int64_t kMostBytes = std::int64_t{1} << 56;  // policies keep bits beside

  void tell(std::string_view option, const std::string& problem) {
    if (!problems_.empty()) problems_ += "\ncdnsim: ";
    problems_ += fmt::format("{}: {}", option, problem);
  }

  std::string problems_;
};

}  // namespace

LabLists read_lab_lists(const LabWords& words) {
  Reader reader;
  LabLists lists;
  for (const std::string& text : split_policies(words.policies)) {
    reader.read_policy(text, lists.policies);
  }
  for (const std::string& text : split_policies(words.admissions)) {
    reader.read_admission(text, lists.admissions);
  }
  for (const std::string& text : split(words.sizes)) {
    reader.read_size(text, words.ignore_sizes, lists.sizes);
  }
  reader.raise();
  return lists;
}

}  // namespace cdnsim::tools
