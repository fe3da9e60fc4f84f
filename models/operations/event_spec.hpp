// What a scenario says happens during the run: purges, and what goes down or fails and comes back.
// Does not know nodes, nor how an event is carried out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/models/operations/degrade_spec.hpp>
#include <cdnsim/models/operations/faults_spec.hpp>

namespace cdnsim {

// Object n of a class has the URL /CLASS/n divided by 1000/n.
struct PurgeEvent {
  static constexpr std::string_view kKind = "purge";
  bool everything = false;
  std::optional<std::string> content;
  std::optional<std::string> url;
  std::optional<std::string> prefix;
  std::optional<std::string> tag;
  bool soft = false;
  Duration delay = std::chrono::milliseconds(150);
  Duration spread{0};
  bool shields_first = false;
};

template <class V>
void describe(V& v, PurgeEvent& s) {
  v.optional("everything", s.everything, "every copy of every class");
  v.optional("class", s.content, "every object of a class of content");
  v.optional("url", s.url, "one object: object 12345 of images is /images/12/12345",
             example("/images/12/12345"));
  v.optional("prefix", s.prefix, "all objects whose URL begins so: /images/12/ are a thousand",
             example("/images/12/"));
  v.optional("tag", s.tag, "all objects of a class with one of its tags: images:t7",
             example("images:t7"));
  v.optional("soft", s.soft, "copies go stale and stay, rather than leave at once");
  v.optional("delay", s.delay, "time until the first node hears of it", at_least(Duration{0}),
             at_most(Duration{24h}));
  v.optional("spread", s.spread,
             "how much later the last node may hear of it; each has a moment of its own",
             at_least(Duration{0}), at_most(Duration{24h}));
  v.optional("shields_first", s.shields_first,
             "shields hear of it at once after the delay: no PoP can fetch the old from them");
  v.require(s.everything + s.content.has_value() + s.url.has_value() + s.prefix.has_value() +
                    s.tag.has_value() ==
                1,
            "class", "give exactly one of everything, class, url, prefix and tag");
}

struct DownEvent {
  static constexpr std::string_view kKind = "down";
  std::string node;
  std::optional<std::uint32_t> server;
  std::optional<Duration> lasts;
  Duration noticed_after = std::chrono::seconds(3);
  bool wipes = false;
};

template <class V>
void describe(V& v, DownEvent& s) {
  v.required(
      "node", s.node,
      "the PoP, shield, embedded cache or origin that goes down, or whose server does",
      refers_to("/network/pops", "/network/shields", "/network/embedded", "/network/origins"));
  v.optional("server", s.server, "only this one of its servers, counted from 0");
  v.optional("lasts", s.lasts, "until it is back; to the end when not given",
             at_least(Duration{1ms}));
  v.optional(
      "noticed_after", s.noticed_after,
      "until the other servers take over what a server owned, and again until it gets it back",
      at_least(Duration{0}), at_most(Duration{1h}));
  v.optional("wipes", s.wipes, "a server comes back with an empty cache");
}

// A link carries nothing, or none of the links of a place does, or a pod does no work, or all that
// is in a failure domain fails.
struct FailEvent {
  static constexpr std::string_view kKind = "fail";
  std::optional<std::string> link;
  std::optional<std::string> ixp;
  std::optional<std::string> transit_provider;
  std::optional<std::string> pop;
  std::optional<Duration> lasts;
  std::optional<std::string> shield = {};
  std::optional<std::string> embedded = {};
  std::optional<std::string> origin = {};
  std::optional<std::string> domain = {};
  std::optional<std::uint32_t> pod = {};
  Duration noticed_after = std::chrono::seconds(3);

  // The place that is named; empty where a link or a domain is.
  std::string place() const {
    for (const auto* one : {&ixp, &transit_provider, &pop, &shield, &embedded, &origin}) {
      if (*one) return **one;
    }
    return "";
  }
};

template <class V>
void describe(V& v, FailEvent& s) {
  v.optional("link", s.link, "this link, in both directions", refers_to("/network/links"));
  v.optional("ixp", s.ixp, "an exchange: all ports at it", refers_to("/network/ixps"));
  v.optional("transit_provider", s.transit_provider, "all links of a transit provider",
             refers_to("/network/transit_providers"));
  v.optional("pop", s.pop, "all links of a PoP", refers_to("/network/pops"));
  v.optional("shield", s.shield, "all links of a shield", refers_to("/network/shields"));
  v.optional("embedded", s.embedded, "all links of an embedded cache",
             refers_to("/network/embedded"));
  v.optional("origin", s.origin, "all links of an origin", refers_to("/network/origins"));
  v.optional("domain", s.domain, "all that is in a failure domain, at once",
             refers_to("/network/failure_domains"));
  v.optional("pod", s.pod,
             "of that PoP, shield or embedded cache not the links, but the servers of this pod, "
             "numbered from 0");
  v.optional("lasts", s.lasts, "until it works again; to the end when not given",
             at_least(Duration{1ms}));
  v.optional("noticed_after", s.noticed_after,
             "of servers that fail: until the others take over what they owned, and again until "
             "they get it back",
             at_least(Duration{0}), at_most(Duration{1h}));
  v.require(s.link.has_value() + s.domain.has_value() + s.ixp.has_value() +
                    s.transit_provider.has_value() + s.pop.has_value() + s.shield.has_value() +
                    s.embedded.has_value() + s.origin.has_value() ==
                1,
            "link",
            "give exactly one of link, domain, ixp, transit_provider, pop, shield, embedded and "
            "origin");
  v.require(!s.pod || s.pop || s.shield || s.embedded, "pod",
            "needs the \"pop\", \"shield\" or \"embedded\" that it is in");
}

// A PoP works, but no client is to come to it any more.
struct WithdrawEvent {
  static constexpr std::string_view kKind = "withdraw";
  std::string pop;
  std::optional<Duration> lasts;
};

template <class V>
void describe(V& v, WithdrawEvent& s) {
  v.required("pop", s.pop, "the PoP whose clients go elsewhere", refers_to("/network/pops"));
  v.optional("lasts", s.lasts, "until they may come back; to the end when not given",
             at_least(Duration{1ms}));
}

struct EventSpec {
  Duration at{0};
  std::variant<PurgeEvent, DownEvent, FailEvent, WithdrawEvent, DegradeEvent, FaultsEvent> what;
  std::optional<Duration> every = {};
  std::uint32_t times = 1;
};

template <class V>
void describe(V& v, EventSpec& s) {
  v.required("at", s.at, "when it happens, from the start of the run", at_least(Duration{0}));
  v.choice(s.what, "what happens");
  v.optional("every", s.every,
             "it happens again and again, each time so much later: a link that flaps",
             at_least(Duration{1ms}));
  v.optional("times", s.times, "how often in all", at_least(1u), at_most(100'000u));
  v.require(s.every.has_value() || s.times == 1, "times",
            "needs \"every\": how much later it happens again");
}

}  // namespace cdnsim
