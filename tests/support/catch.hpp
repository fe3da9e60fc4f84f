// The one place that includes Catch2, so that another version is one edit.
// Does not know what is tested.
#pragma once

#include <catch2/catch.hpp>
