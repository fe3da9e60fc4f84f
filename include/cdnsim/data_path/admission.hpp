// What an admission policy is: who may enter a cache at all, whatever its eviction policy.
// Does not know any but AdmitAll (the others: models/admission), nor how a cache works.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <string_view>
#include <utility>
#include <variant>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/policy_list.hpp>
#include <cdnsim/data_path/slot.hpp>

namespace cdnsim {

// The cache calls, in this order:
//   attach(capacity)            once, before anything else
//   reach(last)                 there will be up to `last` copies
//   on_hit(key, bytes)          an entry was asked for
//   on_miss(key)                an absent object was asked for
//   admits(key, bytes)          an object that was brought wants to enter
//   outranks(newcomer, victim)  there is no room for it: whether it is worth more than this one,
//                               the next that the eviction policy would let go
template <class A>
concept AdmissionPolicy =
    std::semiregular<A> && requires(A admission, Slot slot, std::uint64_t key, std::int64_t bytes) {
      { A::kName } -> std::convertible_to<std::string_view>;
      { A::kSummary } -> std::convertible_to<std::string_view>;
      A::kParameters.size();
      admission.attach(Bytes(bytes));
      admission.reach(slot);
      admission.on_hit(key, bytes);
      admission.on_miss(key);
      { admission.admits(key, bytes) } -> std::same_as<bool>;
      { admission.outranks(key, key) } -> std::same_as<bool>;
    };

// Everyone may enter. Others inherit what they do not care for.
class AdmitAll {
 public:
  static constexpr std::string_view kName = "always";
  static constexpr std::string_view kSummary = "everything enters";
  static constexpr std::array<PolicyParameter, 0> kParameters{};

  void attach(Bytes) {}
  void reach(Slot) {}
  void on_hit(std::uint64_t, std::int64_t) {}
  void on_miss(std::uint64_t) {}
  bool admits(std::uint64_t, std::int64_t) { return true; }
  bool outranks(std::uint64_t, std::uint64_t) { return true; }
};

// One of a list, chosen when the program runs; AdmitAll, its default, costs a test a look-up.
template <AdmissionPolicy... Others>
class AdmissionChoice {
 public:
  static constexpr std::string_view kName = "any";
  static constexpr std::string_view kSummary = "one of several";
  static constexpr std::array<PolicyParameter, 0> kParameters{};

  AdmissionChoice() = default;
  // Who is listed has been asked for the concept already; asking here would ask about this class
  // itself, whose copies try this constructor, too.
  template <class A>
    requires(std::same_as<A, AdmitAll> || (std::same_as<A, Others> || ...))
  explicit AdmissionChoice(A admission) : chosen_(std::move(admission)) {}

  void attach(Bytes capacity) {
    visit([&](auto& a) { a.attach(capacity); });
  }
  void reach(Slot last) {
    visit([&](auto& a) { a.reach(last); });
  }
  void on_hit(std::uint64_t key, std::int64_t bytes) {
    visit([&](auto& a) { a.on_hit(key, bytes); });
  }
  void on_miss(std::uint64_t key) {
    visit([&](auto& a) { a.on_miss(key); });
  }
  bool admits(std::uint64_t key, std::int64_t bytes) {
    bool may = true;
    visit([&](auto& a) { may = a.admits(key, bytes); });
    return may;
  }
  bool outranks(std::uint64_t newcomer, std::uint64_t victim) {
    bool is_worth_more = true;
    visit([&](auto& a) { is_worth_more = a.outranks(newcomer, victim); });
    return is_worth_more;
  }

 private:
  template <class Use>
  void visit(Use use) {
    if (chosen_.index() == 0) [[likely]]
      return;
    std::visit(use, chosen_);
  }

  std::variant<AdmitAll, Others...> chosen_;
};

namespace detail {
template <class List>
struct ChoiceOf;
template <class... Others>
struct ChoiceOf<PolicyList<AdmitAll, Others...>> {
  using Type = AdmissionChoice<Others...>;
};
}  // namespace detail

// One of a list that begins with AdmitAll.
template <class List>
using AdmissionChoiceOf = typename detail::ChoiceOf<List>::Type;

}  // namespace cdnsim
