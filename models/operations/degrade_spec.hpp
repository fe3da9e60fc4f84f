// What a scenario says of something that goes on working, but worse.
// Does not know nodes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

struct DegradeEvent {
  static constexpr std::string_view kKind = "degrade";
  std::string node;  // or
  std::optional<std::string> link;
  Ratio capacity{1.0};
  Duration delay{0};
  Ratio errors{0.0};
  std::optional<Duration> lasts;
};

template <class V>
void describe(V& v, DegradeEvent& s) {
  v.optional(
      "node", s.node, "the PoP, shield, embedded cache or origin",
      refers_to("/network/pops", "/network/shields", "/network/embedded", "/network/origins"));
  v.optional("link", s.link, "instead of a node: the link, in both directions",
             refers_to("/network/links"));
  v.optional("capacity", s.capacity,
             "of what its servers do in a second, what is left: each request takes so much longer; "
             "of what a link carries, from the second that is half over on",
             above(Ratio{0.0}), at_most(Ratio{1.0}));
  v.optional("delay", s.delay, "how much later each of its answers leaves; no server waits for it",
             at_least(Duration{0}), at_most(Duration{1h}));
  v.optional("errors", s.errors, "the share of requests that it answers with an error",
             at_least(Ratio{0.0}), at_most(Ratio{1.0}));
  v.optional("lasts", s.lasts, "until it works as before; to the end when not given",
             at_least(Duration{1ms}));
  v.require(s.node.empty() == s.link.has_value(), "node",
            "give what gets worse: a node or a link, and not both");
  v.require(!s.link || (s.delay == Duration{0} && s.errors == Ratio{0.0}), "link",
            "a link can lose some of its capacity; delay and errors are a node's");
  v.require(!s.link || !s.lasts || *s.lasts >= Duration{1s}, "lasts",
            "a link is degraded by whole seconds; give at least 1s");
  v.require(s.capacity < Ratio{1.0} || s.delay > Duration{0} || s.errors > Ratio{0.0}, "capacity",
            "nothing gets worse; give some of capacity, delay and errors");
}

}  // namespace cdnsim
