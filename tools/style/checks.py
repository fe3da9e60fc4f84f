"""All checks but the format, and the exceptions from them."""

import re

from style import bans, lists, shape

CPP_CHECKS = (bans.check_bans, bans.check_ledger, bans.check_unordered, shape.check_functions)
FILE_CHECKS = (shape.check_header, shape.check_length, shape.check_text)
TREE_CHECKS = (lists.check_targets, lists.check_policies)


def all_problems(files):
    for file in files:
        for check in FILE_CHECKS + (CPP_CHECKS if file.is_cpp() else ()):
            yield from check(file)
    for check in TREE_CHECKS:
        yield from check(files)


def problems_in(files):
    by_path = {f.path: f for f in files}
    found = [p for p in all_problems(files) if not is_excused(p, by_path[p.path])]
    return sorted(found, key=lambda p: (p.path, p.line))


def is_excused(problem, file):
    around = file.lines[max(0, problem.line - 2) : problem.line]
    return any(re.search(rf"STYLE\({problem.rule}\): \S", line) for line in around)
