"""tools/scenario_pages: what it takes for figures, how it draws, and that the library's quick pages
are what runs give."""

import json
import math
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
TREE = pathlib.Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(TREE / "tools"))

from pages import chart, figures, runs, series, spec  # noqa: E402

SVG = "{http://www.w3.org/2000/svg}"
SCHEMA = json.loads((TREE / "scenarios/schema/result.schema.json").read_text())


class Figures(unittest.TestCase):
    document = {
        "nodes": [{"id": "a/b", "hits": 3}, {"id": "c", "hits": 4}, {"id": "d"}],
        "origin": {"requests": 1234567},
    }

    def test_members_go_by_name_or_number_and_a_star_sums(self):
        self.assertEqual(figures.value_at(self.document, "/nodes/a~1b/hits"), 3)
        self.assertEqual(figures.value_at(self.document, "/nodes/1/hits"), 4)
        self.assertEqual(figures.value_at(self.document, "/nodes/*/hits"), 7)
        self.assertIsNone(figures.value_at(self.document, "/nodes/*/errors"))
        self.assertIsNone(figures.value_at(self.document, "/launches/prague/cells"))

    def test_they_are_written_in_their_unit(self):
        for value, unit, text in (
            (1234567, "", "1,234,567"),
            (0.25, "%", "25.0"),
            (2.5, "times", "2.50"),
            (3.2e9, "Gbps", "3.20"),
            (-0.04, "USD", "0"),
            (None, "ms", "-"),
            (True, "", "yes"),
            ("launched", "", "launched"),
        ):
            self.assertEqual(figures.written(value, unit), text)
        with self.assertRaisesRegex(spec.PageError, 'unknown unit "ns"; known: '):
            figures.written(1, "ns")

    def test_the_schema_defines_them(self):
        self.assertEqual(
            figures.definition(SCHEMA, "/classes/any/origin_requests"),
            "requests for it at its origin",
        )
        p99 = figures.definition(SCHEMA, "/latency_ms/ttfb/p99")
        self.assertTrue(p99.startswith("99th percentile (time to first byte"), p99)
        with self.assertRaisesRegex(spec.PageError, 'has no "hitz" there'):
            figures.definition(SCHEMA, "/nodes/any/hitz")


class Series(unittest.TestCase):
    def rows(self):
        """Two PoPs, bins of 10 s, the last of 5."""
        for start, requests, hits, passes in ((0, 100, 40, 20), (10, 50, 50, 0), (20, 10, 0, 10)):
            for node in ("x", "y"):
                yield {
                    "start_s": str(start), "node": node, "kind": "edge",
                    "requests": str(requests), "hits": str(hits), "stale_hits": "0",
                    "negative_hits": "0", "passes": str(passes), "shed": "0", "dropped": "0",
                    "bytes_served": "1000",
                }  # fmt: skip

    def setUp(self):
        self.run = runs.Run({"scenario": {"duration_s": 25.0, "warmup_s": 0}}, list(self.rows()))

    def test_a_second_s_mean_stands_in_the_middle_of_its_bin(self):
        self.assertEqual(
            series.points(self.run, "edge", "requests"), [(5, 20), (15, 10), (22.5, 4)]
        )
        self.assertEqual(series.points(self.run, "x", "requests")[0], (5, 10))
        self.assertEqual(series.points(self.run, "x", "bytes_served")[0], (5, 800))

    def test_a_hit_ratio_leaves_out_what_cannot_be_cached(self):
        self.assertEqual(
            series.points(self.run, "x", "hit_ratio"), [(5, 0.5), (15, 1), (22.5, None)]
        )

    def test_what_is_not_there_is_told(self):
        with self.assertRaisesRegex(spec.PageError, 'kind "z"; known: edge, x, y'):
            series.points(self.run, "z", "requests")
        with self.assertRaisesRegex(spec.PageError, 'no column "hitz"; known: hit_ratio, '):
            series.points(self.run, "x", "hitz")


class Pictures(unittest.TestCase):
    def drawn(self, **more):
        lines = [chart.Line("a < b", [(0, 100), (50, None), (100, 50)])]
        text = chart.svg([chart.Panel("x & y", lines, until_s=100, **more)])
        return text, xml.etree.ElementTree.fromstring(text)

    def path(self, root):
        paths = [p.get("d") for p in root.iter(SVG + "path") if p.get("stroke-linejoin")]
        self.assertEqual(len(paths), 1)
        return paths[0]

    def test_points_stand_where_the_scale_says(self):
        _, root = self.drawn()
        middle = (chart.TOP + chart.BOTTOM) / 2
        first = f"M{chart.LEFT:.1f} {chart.TOP:.1f}"
        last = f"M{chart.RIGHT:.1f} {middle:.1f}"  # a gap lifts the pen
        self.assertEqual(self.path(root), first + last)

    def test_a_logarithmic_scale_has_powers_of_ten(self):
        _, root = self.drawn(log=True)
        texts = [text.text for text in root.iter(SVG + "text")]
        self.assertIn("10", texts)
        self.assertIn("100", texts)
        up = (math.log10(50) - 1) * (chart.BOTTOM - chart.TOP)
        self.assertIn(f"{chart.BOTTOM - up:.1f}", self.path(root))

    def test_it_is_readable_on_light_and_dark_pages(self):
        text, root = self.drawn(unit="%")
        self.assertIn("prefers-color-scheme:dark", text)
        self.assertEqual(root.find(SVG + "rect").get("class"), "ground")
        texts = [element.text for element in root.iter(SVG + "text")]
        self.assertIn("x & y", texts)
        self.assertIn("a < b", texts)

    def test_many_points_become_means(self):
        points = chart.thinned([(i, i % 2) for i in range(2 * chart.MOST_POINTS)])
        self.assertEqual(len(points), chart.MOST_POINTS)
        self.assertEqual(points[0], (0.5, 0.5))


