"""The README's commands, each as it stands there, in a copy of the scenarios: with what is written
in capitals replaced by a file of the kind."""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv.pop(1)
TREE = pathlib.Path(__file__).resolve().parents[2]
# What they are about, in the order in which a reader gets there.
STAND_INS = {
    "SCENARIO FROM TO": "scenarios/link_failure.json frankfurt isp-prague",
    "BEFORE AFTER": "one everybody",
    "SCENARIOS": "scenarios/link_failure.json",
    "--baseline DIR": "--baseline golden",
    "SWEEP": "scenarios/sweeps/edge_memory.json",
    "SCENARIO": "scenarios/link_failure.json",
    "MAP.graphml": "map.graphml",
    "TRACE": "trace.csv",
}
ENDS_WITH_1 = ("compare",)  # the two runs differ

NODE = '<node id="{0}"><data key="y">{1}</data><data key="x">{2}</data></node>'
MAP = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    '<key id="y" for="node" attr.name="Latitude" attr.type="double"/>'
    '<key id="x" for="node" attr.name="Longitude" attr.type="double"/>'
    '<graph edgedefault="undirected">'
    + NODE.format("vienna", 48.21, 16.37)
    + NODE.format("prague", 50.08, 14.44)
    + NODE.format("berlin", 52.52, 13.4)
    + '<edge source="vienna" target="prague"/><edge source="prague" target="berlin"/>'
    "</graph></graphml>"
)


def commands():
    text = (TREE / "README.md").read_text()
    for block in re.findall(r"```sh\n(.*?)```", text, re.S):
        for line in block.splitlines():
            command = line.split("  #")[0].strip()
            if command.startswith("tools/cdnsim"):
                yield command


class Readme(unittest.TestCase):
    def test_every_command_works(self):
        with tempfile.TemporaryDirectory() as folder:
            here = pathlib.Path(folder)
            shutil.copytree(TREE / "scenarios", here / "scenarios")
            for made in (
                "trace generate --requests 20k --objects 2k -o trace.csv",
                "verify scenarios/link_failure.json --baseline golden --approve",
            ):
                subprocess.run([PROGRAM, *made.split()], cwd=here, check=True, capture_output=True)
            (here / "map.graphml").write_text(MAP)
            seen = 0
            for command in commands():
                line = command.replace("tools/cdnsim", f'"{PROGRAM}"', 1)
                for name, stand_in in STAND_INS.items():
                    line = re.sub(rf"(?<![A-Z/.]){re.escape(name)}(?![A-Za-z])", stand_in, line)
                with self.subTest(command=command):
                    call = subprocess.run(
                        ["bash", "-c", line], cwd=here, capture_output=True, text=True
                    )
                    wanted = 1 if command.split()[1] in ENDS_WITH_1 else 0
                    self.assertEqual(call.returncode, wanted, line + "\n" + call.stderr)
                    self.assertEqual(call.stderr, "")
                seen += 1
            self.assertGreater(seen, 20)

    def test_its_figures_are_those_of_the_runs(self):
        with tempfile.TemporaryDirectory() as folder:
            scenario = str(TREE / "scenarios" / "coalescing_or_not.json")
            found = []
            for extra in ([], ["--set", "/caching/edge/coalesce=0s"]):
                call = subprocess.run(
                    [PROGRAM, "run", scenario, "--format", "json", *extra],
                    cwd=folder, capture_output=True, text=True, check=True,
                )  # fmt: skip
                found.append(re.search(r'"origin": \{.*?"requests": (\d+)', call.stdout, re.S)[1])
            text = (TREE / "README.md").read_text()
            self.assertIn(f"{int(found[0]):,} against {int(found[1]):,}", text)


unittest.main()
