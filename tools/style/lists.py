"""What has to be listed somewhere: sources in a target, policies in their list."""

import re

from style.tree import Problem

POLICY_FOLDER = "models/cache_policy"
# Compiled by a script of their own.
IN_NO_TARGET = ("tests/compile_fail/snippets", "tests/install_consumer/project")


def check_targets(files):
    """Every .cpp is named in a CMakeLists.txt of its folder or of one above."""
    lists = {f.path.rpartition("/")[0]: f.text for f in files if f.name == "CMakeLists.txt"}
    for file in files:
        if not file.path.endswith(".cpp") or file.is_below(*IN_NO_TARGET):
            continue
        if not any(is_named(file.path, folder, text) for folder, text in lists.items()):
            text = "in no CMakeLists.txt; add it to a target's SOURCES"
            yield Problem(file.path, 1, "no-target", text)


def is_named(path, folder, text):
    prefix = folder + "/" if folder else ""
    if not path.startswith(prefix):
        return False
    return re.search(rf"(?<![\w./-]){re.escape(path[len(prefix):])}(?![\w./-])", text) is not None


def check_policies(files):
    """A policy that is not in the list cannot be chosen, and its contract test does not run."""
    by_path = {f.path: f for f in files}
    listing = by_path.get(POLICY_FOLDER + "/list.hpp")
    if listing is None:
        return
    listed = "".join(re.findall(r"using (?:Cache|Offline)Policies\s*=[^;]*;", listing.code))
    for file in files:
        if not file.is_below(POLICY_FOLDER) or not file.is_header() or file is listing:
            continue
        names = re.findall(r"\bclass (\w+)[^;{]*{(?=(?:(?!\n};).)*\bkName\b)", file.code, re.DOTALL)
        for name in names:
            if not re.search(rf"\b{name}\b", listed):
                text = f"{name} is not in CachePolicies of {listing.path}; add its line"
                yield Problem(file.path, 1, "policy-list", text)
