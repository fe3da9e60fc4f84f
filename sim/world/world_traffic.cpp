// What is asked for in the generated world, how it is cached, and what it costs.
#include <cdnsim/world/world_maker.hpp>

namespace cdnsim::world {
namespace {

// Of the mix below: 0.25 x 30 KB, 0.65 x 50 KB and 0.1 x 1.66 MB. The busiest hour of the diurnal
// curve has 1.55 times the mean.
constexpr double kMeanBytes = 207'000;
constexpr double kBusiest = 1.55;

ContentSpec content(std::uint64_t objects, const char* popularity, const char* size,
                    const char* origin, const char* cache_control) {
  ContentSpec spec;
  spec.objects = objects;
  spec.popularity = *parse<PopularityLaw>(popularity).value;
  spec.size = *parse<SizeLaw>(size).value;
  spec.origin = origin;
  spec.cache_control = *parse<CacheControl>(cache_control).value;
  return spec;
}

void add_tariff(Scenario& scenario, const char* name, const char* preset) {
  for (const TransitTariff& tariff : TransitTariff::presets()) {
    if (tariff.preset == preset) scenario.billing->tariffs.emplace(name, tariff);
  }
}

}  // namespace

double busy_bps(const World& world, double users) {
  double all = 0;
  for (const Site& site : world.sites) all += static_cast<double>(site.metro->internet_users);
  return world.spec.requests.per_second() * users / all * kMeanBytes * 8 * kBusiest;
}

// The catalogue is as small against a real one as its requests are few, and so are
// its servers, so that hit ratios are those of a CDN.
void describe_traffic(World& world) {
  Scenario& scenario = world.scenario;
  scenario.duration = 30s;
  scenario.warmup = 15s;
  scenario.min_message_delay = 2ms;
  scenario.content["pages"] =
      content(1'000, "zipf:1.0", "lognormal:median=18KiB,sigma=1.0", "origin-pages",
              "public, max-age=300, "
              "stale-while-revalidate=60");
  scenario.content["images"] = content(4'000, "zipf:1.1", "lognormal:median=24KiB,sigma=1.2",
                                       "origin-images", "public, max-age=86400");
  scenario.content["segments"] = content(1'000, "zipf:1.1", "lognormal:median=1500KiB,sigma=0.4",
                                         "origin-video", "public, max-age=86400, immutable");
  Steady everybody;
  everybody.rate = world.spec.requests;
  everybody.mix = {{"pages", 0.25}, {"images", 0.65}, {"segments", 0.1}};
  everybody.curve = Curve::diurnal();
  scenario.traffic["everybody"] = everybody;
  scenario.caching.edge.policy = PolicyText{"s3fifo", {}};
  scenario.caching.edge.memory = 1_GB;
  if (world.spec.embedded > 0) {
    scenario.caching.embedded.policy = scenario.caching.edge.policy;
    scenario.caching.embedded.memory = 1_GB;
  }
  scenario.caching.shield.policy = PolicyText{"sieve", {}};
  scenario.caching.shield.memory = 6_GB;
  scenario.steering.method = SteeringMethod::anycast;
  scenario.billing = BillingSpec{};
  add_tariff(scenario, "transit-latin-america", "sao-paulo");
  add_tariff(scenario, "transit-asia", "asia-hub");
  add_tariff(scenario, "transit-india", "india");
  add_tariff(scenario, "transit-oceania", "sydney");
  add_tariff(scenario, "transit-africa-middle-east", "africa-middle-east");
}

}  // namespace cdnsim::world
