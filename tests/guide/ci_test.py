"""The recipe of tools/CI.md: its blocks of commands, each as it stands, one after the other in a
fresh folder, with the built program as cdnsim/tools/cdnsim."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()
TREE = pathlib.Path(__file__).resolve().parents[2]
PAGE = (TREE / "tools" / "CI.md").read_text()
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE, re.S)
SCENARIOS = ["scenarios/expiry.json", "scenarios/news.json"]


def status_of(block):
    """The one that a comment behind the last command names."""
    said = re.search(r"# exit status (\d)\s*$", block)
    return int(said[1]) if said else 0


class Recipe(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="cdnsim-ci-")
        self.addCleanup(folder.cleanup)
        self.here = pathlib.Path(folder.name)
        tools = self.here / "cdnsim" / "tools"
        tools.mkdir(parents=True)
        (tools / "cdnsim").symlink_to(PROGRAM)
        (self.here / "cdnsim" / "scenarios").symlink_to(TREE / "scenarios")

    def run_block(self, block):
        done = subprocess.run(
            ["sh", "-c", block], cwd=self.here, capture_output=True, text=True, check=False
        )
        told = f"{block}\n{done.stdout}\n{done.stderr}"
        self.assertEqual(done.returncode, status_of(block), told)
        return done

    def run_until(self, text):
        """All blocks up to the first that has this text; what that one gave."""
        for number, block in enumerate(BLOCKS):
            done = self.run_block(block)
            if text in block:
                self.rest = BLOCKS[number + 1 :]
                return done
        self.fail(f"no block has {text}")

    def suites(self):
        report = xml.etree.ElementTree.parse(self.here / "report.xml").getroot()
        self.assertEqual(report.tag, "testsuites")
        return {suite.get("name"): suite for suite in report}

    def failed(self):
        return {
            name: sorted(case.get("name") for case in suite if case.find("failure") is not None)
            for name, suite in self.suites().items()
        }

    def approved(self):
        return json.loads((self.here / "approved" / "news.json").read_text())

    def test_as_it_stands(self):
        self.run_until("ci/verify_scenarios.sh\n")  # unchanged: all is as approved
        self.assertEqual(self.failed(), {name: [] for name in SCENARIOS})
        self.assertNotIn("nodes", self.approved())

        within = self.run_block(self.rest[0])
        self.assertEqual(self.failed(), {name: [] for name in SCENARIOS})
        self.assertIn("2 the same", within.stderr)

        before = self.approved()["origin"]["requests"]
        changed = self.run_block(self.rest[1])
        self.assertEqual(self.failed()[SCENARIOS[0]], [])
        self.assertIn("origin", self.failed()[SCENARIOS[1]])
        self.assertIn("/origin/requests", changed.stdout)

        approve, again = self.rest[2].rstrip().rsplit("\n", 1)
        printed = self.run_block(approve).stdout
        after = self.approved()["origin"]["requests"]
        # 20 s / (1.14 s and 1 ms) and 20 s / (2.14 s and 1 ms): a fetch for each.
        self.assertLessEqual(abs(before - 20 / 1.141), 1)
        self.assertLessEqual(abs(after - 20 / 2.141), 1)
        line = next(line for line in printed.splitlines() if "/origin/requests" in line)
        self.assertRegex(line, rf"\b{before}\b.*\b{after}\b")
        self.assertIn("1 approved with changes", printed)
        self.run_block(again)
        self.assertEqual(self.rest[3:], [])

    def test_a_scenario_that_is_new_or_broken_fails_it_too(self):
        self.run_until("--approve")
        (self.here / "scenarios" / "other.json").write_text('{"extends": "news.json"}')
        (self.here / "scenarios" / "wrong.json").write_text('{"extends": "news.json", "sed": 1}')
        self.run_block("sh ci/verify_scenarios.sh  # exit status 2")
        failed = self.failed()
        self.assertEqual(failed["scenarios/other.json"], ["is compared"])
        self.assertEqual(failed["scenarios/wrong.json"], ["is compared"])
        (self.here / "scenarios" / "wrong.json").unlink()
        self.run_block("sh ci/verify_scenarios.sh  # exit status 1")

    def test_the_file_for_a_ci_calls_what_was_run(self):
        yaml = re.search(r"```yaml\n(.*?)```", PAGE, re.S)[1]
        for command in re.findall(r"- run: (.*)", yaml):
            self.assertIn(command + "\n", BLOCKS)
        self.assertIn("path: report.xml", yaml)


os.environ["NO_COLOR"] = "1"
unittest.main()
