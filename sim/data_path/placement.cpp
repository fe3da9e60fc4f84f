#include <cdnsim/base/text.hpp>
#include <cdnsim/data_path/placement.hpp>

namespace cdnsim {

namespace {

using Members = std::span<const RingMember>;
using Values = std::span<const double>;

constexpr std::string_view kKind = "placement";

std::uint64_t weight_of(Members members) {
  std::uint64_t sum = 0;
  for (const RingMember& member : members) sum += member.weight;
  return sum;
}

std::string prefix(std::string_view family) { return "policy " + quoted(family) + ": "; }

// What is wrong with the values of a family, or with values and members if there are any.
std::string ring_problem(std::string_view family, double nodes, Members members) {
  constexpr std::uint64_t kMostPoints = (std::uint64_t{1} << 30) - 1;
  const auto points = static_cast<Uint128>(nodes) * weight_of(members);
  if (points <= kMostPoints) return {};
  return prefix(family) + "the ring would have more than " + count_text(kMostPoints) +
         " points; write fewer nodes, or smaller weights";
}
std::string problem_of(std::type_identity<HashRing>, Values values, Members members) {
  return ring_problem(HashRing::kName, values[0], members);
}
std::string problem_of(std::type_identity<BoundedRing>, Values values, Members members) {
  return ring_problem(BoundedRing::kName, values[1], members);
}
std::string problem_of(std::type_identity<JumpHash>, Values, Members members) {
  if (weight_of(members) < std::uint64_t{1} << 31) return {};
  return prefix(JumpHash::kName) + "the weights add up to 2^31 or more; write smaller ones";
}
std::string problem_of(std::type_identity<Rendezvous>, Values, Members) { return {}; }
std::string problem_of(std::type_identity<Maglev>, Values values, Members members) {
  const auto places = static_cast<std::uint32_t>(values[0]);
  const std::uint32_t prime = prime_from(places);
  if (prime != places) {
    return prefix(Maglev::kName) + "table is " + count_text(places) +
           ", but must be prime; the next one is " + count_text(prime);
  }
  if (members.size() > Maglev::kMostMembers) {
    return prefix(Maglev::kName) + "it takes up to " + count_text(Maglev::kMostMembers) +
           " servers; use another placement";
  }
  const std::uint64_t weight = weight_of(members);
  if (places >= weight) return {};
  return prefix(Maglev::kName) + "table is " + count_text(places) +
         ", but the servers' weights add up to " + count_text(weight) +
         "; write a prime a hundred times as large as that, or smaller weights";
}

Placement made(std::type_identity<HashRing>, Values values, Members members) {
  return HashRing(members, static_cast<std::uint32_t>(values[0]));
}
Placement made(std::type_identity<BoundedRing>, Values values, Members members) {
  return BoundedRing(members, static_cast<std::uint32_t>(values[1]), values[0]);
}
Placement made(std::type_identity<JumpHash>, Values, Members members) { return JumpHash(members); }
Placement made(std::type_identity<Rendezvous>, Values, Members members) {
  return Rendezvous(members);
}
Placement made(std::type_identity<Maglev>, Values values, Members members) {
  return Maglev(members, static_cast<std::uint32_t>(values[0]));
}

template <class Choice>
std::string problem_of(const Choice& choice, Members members) {
  return problem_of(std::type_identity<typename Choice::Family>{}, choice.values, members);
}

}  // namespace

std::string placement_problem(const PolicyText& text) {
  std::string problem;
  const std::string wrong = with_policy(
      Placements{}, kKind, text, [&](const auto& choice) { problem = problem_of(choice, {}); });
  return wrong.empty() ? problem : wrong;
}

Parsed<Placement> make_placement(const PolicyText& text, Members members) {
  if (weight_of(members) == 0) {
    return {{}, "no server takes keys; write at least one with a weight of 1 or more"};
  }
  Parsed<Placement> placement;
  std::string problem;
  placement.problem =
      with_policy(Placements{}, kKind, text, [&]<class Choice>(const Choice& choice) {
        problem = problem_of(choice, members);
        if (!problem.empty()) return;
        placement.value =
            made(std::type_identity<typename Choice::Family>{}, choice.values, members);
      });
  if (placement.problem.empty()) placement.problem = problem;
  return placement;
}

}  // namespace cdnsim
