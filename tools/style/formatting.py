"""clang-format, in the one version that everybody uses."""

import os
import re
import shutil
import subprocess

from style.tree import Problem

CLANG_FORMAT = "clang-format-19"


def in_batches(files, size=40):
    paths = [str(f.full_path) for f in files if f.is_cpp()]
    return [paths[i : i + size] for i in range(0, len(paths), size)]


def is_installed():
    return shutil.which(CLANG_FORMAT) is not None


def check_format(root, files):
    """Names each file that it would change, with the first place."""
    commands = [[CLANG_FORMAT, "--dry-run", *batch] for batch in in_batches(files)]
    running = [subprocess.Popen(c, stderr=subprocess.PIPE, text=True) for c in commands]
    seen = set()
    for process in running:
        for path, line in re.findall(r"^(.+?):(\d+):\d+: warning:", process.communicate()[1], re.M):
            path = os.path.relpath(path, root).replace(os.sep, "/")
            if path not in seen:
                seen.add(path)
                yield Problem(path, int(line), "format", "run tools/check_style --format")


def apply_format(files):
    for batch in in_batches(files):
        subprocess.run([CLANG_FORMAT, "-i", *batch], check=True)
