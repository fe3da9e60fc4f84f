"""The how-to page tells the truth.

Without arguments: the page shows the guide's files word for word. With --build: a scratch copy of
the source gets the file and the line that the page asks for, is built, and runs what was added.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(os.environ["CDNSIM_SOURCE_DIR"])
PAGE = (ROOT / "models/README.md").read_text()
GUIDE = ROOT / "tests/guide"
SCENARIO = """{
  "duration": "4s",
  "network": {
    "client_networks": { "isp": { "region": "here", "users": "1M" } },
    "pops": { "pop": { "servers": 1, "shield": "none" } },
    "origins": { "origin": {} },
    "links": { "a": { "from": "pop", "to": "isp", "delay": "1ms" },
               "b": { "from": "pop", "to": "origin", "delay": "9ms" } }
  },
  "content": { "all": { "objects": 100, "size": "1KB", "origin": "origin",
                        "cache_control": "max-age=60" } },
  "traffic": { "waves": { "kind": "pulse", "rate": "1k/s", "mix": { "all": 1 } } },
  "caching": { "edge": { "policy": "mru", "memory": "50KB" } }
}
"""


def check_page():
    blocks = re.findall(r"```cpp\n(.*?)```", PAGE, re.S)
    for name in ("mru.hpp", "pulse.hpp"):
        if (GUIDE / name).read_text() not in blocks:
            sys.exit(f"models/README.md does not show tests/guide/{name} word for word")
    print("the page shows both files word for word")


def list_block(word):
    return next(b for b in re.findall(r"```cpp\n(.*?)```", PAGE, re.S) if b.startswith(word))


def replace_list(path, word, include, after):
    text = path.read_text()
    start = text.index(word)
    end = text.index(";", start) + 1
    text = text[:start] + list_block(word).rstrip("\n") + text[end:]
    path.write_text(text.replace(after, after + "\n" + include, 1))


def run(command, **options):
    print("+", " ".join(map(str, command)), flush=True)
    return subprocess.run(command, check=True, text=True, **options)


def build_scratch():
    with tempfile.TemporaryDirectory() as scratch:
        copy = pathlib.Path(scratch) / "source"
        shutil.copytree(ROOT, copy, ignore=lambda folder, names: (
            {"build", ".git"} if pathlib.Path(folder) == ROOT else set()))
        shutil.copy(GUIDE / "mru.hpp", copy / "models/cache_policy/mru.hpp")
        shutil.copy(GUIDE / "pulse.hpp", copy / "models/workload/pulse.hpp")
        replace_list(copy / "models/cache_policy/list.hpp", "using CachePolicies",
                     "#include <cdnsim/models/cache_policy/mru.hpp>",
                     "#include <cdnsim/models/cache_policy/lru.hpp>")
        replace_list(copy / "models/workload/list.hpp", "using WorkloadSpec",
                     "#include <cdnsim/models/workload/pulse.hpp>",
                     "#include <cdnsim/models/workload/viral.hpp>")
        build = pathlib.Path(scratch) / "build"
        run(["cmake", "-S", copy, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release"],
            stdout=subprocess.DEVNULL)
        run(["cmake", "--build", build, "--target", "cdnsim", "contract_cache_policy"],
            stdout=subprocess.DEVNULL)
        program = build / "bin/cdnsim"
        listed = run([program, "list", "policies"], capture_output=True).stdout
        assert "mru" in listed, listed
        trace = pathlib.Path(scratch) / "t.tr"
        trace.write_text("1 1 1\n2 2 1\n3 3 1\n4 2 1\n")  # 3 takes the place of 2
        rows = run([program, "cache", trace, "--policy", "mru", "--size", "2", "--format", "csv"],
                   capture_output=True).stdout
        assert ",mru,2,4,4," in rows, rows
        scenario = pathlib.Path(scratch) / "waves.json"
        scenario.write_text(SCENARIO)
        table = run([program, "run", scenario], capture_output=True).stdout
        assert "waves" in table, table
        # Catch2's exit status is how many it lists.
        names = subprocess.run([build / "bin/contract_cache_policy", "-l"], check=False, text=True,
                               capture_output=True).stdout
        # A template's cases have numbers, one for each policy of the list.
        policies = list_block("using CachePolicies").count(",") + 1
        first = "a cache holds what entered it and has not left - "
        assert names.count(first) == policies, names
        run([build / "bin/contract_cache_policy"], stdout=subprocess.DEVNULL)
        print("both additions work: one file and one line each")


check_page()
if "--build" in sys.argv[1:]:
    build_scratch()
