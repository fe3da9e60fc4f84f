// Any bytes as Cache-Control, read as a scenario's and as a response's: the lenient reading has the
// value of the strict one where that has one, and nothing hides what follows or precedes.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <cdnsim/base/check.hpp>
#include <cdnsim/data_path/freshness.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cdnsim;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const Parsed<CacheControl> strict = parse<CacheControl>(text);
  const CacheControl lenient = read_cache_control(text);
  if (strict.value) {
    CDNSIM_ASSERT(*strict.value == lenient, "both readings must agree where both have one");
  } else {
    CDNSIM_ASSERT(!strict.problem.empty(), "a problem must say something");
  }
  CDNSIM_ASSERT(parse<CacheControl>(to_text(lenient)).value == lenient,
                "a value must come back from its text");
  CDNSIM_ASSERT(lenient.lifetime().value_or(Duration(0)) >= Duration(0), "a lifetime below zero");

  CacheControl forbidden = lenient;
  forbidden.no_store = true;
  CDNSIM_ASSERT(read_cache_control(text + ", no-store") == forbidden, "no-store was hidden");
  CacheControl limited = lenient;
  limited.max_age = std::chrono::seconds(7);
  CDNSIM_ASSERT(read_cache_control("max-age=7, " + text) == limited, "the first must count");
  CDNSIM_ASSERT(read_age(text).value_or(Duration(0)) >= Duration(0), "an age below zero");
  return 0;
}
