"""Each rule of tools/check_style fires on a small bad sample, at the line that is wrong, names what
to write instead, and leaves the good sample beside it alone."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
CHECK_STYLE = pathlib.Path(__file__).resolve().parents[2] / "tools" / "check_style"
sys.path.insert(0, str(CHECK_STYLE.parent))

from style import checks, tree  # noqa: E402

HEADER = "// What it is.\n// Does not know the rest.\n#pragma once\n\n"
CMAKE = "cdnsim_module(x SOURCES {})\n"
MARK = "TO" + "DO"
HOME = "/" + "home/ann/traces"


def function_of(lines):
    return "void f() {\n" + "  g();\n" * (lines - 2) + "}\n"


class Tree:
    """A scratch tree of a few files, and what the checks say of it."""

    def __init__(self, files):
        with tempfile.TemporaryDirectory() as folder:
            write(folder, files)
            sources = tree.source_files(folder)
            self.found = checks.problems_in(sources)

    def problems(self, rule):
        """path:line of each problem of that rule."""
        return [f"{p.path}:{p.line}" for p in self.found if p.rule == rule]


def write(folder, files):
    for path, text in files.items():
        full = pathlib.Path(folder, path)
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_text(text, encoding="utf-8")


def run_program(files, *arguments):
    with tempfile.TemporaryDirectory() as folder:
        write(folder, files)
        command = [sys.executable, CHECK_STYLE, "--root", folder, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)


# rule, path, a bad line, what is to be written instead, a good line
BANNED = [
    ("rand", "sim/a.cpp", "int x = rand();", "draw()", "int x = operand();"),
    ("rand", "tests/a.cpp", "srand(7);", "draw()", "int x = grand(7);"),
    ("random-device", "tools/a.cpp", "std::random_device d;", "seed", "int random_devices;"),
    ("random-shuffle", "models/a.cpp", "std::random_shuffle(a, b);", "draws.hpp", "reshuffled(a);"),
    ("std-random", "include/a.cpp", "#include <random>", "sampler", "#include <ranges>"),
    ("std-random", "models/a.cpp", "std::mt19937_64 g;", "draws.hpp", "DrawStream g(key, {});"),
    ("std-random", "sim/a.cpp", "std::poisson_distribution<int> d;", "sampler", "poisson(3.0, n);"),
    ("std-hash", "sim/a.cpp", "std::hash<int>()(3);", "hash.hpp", "hash64(3);"),
    ("wall-clock", "sim/a.cpp", "std::chrono::steady_clock::now();", "SimTime", "SimTime now;"),
    ("wall-clock", "models/a.cpp", "auto t = time(nullptr);", "SimTime", "auto t = run_time(0);"),
    ("wall-clock", "include/a.cpp", "std::time(nullptr);", "SimTime", "bin.time(0);"),
    ("environment", "sim/a.cpp", 'std::getenv("SEED");', "scenario", "scenario.seed;"),
    ("locale", "tools/a.cpp", 'double x = std::stod("1");', "from_chars", 'parse<double>("1");'),
    ("libm", "models/a.cpp", "double x = std::exp(y);", "cdnsim::math", "double x = math::exp(y);"),
    ("libm", "sim/a.cpp", "double x = pow(y, 2);", "cdnsim::math", "double x = std::sqrt(y);"),
    ("libm", "tools/a.cpp", "double x = std::log10(y);", "cdnsim::math", "catalog(y); z.log(y);"),
    ("assert", "sim/a.cpp", "assert(x > 0);", "CDNSIM_ASSERT", 'CDNSIM_ASSERT(x > 0, "why");'),
    ("json", "models/a.cpp", "#include <nlohmann/json.hpp>", "described", "int json;"),
    ("boost", "sim/engine/a.cpp", "#include <boost/graph/dfs.hpp>", "topology", "#include <map>"),
    ("eigen", "sim/engine/a.cpp", "#include <Eigen/Dense>", "economics", "#include <vector>"),
    ("sqlite", "tools/a.cpp", "#include <sqlite3.h>", "sweep/database.hpp", "#include <vector>"),
    ("catch2", "tests/unit/a.cpp", "#include <catch2/catch.hpp>", "tests/support/catch.hpp",
     "#include <tests/support/catch.hpp>"),
    ("rapidcheck", "tests/unit/a.cpp", "#include <rapidcheck.h>", "tests/support/rapidcheck.hpp",
     "#include <tests/support/rapidcheck.hpp>"),
    ("include", "sim/a.cpp", '#include "../b.hpp"', "<cdnsim/...>", '#include "b.hpp"'),
    ("include", "sim/a.cpp", "#include <cdnsim/base/../b.hpp>", "<cdnsim/...>",
     "#include <cdnsim/base/b.hpp>"),
    ("include", "sim/a.cpp", '#include "base/b.hpp"', "<cdnsim/...>",
     "#include <cdnsim/base/b.hpp>"),
    ("endl", "tools/a.cpp", "std::cout << std::endl;", "'\\n'", "std::cout << '\\n';"),
    ("ledger", "sim/observe/byte_ledger.cpp", "double bytes = 0;", "int64_t", "Bytes doubled;"),
    ("leftover", "tools/a.cpp", f"int x;  // {MARK} later", "issue", "int x;  // later"),
    ("machine-path", "tools/a.cpp", f'open("{HOME}");', "option", 'open("traces");'),
    ("whitespace", "sim/a.cpp", "int x; ", "end of the line", "int x;"),
    ("whitespace", "sim/a.cpp", "\tint x;", "spaces", "  int x;"),
    ("columns", "sim/a.cpp", "int " + "x" * 97 + ";", "100", "int " + "x" * 95 + ";"),
]  # fmt: skip

# rule, path, an allowed use of what is banned elsewhere
ALLOWED = [
    ("wall-clock", "tools/a.cpp", "std::chrono::steady_clock::now();"),
    ("wall-clock", "tests/a.cpp", "std::chrono::steady_clock::now();"),
    ("environment", "tools/a.cpp", 'std::getenv("TERM");'),
    ("libm", "tests/unit/a.cpp", "double x = std::exp(y);"),
    ("json", "sim/config/a.cpp", "#include <nlohmann/json.hpp>"),
    ("boost", "models/topology/a.cpp", "#include <boost/graph/dfs.hpp>"),
    ("boost", "models/routing/a.cpp", "#include <boost/graph/dfs.hpp>"),
    ("sqlite", "sim/sweep/database.cpp", "#include <sqlite3.h>"),
    ("catch2", "tests/support/a.cpp", "#include <catch2/catch.hpp>"),
    ("rand", "sim/a.cpp", '// not rand()\nf("rand()");'),
    ("ledger", "tests/unit/ledger_test.cpp", "double mean = 0;"),
]


class EachBan(unittest.TestCase):
    def test_fires_at_its_line_and_names_the_replacement(self):
        for rule, path, bad, instead, _ in BANNED:
            with self.subTest(rule=rule, bad=bad):
                checked = Tree({path: f"int before;\n{bad}\n"})
                self.assertEqual(checked.problems(rule), [f"{path}:2"])
                self.assertIn(instead, next(p.text for p in checked.found if p.rule == rule))

    def test_leaves_the_good_sample_alone(self):
        for rule, path, _, _, good in BANNED:
            with self.subTest(rule=rule, good=good):
                self.assertEqual(Tree({path: good + "\n"}).problems(rule), [])

    def test_knows_where_the_thing_is_allowed(self):
        for rule, path, text in ALLOWED:
            with self.subTest(rule=rule, path=path):
                self.assertEqual(Tree({path: text + "\n"}).problems(rule), [])

    def test_is_lifted_by_an_exception_that_gives_a_reason(self):
        excused = "// STYLE(rand): shows what not to do\nint x = rand();\n"
        self.assertEqual(Tree({"sim/a.cpp": excused}).problems("rand"), [])
        for unexcused in ("// STYLE(rand):", "// STYLE(libm): another rule"):
            checked = Tree({"sim/a.cpp": unexcused + "\nint x = rand();\n"})
            self.assertEqual(checked.problems("rand"), ["sim/a.cpp:2"])


class Unordered(unittest.TestCase):
    DECLARED = "std::unordered_map<int, std::vector<int>> seen;\n"

    def test_a_walk_in_the_order_of_a_hash_table_is_found(self):
        for walk in ("for (const auto& [k, v] : seen) f(k);", "auto i = seen.begin();"):
            checked = Tree({"sim/a.cpp": self.DECLARED + walk + "\n"})
            self.assertEqual(checked.problems("unordered"), ["sim/a.cpp:2"], walk)

    def test_looking_up_is_fine_and_so_is_a_walk_in_a_test(self):
        self.assertEqual(
            Tree({"sim/a.cpp": self.DECLARED + "seen.find(3);\n"}).problems("unordered"), []
        )
        walk = self.DECLARED + "for (auto& x : seen) f(x);\n"
        self.assertEqual(Tree({"tests/a.cpp": walk}).problems("unordered"), [])


class Shape(unittest.TestCase):
    def test_a_file_of_401_lines_is_too_long(self):
        for path in ("sim/a.cpp", "tools/a.py"):
            self.assertEqual(Tree({path: "x;\n" * 400}).problems("file-length"), [])
            self.assertEqual(Tree({path: "x;\n" * 401}).problems("file-length"), [f"{path}:401"])

    def test_a_function_of_71_lines_is_too_long(self):
        for wrap in ("{}", "namespace a {{\n{}}}\n", "struct A {{\n{}}};\n"):
            fine = Tree({"sim/a.cpp": wrap.format(function_of(70))})
            self.assertEqual(fine.problems("function-length"), [], wrap)
            first = 1 if wrap == "{}" else 2
            long = Tree({"sim/a.cpp": wrap.format(function_of(71))})
            self.assertEqual(long.problems("function-length"), [f"sim/a.cpp:{first}"], wrap)

    def test_templates_constructors_and_test_cases_are_functions(self):
        for opening in (
            "template <class A, class B>\nvoid f(A a, B b) {",
            "A::A(int x)\n    : x_{x}, y_(x) {",
            'TEST_CASE("an answer", "[tag]") {',
            "auto f() const -> int {",
        ):
            text = opening + "\n" + "  g();\n" * 70 + "}\n"
            self.assertEqual(len(Tree({"sim/a.cpp": text}).problems("function-length")), 1, opening)

    def test_what_holds_functions_is_not_a_function(self):
        body = "".join(f"int f{i}() {{ return {i}; }}\n" for i in range(80))
        for opening in ("namespace a {", "class A : public B {", "struct A {"):
            checked = Tree({"sim/a.cpp": opening + "\n" + body + "};\n"})
            self.assertEqual(checked.problems("function-length"), [], opening)

    def test_a_header_opens_with_two_lines_and_a_guard(self):
        good = HEADER + "int x;\n"
        self.assertEqual(Tree({"include/a.hpp": good}).problems("header"), [])
        for bad, line in (
            ("#pragma once\n", 1),
            ("// What it is.\n#pragma once\n", 1),
            ("// What it is.\n// Knows nothing.\n\n#include <map>\n", 3),
        ):
            checked = Tree({"include/a.hpp": bad})
            self.assertEqual(checked.problems("header"), [f"include/a.hpp:{line}"], bad)

    def test_a_file_ends_with_an_end_of_line(self):
        self.assertEqual(Tree({"sim/a.cpp": "int x;"}).problems("whitespace"), ["sim/a.cpp:1"])


class Lists(unittest.TestCase):
    def test_a_source_in_no_target_is_found(self):
        files = {"sim/x/CMakeLists.txt": CMAKE.format("a.cpp"), "sim/x/a.cpp": "int a;\n"}
        self.assertEqual(Tree(files).problems("no-target"), [])
        files["sim/x/b.cpp"] = "int b;\n"
        self.assertEqual(Tree(files).problems("no-target"), ["sim/x/b.cpp:1"])

    def test_a_source_may_be_listed_further_up_but_by_its_path(self):
        files = {"models/CMakeLists.txt": CMAKE.format("node/a.cpp")}
        files["models/node/a.cpp"] = "int a;\n"
        self.assertEqual(Tree(files).problems("no-target"), [])
        files["models/CMakeLists.txt"] = CMAKE.format("a.cpp")
        self.assertEqual(Tree(files).problems("no-target"), ["models/node/a.cpp:1"])

    def test_a_policy_that_is_not_in_the_list_is_found(self):
        policy = HEADER + 'class {} {{\n public:\n  static constexpr auto kName = "x";\n}};\n'
        folder = "models/cache_policy/"
        files = {
            folder + "lru.hpp": policy.format("Lru"),
            folder + "list.hpp": HEADER + "using CachePolicies = PolicyList<Lru>;\n",
        }
        self.assertEqual(Tree(files).problems("policy-list"), [])
        files[folder + "mru.hpp"] = policy.format("Mru")
        self.assertEqual(Tree(files).problems("policy-list"), [folder + "mru.hpp:1"])
        # A class that is none is nobody's business.
        files[folder + "mru.hpp"] = HEADER + "class Queue {\n  int x;\n};\n"
        self.assertEqual(Tree(files).problems("policy-list"), [])


class Program(unittest.TestCase):
    GOOD = {"sim/CMakeLists.txt": CMAKE.format("a.cpp"), "sim/a.cpp": "int x;\n"}

    def test_without_problems_the_status_is_0(self):
        done = run_program(self.GOOD)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("2 files, 0 problems", done.stdout)

    def test_a_problem_is_printed_with_its_place_and_the_status_is_1(self):
        done = run_program(self.GOOD | {"sim/a.cpp": "int x = rand();\n"})
        self.assertEqual(done.returncode, 1)
        self.assertIn("sim/a.cpp:1: rand: not rand(; use draw()", done.stdout)

    def test_what_clang_format_would_change_is_found(self):
        done = run_program(self.GOOD | {"sim/a.cpp": "int  x=1;\n"})
        if "is not installed" in done.stdout:
            self.skipTest("no clang-format")
        self.assertIn("sim/a.cpp:1: format: ", done.stdout)


if __name__ == "__main__":
    unittest.main()
