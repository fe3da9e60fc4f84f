"""What may not be written, and what to write instead. One entry, one ban."""

import dataclasses
import re

from style.tree import Problem

# Everything a result can depend on.
SIMULATOR = ("include", "sim", "models")
LIBM = (
    "exp|exp2|expm1|log|log2|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh"
    "|asinh|acosh|atanh|cbrt|hypot|erf|erfc|tgamma|lgamma"
)


@dataclasses.dataclass(frozen=True)
class Ban:
    rule: str
    pattern: str
    instead: str
    folders: tuple = ()  # none: everywhere
    but_not: tuple = ()  # folders or files


BANS = [
    Ban("rand", r"(?<![\w.>])s?rand(om|48)?_?r?\s*\(", "draw() of <cdnsim/base/draws.hpp>"),
    Ban("random-device", r"\brandom_device\b", "a seed of the scenario and draw_key()"),
    Ban("random-shuffle", r"\b(random_)?shuffle\b", "an order drawn with <cdnsim/base/draws.hpp>"),
    Ban(
        "std-random",
        r"#include <random>|\bmt19937|\b\w+_distribution\s*<|\bdefault_random_engine\b",
        "<cdnsim/base/draws.hpp> and <cdnsim/base/sampler/...>: the standard's differ by library",
        but_not=("sim/compare/interval.cpp",),
    ),
    Ban("std-hash", r"\bstd::hash\b", "<cdnsim/base/hash.hpp>", SIMULATOR),
    Ban(
        "wall-clock",
        r"\b(steady_clock|system_clock|high_resolution_clock|gettimeofday|clock_gettime)\b"
        r"|(?<![\w.>])time\s*\(\s*(NULL|nullptr|0|&\w+)\s*\)|\bstd::(time|clock)\s*\(",
        "a Clock parameter or SimTime; the wall clock belongs to tools/ and tests/",
        but_not=("tools", "tests"),
    ),
    Ban(
        "environment",
        r"\b(secure_)?getenv\b|\bsetlocale\b|\bstd::locale\b",
        "a scenario key: a result depends on the scenario and nothing else",
        SIMULATOR,
    ),
    Ban(
        "locale",
        r"\b(std::)?(stod|stof|stold|strtod|strtof|strtold|atof)\s*\(",
        "parse<T>() of <cdnsim/base/text.hpp> or std::from_chars, which know no locale",
    ),
    Ban(
        "libm",
        rf"\bstd::({LIBM})[fl]?\s*\(|(?<![\w:.>~])({LIBM})[fl]?\s*\(",
        "cdnsim::math of <cdnsim/base/math.hpp>: libm's values differ between processors",
        but_not=(
            "tests",
            "include/cdnsim/base/math.hpp",
            "include/cdnsim/base/math_trig.hpp",
            "sim/base/math.cpp",
        ),
    ),
    Ban(
        "assert",
        r"(?<![\w.>])assert\s*\(|#include <cassert>|#include <assert\.h>",
        "CDNSIM_ASSERT, which stays on in release",
        but_not=("tests",),
    ),
    Ban(
        "json",
        r"#include <nlohmann|\bnlohmann::",
        "a described struct; JSON stays in sim/{config,assembly,compare,sweep} and tools",
        but_not=(
            "sim/config",
            "sim/assembly",
            "sim/compare",
            "sim/sweep",
            "sim/trace/json_lines.cpp",
            "tools",
            "tests",
        ),
    ),
    Ban(
        "boost",
        r"#include <boost/",
        "<cdnsim/models/topology/...> or models/routing, which hide the graph",
        but_not=("models/topology", "models/routing", "sim/compare/interval.cpp"),
    ),
    Ban(
        "sqlite",
        r"#include <sqlite3|\bsqlite3_\w+\s*\(",
        "<cdnsim/sweep/database.hpp>, which tells failures as a user can mend them",
        but_not=("sim/sweep/database.cpp",),
    ),
    Ban(
        "eigen",
        r"#include <Eigen/",
        "models/economics or the predictor, which hide it",
        but_not=("models/topology", "models/economics", "models/predictor"),
    ),
    Ban(
        "catch2",
        r"#include <catch2/",
        "<tests/support/catch.hpp>",
        but_not=("tests/support",),
    ),
    Ban(
        "rapidcheck",
        r"#include <rapidcheck",
        "<tests/support/rapidcheck.hpp>",
        but_not=("tests/support",),
    ),
    Ban(
        "include",
        r'#include\s+[<"][^>"]*\.\.|#include\s+"[^"]*/',
        "<cdnsim/...>; quotes are for a file in the same folder",
    ),
    Ban("endl", r"\bstd::endl\b", r"'\n'"),
]


def applies(ban, file):
    if ban.folders and not file.is_below(*ban.folders):
        return False
    return file.path not in ban.but_not and not file.is_below(*ban.but_not)


def check_bans(file):
    for ban in BANS:
        if not applies(ban, file):
            continue
        for match in re.finditer(ban.pattern, file.code):
            line = file.code.count("\n", 0, match.start()) + 1
            text = f"not {match.group(0).strip()}; use {ban.instead}"
            yield Problem(file.path, line, ban.rule, text)


def check_ledger(file):
    """Ledgers add integers; prices and ratios are computed once, at the end."""
    if "ledger" not in file.name or file.is_below("tests"):
        return
    for number, line in enumerate(file.code.splitlines(), 1):
        if re.search(r"\b(double|float)\b", line):
            text = "no floating point; use Bytes, Money, int64_t"
            yield Problem(file.path, number, "ledger", text)


def check_unordered(file):
    """A hash table's order is the library's; looking one up is fine."""
    if not file.is_below(*SIMULATOR):
        return
    names = set(re.findall(r"\bunordered_\w+\s*<[^;{}()]*>\s*[&*]?\s*(\w+)", file.code))
    for name in sorted(names):
        walks = rf"for\s*\([^;()]*:\s*[\w.>-]*\b{name}\s*\)|\b{name}\s*\.\s*c?begin\s*\("
        for match in re.finditer(walks, file.code):
            line = file.code.count("\n", 0, match.start()) + 1
            text = f"no walk over {name}; use std::map or a sorted vector"
            yield Problem(file.path, line, "unordered", text)
