// What a scenario says of the requests for one class of content beside which object they name: the
// parameters and headers that come with them, and which part of the object they want.
// Does not know caches, nor what a key is made of.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/models/workload/laws.hpp>

namespace cdnsim {

// A query parameter. Its values are equally likely.
struct ParameterSpec {
  std::optional<std::uint32_t> values;
  bool unique = false;
  Ratio share{1.0};
};

template <class V>
void describe(V& v, ParameterSpec& s) {
  v.optional("values", s.values, "how many values it has, equally likely; 1 when not given",
             at_least(1u), at_most(4096u));
  v.optional("unique", s.unique,
             "every request has a value of its own: a session's token, a cache buster");
  v.optional("share", s.share, "share of the requests that have it; 100% when not given");
  v.require(!s.unique || !s.values, "values", "what is unique has as many values as requests");
}

struct HeaderSpec {
  std::map<std::string, double> values;
  Ratio share{1.0};
};

template <class V>
void describe(V& v, HeaderSpec& s) {
  v.required("values", s.values, "its values with the weight of each; need not sum to 1",
             at_least(0.0), min_members(1));
  v.optional("share", s.share, "share of the requests that have it; 100% when not given");
}

struct AskedSpec {
  std::map<std::string, ParameterSpec> parameters;
  std::map<std::string, HeaderSpec> headers;
};

template <class V>
void describe(V& v, AskedSpec& s) {
  v.map("parameters", s.parameters, "query parameters by name");
  v.map("headers", s.headers, "request headers by name");
}

// What a cache keeps of an object that is asked for in ranges.
enum class RangeCaching { segments, whole };

constexpr std::array<EnumName<RangeCaching>, 2> enum_names(RangeCaching) {
  return {{{RangeCaching::segments, "segments"}, {RangeCaching::whole, "whole"}}};
}

struct RangeSpec {
  Bytes segment{1'048'576};
  PopularityLaw from;
  RangeCaching cache = RangeCaching::segments;
  std::optional<Duration> lasts;
};

template <class V>
void describe(V& v, RangeSpec& s) {
  v.required("segment", s.segment,
             "each request asks for one part of this size; the last is shorter", at_least(Bytes{1}),
             at_most(Bytes{SizeLaw::kSizeMax}));
  v.optional("from", s.from,
             "which segment: uniform, or zipf:0.8 over their numbers, the first most often");
  v.optional("cache", s.cache,
             "segments: each is fetched and kept by itself; whole: the first request for any "
             "fetches all of the object");
  v.optional("lasts", s.lasts,
             "playing time of a segment, by which ssd_head knows the beginning of a video",
             at_least(Duration{1ms}), at_most(Duration{24h}));
  v.require(!s.lasts || s.cache == RangeCaching::segments, "lasts",
            "says where cached segments lie; write \"cache\": \"segments\" or take it out");
}

}  // namespace cdnsim
