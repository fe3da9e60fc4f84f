"""Runs of a scenario with settings, each once, and what came out. Does not know pages."""

import csv
import dataclasses
import gzip
import json
import pathlib
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor

from pages.spec import PageError

TARGET_MISSED = 3  # a run that missed a target is a run


@dataclasses.dataclass(frozen=True)
class Run:
    result: dict
    series: list  # rows by column


def run_one(program, scenario, settings, folder):
    command = [str(program), "run", str(scenario), "-o", str(folder), "--threads", "1", "--quiet"]
    for setting in settings:
        command += ["--set", setting]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, TARGET_MISSED):
        raise PageError(f"{' '.join(command)}\n{done.stderr.strip()}")
    result = json.loads((folder / "result.json").read_text())
    with gzip.open(folder / "series.csv.gz", "rt", newline="") as file:
        return Run(result, list(csv.DictReader(file)))


def runs_of(program, scenario, variants, jobs):
    """Each variant's run by its name; they are the same on any number of jobs."""
    with tempfile.TemporaryDirectory(prefix="cdnsim-pages-") as scratch:
        with ThreadPoolExecutor(jobs) as pool:
            started = {
                name: pool.submit(
                    run_one, program, scenario, settings, pathlib.Path(scratch) / str(number)
                )
                for number, (name, settings) in enumerate(variants.items())
            }
            return {name: future.result() for name, future in started.items()}
