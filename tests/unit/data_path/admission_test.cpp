// Who may enter a cache: each admission policy by examples worked out by hand, or by its formula.

#include <cmath>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/models/admission/list.hpp>
#include <cdnsim/models/cache_policy/lru.hpp>
#include <tests/support/catch.hpp>

namespace admission_test {

using namespace cdnsim;

AnyAdmission admission(const std::string& text) {
  const Parsed<PolicyText> parsed = parse<PolicyText>(text);
  return *make_admission(parsed.value.value()).value;
}

// An LRU of letters, each of one byte.
std::string outcomes(const std::string& admission_text, std::int64_t capacity,
                     const std::string& letters) {
  Cache<Lru, NoClock, AnyAdmission> cache(Bytes(capacity), {}, admission(admission_text));
  std::string outcome;
  for (const char c : letters) {
    outcome += cache.request(static_cast<std::uint64_t>(c), Bytes(1)) ? 'h' : 'm';
  }
  return outcome;
}

// How many of so many new keys get in.
int entering(const std::string& admission_text, int keys) {
  AnyAdmission gate = admission(admission_text);
  gate.attach(Bytes(1'000'000));
  int entered = 0;
  for (int key = 0; key < keys; ++key) entered += gate.admits(mix64(key), 1) ? 1 : 0;
  return entered;
}

std::string problem_with(const std::string& text) {
  const Parsed<AdmissionText> parsed = parse<AdmissionText>(text);
  return parsed.value ? make_admission(*parsed.value).problem : parsed.problem;
}

TEST_CASE("always lets everything in") {
  CHECK(outcomes("always", 2, "ABABCA") == "mmhhmm");
  CHECK(entering("always", 1000) == 1000);
}

TEST_CASE("an object enters the n-th time that it is brought") {
  CHECK(outcomes("nth:n=1", 2, "ABAB") == "mmhh");
  CHECK(outcomes("nth:n=2", 2, "AAABAB") == "mmhmhm");
  CHECK(outcomes("nth:n=3", 2, "AABAAA") == "mmmmhh");
  // Who has entered and gone begins anew: A is in, B and C push it out.
  CHECK(outcomes("nth:n=2", 1, "AAABBBAAA") == "mmhmmhmmh");
  // With memory for one key, B makes it forget A.
  CHECK(outcomes("nth:n=2,keys=1", 2, "ABAAA") == "mmmmh");
  CHECK(outcomes("nth:n=2,keys=2", 2, "ABAAA") == "mmmhh");
}

TEST_CASE("each object enters by the same chance") {
  CHECK(entering("prob:p=0", 1000) == 0);
  CHECK(entering("prob:p=1", 1000) == 1000);
  // 100,000 draws of 0.3: 30,000 +- 4 x 145.
  CHECK(std::abs(entering("prob:p=0.3", 100'000) - 30'000) < 580);
  CHECK(std::abs(entering("prob:p=0.3,seed=7", 100'000) - 30'000) < 580);
  CHECK(entering("prob:p=0.3", 1000) != entering("prob:p=0.3,seed=7", 1000));
}

TEST_CASE("objects enter by their size, the bounds included") {
  AnyAdmission gate = admission("size:least=10,most=1KiB");
  for (const std::int64_t in : {10, 11, 1023, 1024}) CHECK(gate.admits(1, in));
  for (const std::int64_t out : {1, 9, 1025, 1'000'000}) CHECK_FALSE(gate.admits(1, out));
}

TEST_CASE("the doorkeeper lets in what it has seen, and few others") {
  CHECK(outcomes("bloom", 2, "AAABAB") == "mmhmhm");
  constexpr int kKeys = 20'000;
  AnyAdmission gate = admission("bloom:keys=20000,error=0.02");
  int strangers = 0;
  for (int key = 0; key < kKeys; ++key) strangers += gate.admits(mix64(key), 1) ? 1 : 0;
  // The filter fills up: a new key is taken for a known one by 0.02 at the end and less before, so
  // by far less than 400 in all; and those that were not taken in leave room for as many more.
  CHECK(strangers < 400);
  // The last 20,000 new keys are known, whatever came before them.
  for (int key = 0; key < kKeys; ++key) REQUIRE(gate.admits(mix64(key), 1));
  // Of strangers to two full filters 1 - 0.98^2 = 0.04 get in: 4000 of 100,000, less at first, as
  // the younger is emptied now and then: from one full filter's 0.02 up.
  int others = 0;
  for (int key = kKeys; key < kKeys + 100'000; ++key) others += gate.admits(mix64(key), 1) ? 1 : 0;
  CHECK(others > 1900);
  CHECK(others < 4100);
}

TEST_CASE("who is brought last is known for as many others as a filter holds") {
  AnyAdmission gate = admission("bloom:keys=100,error=0.000001");
  std::uint64_t next = 1000;
  for (int before = 0; before < 150; before += 10) {  // wherever the filters stand
    for (int i = 0; i < before; ++i) gate.admits(mix64(next++), 1);
    const std::uint64_t mine = mix64(next++);
    CHECK_FALSE(gate.admits(mine, 1));
    for (int i = 0; i < 99; ++i) gate.admits(mix64(next++), 1);
    CHECK(gate.admits(mine, 1));
  }
}

TEST_CASE("TinyLFU keeps out who is asked for less often than the next to go") {
  // A and B fill it, each asked for twice. C is asked for once, twice: not more often than B, the
  // least recent; the third time it is, and B goes.
  CHECK(outcomes("tinylfu", 2, "BABACCC") == "mmhhmmm");
  CHECK(outcomes("tinylfu", 2, "BABACCCCAB") == "mmhhmmmhhm");
  // With room for it nobody is asked.
  CHECK(outcomes("tinylfu", 3, "BABACC") == "mmhhmh");
}

TEST_CASE("of several victims those go that are worth less than the newcomer") {
  Cache<Lru, NoClock, AnyAdmission> cache(Bytes(3), {}, admission("tinylfu"));
  for (const std::uint64_t key : {1, 2, 3, 3, 3}) cache.request(key, Bytes(1));
  cache.request(9, Bytes(3));
  CHECK(cache.peek(1) != kNoSlot);  // 9 was asked for once, as 1 was
  cache.request(9, Bytes(3));
  CHECK(cache.peek(1) == kNoSlot);
  CHECK(cache.peek(2) == kNoSlot);
  CHECK(cache.peek(3) != kNoSlot);  // asked for three times
  CHECK(cache.peek(9) == kNoSlot);
}

TEST_CASE("AdaptSize's model: objects all alike are held by the share that fits") {
  // 100 objects of 10 bytes in 500 bytes: each is there half of the time, whatever the chance, if
  // only it is let in soon: at rate 50 and c = 5, by 1 - exp(-50 exp(-2)) = 0.9988.
  AdaptSizeModel model(500);
  for (int i = 0; i < 100; ++i) model.add(50.0, 10);
  for (const double scale : {5.0, 100.0, AdaptSizeModel::kNoLimit}) {
    CHECK(model.hit_ratio(scale) == Approx(0.5).epsilon(1e-6));
  }
  CHECK(model.hit_ratio(0.5) < 1e-5);  // by 50 exp(-20) = 0.0000001
}

TEST_CASE("AdaptSize's model finds that small and popular objects are worth the room") {
  // 100 of 1 byte at rate 10, 10 of 100 bytes at rate 1, room for 100 bytes. With c = 10 small
  // ones enter by 0.905 and large ones by 0.0000454; all small ones but 0.00012 are let in within
  // the window, and next to none of the large, so the hit ratio is 1000 (1 - 0.00012) / 1010 =
  // 0.990.
  AdaptSizeModel model(100);
  for (int i = 0; i < 100; ++i) model.add(10.0, 1);
  for (int i = 0; i < 10; ++i) model.add(1.0, 100);
  CHECK(model.hit_ratio(10) == Approx(0.9900).margin(0.0003));
  CHECK(model.hit_ratio(AdaptSizeModel::kNoLimit) < 0.97);
  CHECK(model.best_scale() > 1);
  CHECK(model.best_scale() < 100);
  CHECK(model.hit_ratio(model.best_scale()) >= model.hit_ratio(10));
}

TEST_CASE("AdaptSize lets everything in where everything fits") {
  AdaptSizeModel model(10'000);
  for (int i = 0; i < 100; ++i) model.add(1.0, 100);
  CHECK(model.best_scale() == AdaptSizeModel::kNoLimit);
}

TEST_CASE("AdaptSize hits more requests than letting all in, where large objects are rare") {
  const auto hits = [](const std::string& text) {
    Cache<Lru, NoClock, AnyAdmission> cache(Bytes(100'000), {}, admission(text));
    int found = 0;
    for (std::uint64_t i = 0; i < 60'000; ++i) {
      const std::uint64_t random = mix64(i);
      const bool large = random % 4 == 0;
      const std::uint64_t key = large ? 1'000'000 + (random >> 20) % 100'000 : (random >> 20) % 500;
      found += cache.request(key, Bytes(large ? 20'000 : 200)) && i >= 20'000 ? 1 : 0;
    }
    return found;
  };
  // Small ones, 3/4 of the requests, fit together exactly; large ones are hardly ever asked again.
  // So at most 0.75 x 40,000 = 30,000 hits, and AdaptSize's should come near. Let in, a large one
  // takes a fifth of the room, so that there is room for little between one and the next.
  CHECK(hits("adaptsize:window=5000") > 27'000);
  CHECK(hits("always") < 5'000);
}

TEST_CASE("admission policies are told by name, and mistakes say what to do") {
  for (const std::string_view name : admission_names()) {
    CHECK(problem_with(std::string(name)).empty());
  }
  CHECK(
      problem_with("blom") ==
      "unknown admission policy \"blom\"; did you mean \"bloom\"? known: adaptsize, always, bloom, "
      "nth, prob, size, tinylfu");
  CHECK(problem_with("nth:n=0") == "policy \"nth\": n is 0; it may be from 1 to 1000");
  CHECK(problem_with("bloom:") ==
        "\"bloom:\" is not an admission policy; write e.g. \"bloom:keys=200k\"");
  CHECK(problem_with("size:most=1 MiB").empty());
  CHECK(problem_with("bloom:keys=200k").empty());
}

}  // namespace admission_test