class Pages(unittest.TestCase):
    """A library of one scenario."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="cdnsim-pages-test-")
        self.addCleanup(folder.cleanup)
        self.library = pathlib.Path(folder.name) / "scenarios"
        (self.library / "pages").mkdir(parents=True)
        shutil.copytree(TREE / "scenarios/schema", self.library / "schema")
        shutil.copy(TREE / "scenarios/micro_caching.json", self.library)
        shutil.copy(TREE / "scenarios/README.md", self.library)
        for file in (TREE / "scenarios/pages").glob("micro_caching.*"):
            shutil.copy(file, self.library / "pages")
        self.page = self.library / "pages/micro_caching"

    def pages(self, *arguments):
        return subprocess.run(
            [sys.executable, str(TREE / "tools/scenario_pages"), "--program", PROGRAM,
             "--scenarios", str(self.library), *arguments],
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    def file(self, suffix):
        return self.page.with_suffix(suffix)

    def change(self, suffix, before, after):
        text = self.file(suffix).read_text()
        self.assertIn(before, text)
        self.file(suffix).write_text(text.replace(before, after, 1))

    def test_the_same_runs_give_the_same_bytes_and_another_figure_is_told(self):
        committed = {s: self.file(s).read_bytes() for s in (".md", ".svg")}
        for suffix in committed:
            self.file(suffix).unlink()
        self.assertEqual(self.pages("--jobs", "1").returncode, 0)
        self.assertEqual(committed, {s: self.file(s).read_bytes() for s in committed})
        readme = (self.library / "README.md").read_text()
        self.assertIn("| [micro_caching](pages/micro_caching.md) | A page that may not", readme)
        self.assertNotIn("[viral_spike]", readme)
        self.assertEqual(self.pages("--check").returncode, 0)

        scenario = self.library / "micro_caching.json"
        scenario.write_text(scenario.read_text().replace('"1k/s"', '"2k/s"'))
        moved = self.pages("--check")
        self.assertEqual(moved.returncode, 1)
        self.assertIn("micro_caching.md is not what a run gives", moved.stdout)
        self.assertIn("micro_caching.svg is not what a run gives", moved.stdout)
        self.assertEqual(committed[".md"], self.file(".md").read_bytes())  # nothing is written

    def test_slow_pages_are_left_out_where_that_is_asked_for(self):
        self.change(".json", "{", '{"slow": true, ')
        self.file(".md").write_text("something else")
        readme = self.pages("--check", "--quick")
        self.assertNotIn("micro_caching.md", readme.stdout)
        self.assertIn("micro_caching.md", self.pages("--check", "micro_caching").stdout)

    def test_its_commands_give_its_figures(self):
        text = self.file(".md").read_text()
        block = re.search(r"```sh\n(.*?)```", text, re.S)[1].replace("\\\n", "")
        commands = [line for line in block.splitlines() if not line.startswith("#")]
        table = re.findall(r"^\| ([^|]+) \| ([\d,]+) \|", text, re.M)
        self.assertEqual(len(commands), len(table))
        for command, (variant, shown) in zip(commands, table):
            words = shlex.split(command.replace("tools/cdnsim", shlex.quote(PROGRAM), 1))
            done = subprocess.run(
                [*words, "--format", "json"],
                cwd=TREE, capture_output=True, text=True, check=True,
            )  # fmt: skip
            found = json.loads(done.stdout)["origin"]["requests"]
            self.assertEqual(shown, f"{found:,}", variant)

    def test_mistakes_say_where_what_and_how_to_mend_it(self):
        for suffix, before, after, message in (
            (".json", '"figures"', '"figuers"', 'micro_caching.json: unknown key "figuers"; known'),
            (".json", '"pointer"', '"ponter"', '#/figures/0: unknown key "ponter"; known: pointer'),
            (".json", "/origin/requests", "/origin/requets", 'no "requets" there'),
            (".json", "micro_ttl=1s", "micro_tl=1s", "micro_tl"),
            (".json", "{", "{,", "micro_caching.json: no JSON"),
            (".text.md", "A page", "{{/origin/requests @ nobody}}", 'variant is called "nobody"'),
            (".text.md", "A page", "{{/origin/requets}}", 'no "requets" there'),
        ):
            with self.subTest(after=after):
                now = self.file(suffix).read_text()
                self.change(suffix, before, after)
                found = self.pages("--check", "micro_caching")
                self.file(suffix).write_text(now)
                self.assertEqual(found.returncode, 2, found.stdout + found.stderr)
                self.assertIn(message, found.stderr)
                self.assertNotIn("Traceback", found.stderr)
        unknown = self.pages("nothing")
        self.assertEqual(unknown.returncode, 2)
        self.assertIn('no page "nothing": write ', unknown.stderr)


class Library(unittest.TestCase):
    def test_the_quick_pages_are_what_runs_give(self):
        found = subprocess.run(
            [sys.executable, str(TREE / "tools/scenario_pages"), "--check", "--quick",
             "--program", PROGRAM],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        self.assertEqual(found.returncode, 0, found.stdout + found.stderr)


unittest.main()
