"""cdnsim sweep and cdnsim export as users meet them: killed at any moment and continued, with the
store locked, read-only, full or of another program; the export read back, also by pandas.

    sweep_test.py [--full]    the long run kills a sweep of more than 200 runs ten times
"""

import csv
import io
import json
import os
import pathlib
import random
import shlex
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
TREE = HERE.parents[1]
PROGRAM = pathlib.Path(os.environ["CDNSIM_BIN_DIR"]) / "cdnsim"
FULL = "--full" in sys.argv
NOBODY = 65534


class Place(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="cdnsim-sweep-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        small = json.loads((TREE / "tests/cli/small.json").read_text())
        self.write("small.json", small)

    def write(self, name, document):
        (self.folder / name).write_text(json.dumps(document))

    def sweep_file(self, values=("1MB", "4MB"), replications=1, **more):
        vary = {"memory": {"path": "/caching/edge/memory", "values": list(values)}}
        document = {"scenario": "small.json", "vary": vary, "replications": replications, **more}
        self.write("sweep.json", document)

    def run_program(self, *arguments, prelude="", **options):
        command = f"{prelude} exec {shlex.quote(str(PROGRAM))} " + shlex.join(arguments)
        return subprocess.run(
            ["bash", "-c", command], cwd=self.folder, capture_output=True, text=True, **options
        )

    def sweep(self, *arguments, store="s.sqlite", prelude="", **options):
        return self.run_program(
            "sweep", "sweep.json", "-o", store, *arguments, prelude=prelude, **options
        )

    def good(self, call):
        self.assertEqual((call.returncode, call.stderr), (0, ""))
        return call.stdout

    def export(self, *arguments, store="s.sqlite"):
        return self.good(self.run_program("export", store, *arguments))

    def all_tables(self, store):
        texts = [self.export(store=store), self.export("--long", store=store)]
        return texts + [
            self.export("--table", table, store=store) for table in ("nodes", "links", "series")
        ]

    def rows(self, *arguments):
        return list(csv.DictReader(io.StringIO(self.export(*arguments), newline="")))

    def ask(self, sql, store="s.sqlite"):  # of SQLite itself
        connection = sqlite3.connect(self.folder / store)
        with connection:
            found = connection.execute(sql).fetchall()
        connection.close()
        return found

    def lose_run_1(self):
        for table in ("runs", "nodes", "links"):
            self.ask(f"DELETE FROM {table} WHERE run = 1")
        self.ask("DELETE FROM metric_values WHERE key / 65536 = 1")

    def says(self, call, status, *texts):
        for text in texts:
            self.assertIn(text, call.stderr)
        self.assertEqual(call.returncode, status, call.stderr)
        self.assertEqual(call.stdout, "")


class Kills(Place):
    def kept(self, store):
        is_there = (self.folder / store).exists()
        if not is_there or not self.ask("SELECT 1 FROM sqlite_master", store):
            return 0
        return self.ask("SELECT count(*) FROM runs", store)[0][0]

    def killed_as_often(self, kills, runs, threads):
        """Kills the sweep at random moments; returns how many runs were kept each time."""
        draw = random.Random(20)
        counts = []
        for goal in [0] + sorted(draw.randrange(1, runs - 10) for _ in range(kills - 1)):
            command = [PROGRAM, "sweep", "sweep.json", "-o", "killed.sqlite", "--threads", threads]
            process = subprocess.Popen(command, cwd=self.folder, stdout=subprocess.DEVNULL)
            # How fast it goes is the machine's; when it is hit, within a run or a write, is chance.
            while self.kept("killed.sqlite") < goal and process.poll() is None:
                time.sleep(0.01)
            time.sleep(draw.uniform(0, 0.1))
            process.send_signal(signal.SIGKILL)
            self.assertEqual(process.wait(), -signal.SIGKILL)
            counts.append(self.kept("killed.sqlite"))
        return counts

    def test_killed_and_continued_it_exports_the_same_bytes(self):
        kills, replications = (12, 60) if FULL else (3, 10)
        more = {"tables": ["nodes", "links", "series"], "set": {"/duration": "2min"}}
        self.sweep_file(["1MB", "2MB", "4MB", "8MB"], replications, **more)
        self.good(self.sweep("--threads", "1", store="whole.sqlite"))
        counts = self.killed_as_often(kills, 4 * replications, "2")
        self.good(self.sweep("--threads", "2", store="killed.sqlite"))
        print(f"{4 * replications} runs, killed after {counts} of them")
        self.assertEqual(counts, sorted(counts))
        self.assertGreater(counts[-1], 0)
        self.assertLess(counts[-1], 4 * replications)
        for whole, killed in zip(self.all_tables("whole.sqlite"), self.all_tables("killed.sqlite")):
            self.assertGreater(len(whole), 1000)
            self.assertEqual(whole, killed)

    def test_ctrl_c_tells_how_many_are_kept(self):
        self.sweep_file(replications=500)
        process = subprocess.Popen(
            [PROGRAM, "sweep", "sweep.json", "-o", "s.sqlite"],
            cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        while not (self.folder / "s.sqlite").exists():
            time.sleep(0.05)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        self.assertEqual((process.returncode, out), (130, ""))
        kept = self.ask("SELECT count(*) FROM runs")[0][0]
        self.assertEqual(
            err,
            f"cdnsim: stopped: {kept} of 1000 runs are over and kept in s.sqlite; "
            "the same command goes on\n",
        )


class Exports(Place):
    def test_numbers_come_back_as_they_are(self):
        self.sweep_file(["1MB", "4MB"], tables=["nodes"])
        self.good(self.sweep())
        result = json.loads(
            self.good(
                self.run_program(
                    "run", "small.json", "--format", "json", "--set", "/caching/edge/memory=4MB"
                )
            )
        )
        row = self.rows()[1]
        self.assertEqual(row["memory"], "4MB")
        self.assertEqual(row["memory_bytes"], "4000000")
        self.assertEqual(row["digest"], result["digest"])
        self.assertEqual(int(row["/requests/total"]), result["requests"]["total"])
        exact = result["tiers"]["edge"]["hit_ratio"]
        self.assertEqual(float(row["/tiers/edge/hit_ratio"]), exact)
        self.assertNotEqual(exact, round(exact, 6))  # the shortest text has all that it needs
        lines = self.export("--format", "jsonl").splitlines()
        self.assertEqual(json.loads(lines[1])["/tiers/edge/hit_ratio"], exact)
        long_row = [r for r in self.rows("--long") if r["metric"] == "/tiers/edge/hit_ratio"][1]
        self.assertEqual(float(long_row["value"]), exact)
        nodes = [r for r in self.rows("--table", "nodes") if r["run"] == "1"]
        self.assertEqual([r["id"] for r in nodes], sorted(n["id"] for n in result["nodes"]))
        self.assertEqual(
            {r["id"]: int(r["requests"]) for r in nodes},
            {n["id"]: n["requests"] for n in result["nodes"]},
        )

    def test_csv_is_quoted_as_rfc_4180_has_it(self):
        cases = {'he said "few", and left': {"/caching/edge/memory": "1MB"}}
        self.write(
            "sweep.json", {"scenario": "small.json", "vary": {"how": {"cases": cases}}}
        )  # fmt: skip
        self.good(self.sweep())
        self.assertIn('"he said ""few"", and left"', self.export())
        self.assertEqual(self.rows()[0]["how"], 'he said "few", and left')

    def test_only_what_is_asked_for_is_kept(self):
        metrics = ["/tiers/*/hit_ratio", "/nodes/pop-a/hits", "/requests/**"]
        self.sweep_file(["1MB"], metrics=metrics, tables=[])
        self.good(self.sweep())
        names = [name for (name,) in self.ask("SELECT metric FROM metrics")]
        self.assertIn("/tiers/shield/hit_ratio", names)
        self.assertIn("/nodes/pop-a/hits", names)
        self.assertIn("/requests/total", names)
        self.assertNotIn("/origin/requests", names)
        self.assertEqual(self.ask("SELECT count(*) FROM nodes"), [(0,)])

    def test_wall_times_are_exported_only_when_asked_for(self):
        self.sweep_file(["1MB"])
        self.good(self.sweep())
        self.assertNotIn("wall_s", self.rows()[0])
        self.assertGreater(float(self.rows("--with-times")[0]["wall_s"]), 0)

    def test_pandas_reads_a_table_in_one_line(self):
        line = "pd.read_sql('SELECT * FROM runs_wide', sqlite3.connect('s.sqlite'))"
        self.assertIn(line, (TREE / "tools/SWEEP.md").read_text())
        try:
            import pandas as pd
        except ImportError:
            self.skipTest("pandas is not installed: python3-pandas")
        self.sweep_file(["1MB", "4MB"], 3)
        self.good(self.sweep())
        os.chdir(self.folder)
        frame = eval(line, {"pd": pd, "sqlite3": sqlite3})
        self.assertEqual(len(frame), 6)
        self.assertEqual(list(frame["memory_bytes"]), [1000000] * 3 + [4000000] * 3)
        means = frame.groupby("memory")["/tiers/edge/hit_ratio"].mean()
        self.assertLessEqual(means["1MB"], means["4MB"])


class Refusals(Place):
    def test_broken_sweeps_are_told_with_all_their_mistakes(self):
        files = sorted((HERE / "broken").glob("*.json"))
        self.assertGreaterEqual(len(files), 9)
        for file in files:
            with self.subTest(file.name):
                store = self.folder / "none.sqlite"
                call = subprocess.run(
                    [PROGRAM, "sweep", file.name, "-o", store],
                    cwd=file.parent, capture_output=True, text=True,
                )  # fmt: skip
                self.says(call, 2)
                self.assertEqual(call.stderr, file.with_suffix(".expected").read_text())
                self.assertFalse(store.exists())

    def test_a_run_that_fails_is_kept_and_the_others_go_on(self):
        self.sweep_file(["1MB", "no size", "4MB"])
        call = self.sweep()
        self.assertEqual(call.returncode, 2)
        self.assertIn("2 of 3 runs done", call.stdout)
        self.assertIn("1 of 3 runs failed", call.stderr)
        self.assertIn('"no size" is not a size', call.stderr)
        rows = self.rows()
        self.assertEqual([row["status"] for row in rows], ["done", "failed", "done"])
        self.assertIn('"no size" is not a size', rows[1]["message"])
        self.assertEqual(rows[1]["/requests/total"], "")
        self.assertIn("; 0 run now", self.sweep().stdout)
        self.assertEqual(self.sweep().returncode, 2)
        self.assertIn("1 of 3 runs failed", self.sweep("--retry-failed").stderr)

    def test_another_scenario_or_design_is_refused(self):
        self.sweep_file()
        self.good(self.sweep())
        before = self.export()
        self.says(self.sweep("--set", "/seed=8"), 2, "was begun with another scenario", "-o")
        self.sweep_file(["1MB", "8MB"])
        self.says(self.sweep(), 2, "was begun with another sweep", "give another file")
        self.assertEqual(self.export(), before)

    def test_a_store_in_use_is_refused(self):
        self.sweep_file()
        self.good(self.sweep())
        with open(self.folder / "s.sqlite", "rb") as store:
            import fcntl

            fcntl.flock(store, fcntl.LOCK_EX)
            self.says(self.sweep(), 2, "s.sqlite is in use by another cdnsim sweep")
            self.export()  # who reads is not in the way

    def test_a_store_locked_by_another_program_is_told(self):
        self.sweep_file()
        self.good(self.sweep())
        self.lose_run_1()
        other = sqlite3.connect(self.folder / "s.sqlite", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        call = self.sweep()
        self.says(call, 2, "s.sqlite is locked by another program", "are kept")
        other.execute("ROLLBACK")
        other.close()
        self.good(self.sweep())

    def test_stores_of_others_are_refused(self):
        self.sweep_file()
        for version, what in ((0, "an older cdnsim"), (9, "a newer cdnsim")):
            self.good(self.sweep(store="old.sqlite"))
            self.ask(f"PRAGMA user_version = {version}", "old.sqlite")
            before = self.ask("SELECT * FROM metrics", "old.sqlite")
            self.says(self.sweep(store="old.sqlite"), 2, what, "give another file")
            self.says(self.run_program("export", "old.sqlite"), 2, what)
            self.assertEqual(self.ask("SELECT * FROM metrics", "old.sqlite"), before)
            (self.folder / "old.sqlite").unlink()
        (self.folder / "text.sqlite").write_text("no database " * 100)
        self.says(self.sweep(store="text.sqlite"), 2, "text.sqlite is no store of sweeps")
        self.ask("CREATE TABLE mine (x)", "mine.sqlite")
        before = (self.folder / "mine.sqlite").read_bytes()
        self.says(self.sweep(store="mine.sqlite"), 2, "mine.sqlite is no store of sweeps")
        self.assertEqual((self.folder / "mine.sqlite").read_bytes(), before)
        self.says(self.run_program("export", "none.sqlite"), 2, "there is no such file")

    def test_read_only_places_are_told_and_can_still_be_exported(self):
        self.sweep_file()
        self.good(self.sweep())
        self.lose_run_1()
        before = self.export()
        for path in (self.folder / "s.sqlite", self.folder):
            path.chmod(0o555)
        self.addCleanup(self.folder.chmod, 0o755)
        user = {"user": NOBODY} if os.geteuid() == 0 else {}
        self.says(self.sweep(**user), 2, "cannot write s.sqlite: Permission denied")
        self.says(self.sweep(store="new.sqlite", **user), 2, "cannot write new.sqlite: Permission")
        call = self.run_program("export", "s.sqlite", **user)
        self.assertEqual((call.returncode, call.stdout), (0, before), call.stderr)
        (self.folder / "s.sqlite").chmod(0o666)  # the file, but not the log beside it
        self.says(self.sweep(**user), 2, "cannot write s.sqlite: ")

    def test_a_full_disk_loses_nothing(self):
        self.sweep_file(replications=20)
        self.good(self.sweep(store="whole.sqlite"))
        size = (self.folder / "whole.sqlite").stat().st_size
        self.assertGreater(size, 200_000)
        limit = f"ulimit -f {size // 2048};"
        call = self.sweep("--threads", "1", prelude=limit)
        self.says(call, 2, "cannot write s.sqlite: ", "the same command goes on")
        kept = self.ask("SELECT count(*) FROM runs")[0][0]
        self.assertGreater(kept, 0)
        self.assertLess(kept, 40)
        self.assertIn(f"; {40 - kept} run now", self.good(self.sweep()))
        self.assertEqual(self.export(), self.export(store="whole.sqlite"))

    def test_a_small_file_system_that_is_full_is_told(self):
        self.sweep_file(replications=20)
        (self.folder / "small").mkdir()
        mounted = (
            "unshare -m bash -c 'mount -t tmpfs -o size=256k none small && "
            f'"{PROGRAM}" sweep sweep.json -o small/s.sqlite; status=$?; '
            f'"{PROGRAM}" export small/s.sqlite >kept.csv; exit $status\''
        )
        call = subprocess.run(mounted, shell=True, cwd=self.folder, capture_output=True, text=True)
        if "unshare" in call.stderr or "mount" in call.stderr:
            self.skipTest("no right to mount a file system")
        self.says(call, 2, "cannot write small/s.sqlite: No space left on device")
        kept = (self.folder / "kept.csv").read_text().splitlines()
        self.assertGreater(len(kept), 1)

    def test_mistakes_of_the_command_line(self):
        self.sweep_file()
        self.says(self.run_program("sweep", "sweep.json"), 2, "--output is required")
        self.good(self.sweep())
        call = self.run_program("export", "s.sqlite", "--table", "nodes", "--long")
        self.says(call, 2, "--long and --wide are for the table runs")
        self.says(self.run_program("export", "s.sqlite", "--table", "node"), 2, '"nodes"')


class Pages(Place):
    def test_the_page_s_commands_work(self):
        page = (TREE / "tools/SWEEP.md").read_text()
        command = "tools/cdnsim sweep scenarios/sweeps/edge_memory.json -o memory.sqlite"
        self.assertIn(command, page)
        store = self.folder / "memory.sqlite"
        call = subprocess.run(
            [PROGRAM, "sweep", "scenarios/sweeps/edge_memory.json", "-o", store,
             "--set", "/duration=31s"],
            cwd=TREE, capture_output=True, text=True,
        )  # fmt: skip
        self.assertIn("36 of 36 runs done", self.good(call))
        rows = list(csv.DictReader(io.StringIO(self.export(store="memory.sqlite"), newline="")))
        ratios = {(r["policy"], r["memory"]): float(r["/tiers/edge/hit_ratio"]) for r in rows}
        self.assertLess(ratios["lru", "1MB"], ratios["lru", "4MB"])

    def test_the_published_schema_is_that_of_the_program(self):
        # Mended by: cdnsim schema sweep > scenarios/schema/sweep.schema.json
        schema = self.good(self.run_program("schema", "sweep"))
        self.assertEqual((TREE / "scenarios/schema/sweep.schema.json").read_text(), schema)
        try:
            import jsonschema
        except ImportError:
            self.skipTest("jsonschema is not installed: python3-jsonschema")
        validator = jsonschema.Draft202012Validator(json.loads(schema))
        for file in (TREE / "scenarios/sweeps").glob("*.json"):
            self.assertEqual(list(validator.iter_errors(json.loads(file.read_text()))), [])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]] + [a for a in sys.argv[1:] if a != "--full"])
