"""A result depends on the scenario and on nothing else.

    same_bytes_test.py PROGRAM SCENARIO [PRESET...]

Runs the scenario with 1, 2 and 3 threads, in another locale and folder, and without the processor
features for which libm has other code; builds the presets named and runs it with each. Every
result.json must be the same to the byte, and so must the series inside their compression.
"""

import gzip
import os
import pathlib
import subprocess
import sys
import tempfile

TREE = pathlib.Path(__file__).resolve().parents[2]
NO_FMA = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-AVX2,-FMA4"}
OTHER_PLACE = {"LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Tokyo", "HOME": "/nowhere"}


def build(preset):
    """The program of that preset. Its folder is this test's: tools/test builds others."""
    configure = ["cmake", "--preset", preset, "-G", "Ninja", "-DCDNSIM_TESTS=OFF"]
    if (TREE / "build" / preset / "CMakeCache.txt").exists():
        configure = ["cmake", f"build/{preset}"]
    make = ["cmake", "--build", f"build/{preset}", "--target", "cdnsim", "--parallel"]
    for command in (configure, [*make, str(os.cpu_count())]):
        done = subprocess.run(command, cwd=TREE, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return TREE / "build" / preset / "bin" / "cdnsim"


def run(program, scenario, threads, environment):
    """What it wrote: the result, and the series uncompressed."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out"
        command = [program, "run", scenario, "-o", out, "--threads", str(threads), "--quiet"]
        environment = {**os.environ, **environment}
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stderr}")
        series = gzip.decompress((out / "series.csv.gz").read_bytes())
        return (out / "result.json").read_bytes(), series


def first_difference(expected, found):
    for number, (a, b) in enumerate(zip(expected.splitlines(), found.splitlines()), 1):
        if a != b:
            return f"line {number}:\n  {a.decode()}\n  {b.decode()}"
    return f"{len(expected)} and {len(found)} bytes"


def main(program, scenario, *presets):
    program, scenario = pathlib.Path(program).resolve(), pathlib.Path(scenario).resolve()
    runs = [(f"{n} threads", program, n, {}) for n in (2, 3)]
    runs += [("no FMA, no AVX2", program, 2, NO_FMA), ("another place", program, 2, OTHER_PLACE)]
    runs += [(f"preset {preset}", build(preset), 2, {}) for preset in presets]
    expected = run(program, scenario, 1, {})
    different = 0
    for name, which, threads, environment in runs:
        found = run(which, scenario, threads, environment)
        for what, a, b in zip(("result.json", "series.csv"), expected, found):
            if a != b:
                different += 1
                print(f"{name}: {what} differs from that of one thread, {first_difference(a, b)}")
    print(f"{len(runs) + 1} runs, {different} differences")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
