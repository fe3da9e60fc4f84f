// The one place that includes RapidCheck, joined to Catch2: `rc::prop("...", [](...) {})`.
// Does not know what is tested.
#pragma once

#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <tests/support/catch.hpp>
