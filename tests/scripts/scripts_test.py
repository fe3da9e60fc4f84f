"""tools/cdnsim and tools/test as somebody meets them on a fresh machine: the programs that they
call are stand-ins which note how they were called, so nothing is installed or built."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

TREE = pathlib.Path(__file__).resolve().parents[2]
REAL = "bash cat cp dirname env flock grep head id mkdir nproc printf readlink rm sed tail true"
NOTE = 'echo "$(basename_of "$0") $*" >>"$CALLS"'
STAND_IN = """#!{bash}
basename_of() {{ echo "${{1##*/}}"; }}
{note}
{body}
"""
CONFIGURE = """
cd "$HOME/tree"
case "$*" in
  *--preset*)
    mkdir -p build/release build/asan build/tsan
    for b in release asan tsan; do
      echo "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" >build/$b/CMakeCache.txt
      echo >build/$b/build.ninja
    done
    ;;
  --build*)
    mkdir -p build/release/bin
    cp "$HOME/program" build/release/bin/cdnsim
    ;;
esac
[ ! -e "$HOME/broken" ] || { echo "error: it does not compile"; exit 1; }
"""
NINJA = 'case "$*" in *-n*) [ ! -e "$HOME/fresh" ] || echo "ninja: no work to do." ;; esac'
DPKG = 'for p in $(cat "$HOME/installed"); do echo "installed $p"; done; exit 1'
APT = """
case "$*" in
  *update*) echo >"$HOME/updated" ;;
  *install*) [ -e "$HOME/updated" ] || { echo "E: Unable to locate package"; exit 100; } ;;
