// What no single field can be blamed for: whether the parts of a scenario fit each other.
// Does not know how a scenario is read or run.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include <cdnsim/config/problems.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::config {

// Fields that could not be read hold their defaults; what follows only from that is not told.
void check_scenario(const Scenario& scenario, Problems& problems);

// Its parts.
void check_times(const Scenario& scenario, Problems& problems);
void check_caching(const Scenario& scenario, Problems& problems);
void check_ids(const NetworkSpec& network, Problems& problems);
void check_links(const NetworkSpec& network, Problems& problems);
void check_places(const NetworkSpec& network, Problems& problems);
void check_embedded(const Scenario& scenario, Problems& problems);
void check_shields(const NetworkSpec& network, Problems& problems);
void check_reach(const Scenario& scenario, Problems& problems);
void check_users(const NetworkSpec& network, Problems& problems);
void check_traffic(const Scenario& scenario, Problems& problems);
void check_content(const Scenario& scenario, Problems& problems);
void check_domains(const NetworkSpec& network, Problems& problems);
void check_events(const Scenario& scenario, Problems& problems);
void check_launches(const Scenario& scenario, Problems& problems);
void check_tier_classes(const Scenario& scenario, Problems& problems);
void check_queues(const Scenario& scenario, Problems& problems);
void check_traces(const Scenario& scenario, Problems& problems);
void check_steering(const Scenario& scenario, Problems& problems);
void check_viral(const Scenario& scenario, Problems& problems);
void check_billing(const Scenario& scenario, Problems& problems);
void check_targets(const Scenario& scenario, Problems& problems);

// {"network", "pops", "a/b"} -> "/network/pops/a~1b"
std::string pointer_to(std::initializer_list<std::string_view> keys);

}  // namespace cdnsim::config
