"""cdnsim verify over scenarios/scaled and results/golden, with one thread and with three.

    CDNSIM_APPROVE=1 golden_test.py PROGRAM     approves what is found; what moves is printed

Of scaled/large, the lists that results/golden/totals.json ignores are not kept: only the digest
tells whether they moved.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv.pop(1)
TREE = pathlib.Path(__file__).resolve().parents[2]
SCALED, APPROVED = TREE / "scenarios" / "scaled", TREE / "results" / "golden"
TOTALS = ("--tolerances", str(APPROVED / "totals.json"))
APPROVE = ("--approve",) if os.environ.get("CDNSIM_APPROVE") == "1" else ()


def verify(*arguments, baseline=APPROVED):
    command = [PROGRAM, "verify", *map(str, arguments), "--baseline", str(baseline)]
    return subprocess.run(command, cwd=TREE, capture_output=True, text=True, check=False)


class Golden(unittest.TestCase):
    def check(self, *arguments):
        found = verify(*arguments)
        hint = "To approve: CDNSIM_APPROVE=1 tools/test -- -R '^golden$'; say why in the commit."
        self.assertEqual(found.returncode, 0, "\n".join((found.stdout, found.stderr, hint)))
        if APPROVE:
            print(found.stdout)

    def test_1_thread(self):
        self.check("scenarios/scaled", "--threads", "1", *APPROVE)
        self.check("scenarios/scaled/large", "--threads", "1", *TOTALS, *APPROVE)

    def test_3_threads(self):
        self.check("scenarios/scaled", "--threads", "3")
        self.check("scenarios/scaled/large", "--threads", "3", *TOTALS)

    def test_what_is_approved_has_a_scenario(self):
        scaled = {file.stem for file in SCALED.rglob("*.json")}
        approved = {file.stem for file in APPROVED.glob("*.json")} - {"totals"}
        self.assertEqual(scaled, approved)

    def test_each_extends_one_of_the_library(self):
        for file in SCALED.rglob("*.json"):
            at = file
            while at.is_relative_to(SCALED):
                at = (at.parent / json.loads(at.read_text())["extends"]).resolve()
            self.assertEqual(at.parent, TREE / "scenarios", file)

    def test_a_figure_that_moved_is_told(self):
        with tempfile.TemporaryDirectory() as folder:
            approved = pathlib.Path(folder) / "trace_replay.json"
            shutil.copy(APPROVED / approved.name, approved)
            document = json.loads(approved.read_text())
            document["origin"]["requests"] += 1
            approved.write_text(json.dumps(document))
            found = verify("scenarios/scaled/trace_replay.json", baseline=folder)
            self.assertEqual(found.returncode, 1)
            self.assertIn("/origin/requests", found.stdout)


unittest.main()