esac
"""


class Machine:
    """A folder with a copy of the scripts, and a PATH of stand-ins."""

    def __init__(self, test, debian=True, installed=(), programs=("cmake", "ninja", "ctest")):
        folder = tempfile.TemporaryDirectory()
        test.addCleanup(folder.cleanup)
        self.home = pathlib.Path(folder.name).resolve()
        self.bin = self.home / "bin"
        self.bin.mkdir()
        (self.home / "tree").mkdir()
        shutil.copytree(TREE / "tools", self.home / "tree" / "tools")
        for name in REAL.split():
            (self.bin / name).symlink_to(shutil.which(name, path="/usr/bin:/bin"))
        bodies = {"cmake": CONFIGURE, "ninja": NINJA, "ctest": "echo closing lines"}
        if debian:
            bodies |= {"dpkg-query": DPKG, "apt-get": APT}
            programs = (*programs, "dpkg-query", "apt-get")
        for name in programs:
            self.stand_in(name, bodies[name])
        self.stand_in("program", 'echo "ran: $* in $PWD"; exit 3')
        (self.bin / "program").rename(self.home / "program")
        self.put("installed", " ".join(installed))

    def stand_in(self, name, body):
        path = self.bin / name
        path.write_text(STAND_IN.format(bash=shutil.which("bash"), note=NOTE, body=body))
        path.chmod(0o755)

    def put(self, name, text=""):
        (self.home / name).write_text(text)

    def run(self, script, *arguments):
        home = str(self.home)
        environment = {"PATH": str(self.bin), "HOME": home, "CALLS": home + "/calls"}
        return subprocess.run(
            [self.home / "tree" / "tools" / script, *arguments],
            env=environment, cwd=self.home, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def calls(self, program):
        calls = self.home / "calls"
        lines = calls.read_text().splitlines() if calls.exists() else []
        return [line for line in lines if line.startswith(program + " ")]

    def built(self):
        """The targets of each call that builds."""
        calls = self.calls("cmake")
        return [call.split("--target ")[1] for call in calls if "--target" in call]


def packages(*lists):
    """The package names of these lists of tools/setup.sh."""
    text = (TREE / "tools" / "setup.sh").read_text(encoding="utf-8")
    names = []
    for name in lists:
        body = text.split(f'{name}="\n', 1)[1].split('"', 1)[0]
        names += [line.split()[0] for line in body.splitlines()]
    return names


RUN = packages("packages_to_run")
TEST = packages("packages_to_run", "packages_to_test")


@unittest.skipUnless(os.name == "posix", "shell scripts")
class Cdnsim(unittest.TestCase):
    def test_installs_what_is_missing_and_nothing_else_and_removes_nothing(self):
        machine = Machine(self, installed=RUN[2:])
        done = machine.run("cdnsim", "run")
        self.assertEqual(done.returncode, 3, done.stderr)
        installs = [c for c in machine.calls("apt-get") if " install " in c]
        for call in installs:
            self.assertIn("--no-remove --no-install-recommends " + " ".join(RUN[:2]), call)
        self.assertIn(f"installing with apt-get: {RUN[0]} {RUN[1]}\n", done.stderr)

    def test_updates_the_package_lists_only_when_an_installation_fails(self):
        machine = Machine(self, installed=RUN[1:])
        machine.run("cdnsim")
        self.assertEqual(len([c for c in machine.calls("apt-get") if "update" in c]), 1)
        machine = Machine(self, installed=RUN[1:])
        machine.put("updated")
        machine.run("cdnsim")
        self.assertEqual([c for c in machine.calls("apt-get") if "update" in c], [])

    def test_no_install_lists_what_is_missing_and_ends_with_2(self):
        machine = Machine(self, installed=RUN[1:])
        done = machine.run("cdnsim", "--no-install", "run")
        self.assertEqual(done.returncode, 2)
        self.assertIn(f"\n  {RUN[0]}\n", done.stderr)
        self.assertEqual(machine.calls("apt-get") + machine.calls("cmake"), [])

    def test_hands_over_arguments_folder_and_status_and_prints_nothing_itself(self):
        machine = Machine(self, installed=RUN)
        done = machine.run("cdnsim", "run", "a b", "--no-install")
        self.assertEqual(done.stdout, f"ran: run a b --no-install in {machine.home}\n")
        self.assertEqual(done.returncode, 3)

    def test_a_second_call_neither_configures_nor_builds(self):
        machine = Machine(self, installed=RUN)
        machine.run("cdnsim")
        machine.put("calls")
        machine.put("fresh")
        done = machine.run("cdnsim")
        self.assertEqual(machine.calls("cmake") + machine.calls("apt-get"), [])
        self.assertEqual(done.stderr, "")

    def test_a_build_folder_of_another_place_is_made_anew(self):
        machine = Machine(self, installed=RUN)
        machine.run("cdnsim")
        cache = machine.home / "tree/build/release/CMakeCache.txt"
        cache.write_text("CMAKE_HOME_DIRECTORY:INTERNAL=/elsewhere\n")
        machine.run("cdnsim")
        self.assertNotIn("elsewhere", cache.read_text())

    def test_a_failed_build_shows_why_and_ends_with_70(self):
        machine = Machine(self, installed=RUN)
        machine.run("cdnsim")
        machine.put("broken")
        done = machine.run("cdnsim")
        self.assertEqual((done.returncode, done.stdout), (70, ""))
        self.assertIn("error: it does not compile", done.stderr)

    def test_on_another_system_it_prints_the_list_and_goes_on(self):
        machine = Machine(self, debian=False)
        done = machine.run("cdnsim", "run")
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("\n  Boost.Graph 1.74 or later\n", done.stderr)
        self.assertNotIn("Boost", machine.run("cdnsim", "run").stderr)

    def test_on_another_system_without_cmake_it_stops_at_the_list(self):
        done = Machine(self, debian=False, programs=()).run("cdnsim", "run")
        self.assertEqual(done.returncode, 2)
        self.assertIn("CMake 3.25 or later", done.stderr)


class Test(unittest.TestCase):
    def test_default_builds_and_runs_all_three_builds_but_the_long_tests(self):
        machine = Machine(self, installed=TEST)
        done = machine.run("test")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(done.stdout.endswith("closing lines\n"))
        self.assertIn("-LE full", machine.calls("ctest")[-1])
        self.assertEqual(machine.built(), ["cdnsim quick_tests", "threads_tests", "quick_tests"])

    def test_smoke_builds_only_the_quick_ones(self):
        machine = Machine(self, installed=TEST)
        machine.run("test", "--smoke")
        self.assertEqual(machine.built(), ["cdnsim smoke_tests"])
        self.assertIn("-L smoke", machine.calls("ctest")[-1])

    def test_full_needs_more_packages(self):
        done = Machine(self, installed=TEST).run("test", "--full", "--no-install")
        self.assertEqual(done.returncode, 2)
        self.assertIn("\n  clang-19\n", done.stderr)

    def test_a_failed_test_and_a_failed_build_end_with_1(self):
        machine = Machine(self, installed=TEST)
        machine.stand_in("ctest", "echo closing lines; exit 8")
        self.assertEqual(machine.run("test").returncode, 1)
        machine.put("broken")
        self.assertEqual(machine.run("test").returncode, 1)

    def test_says_which_tests_are_skipped_without_reference_data(self):
        machine = Machine(self, installed=TEST)
        machine.stand_in("ctest", 'echo "  Test  #7: fidelity.reference"')
        done = machine.run("test")
        self.assertIn("CDNSIM_REFERENCE is not set", done.stderr)
        self.assertIn("  fidelity.reference\n", done.stderr)

    def test_an_unknown_argument_ends_with_2_and_names_the_known_ones(self):
        done = Machine(self).run("test", "--smok")
        self.assertEqual(done.returncode, 2)
        self.assertIn('unknown argument "--smok"; known: --smoke', done.stderr)


if __name__ == "__main__":
    unittest.main()
