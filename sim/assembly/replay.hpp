// What must be found out before traces are played: what is in them and, for an atomic replay, how
// long a request takes at most and which moments of the run the warm-up and the end become.
// Does not know how a run is done.
#pragma once

#include <map>
#include <optional>
#include <string>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/models/replay/trace_dealer.hpp>
#include <cdnsim/models/replay/trace_survey.hpp>
#include <cdnsim/scenario/result.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::assembly {

// Throws a UserError when a trace cannot be read, or nothing of it would be played.
Replay prepare_replay(const Scenario& scenario);

// The scenario with its duration and warm-up as the run's clock has them.
Scenario in_time_of(const Replay& replay, const Scenario& scenario);

// No request for an object of at most `largest` bytes takes longer from its birth to its last byte,
// nor keeps a server, a port or a copy busy, when it is alone.
Duration longest_journey(const Network& network, const Scenario& scenario, Bytes largest);

// What the result says of the replay; in an atomic one figures per second mean nothing.
void describe_replay(const Scenario& scenario, const Replay& replay, Result& result);
// Holds when no request met another one.
IdentityResult requests_were_alone(const Network& network);

}  // namespace cdnsim::assembly
