"""How files and functions look: length, opening lines, leftovers."""

import re

from style.tree import Problem

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 70
COLUMNS_MAX = 100
LEFTOVER = re.compile(r"\b(" + "|".join(["FIX" + "ME", "TO" + "DO", "XX" + "X"]) + r")\b")
MACHINE_PATH = re.compile(
    r"(?<![\w.$}/])/(" + r"home/\w+|" + r"root/|" + r"work/|" + r"tmp/|" + r"Users/\w+)"
    r"|\b[A-Z]:\\Users"
)
# A block that one of these words opens is not a function.
NOT_A_FUNCTION = re.compile(
    r"(?:^|\s)(namespace|class|struct|union|enum|if|for|while|switch|catch|do|else|try)\b"
)


def check_length(file):
    count = len(file.lines)
    if count > FILE_LINES_MAX and (file.is_cpp() or file.is_script()):
        text = f"{count} lines; at most {FILE_LINES_MAX}: split it by what its parts know"
        yield Problem(file.path, count, "file-length", text)


def check_header(file):
    if not file.is_header():
        return
    comments = 0
    while comments < len(file.lines) and file.lines[comments].startswith("// "):
        comments += 1
    if comments < 2:
        text = "a header opens with two comment lines: what it is, what it does not know"
        yield Problem(file.path, 1, "header", text)
    elif file.lines[comments : comments + 1] != ["#pragma once"]:
        yield Problem(file.path, comments + 1, "header", "#pragma once follows the opening comment")


def check_text(file):
    if not file.is_written_by_hand():
        return
    for number, line in enumerate(file.lines, 1):
        if LEFTOVER.search(line):
            yield Problem(file.path, number, "leftover", "do it, or say so in an issue")
        if MACHINE_PATH.search(line):
            text = "a path of one machine; use an option or a scratch folder"
            yield Problem(file.path, number, "machine-path", text)
        if line != line.rstrip():
            yield Problem(file.path, number, "whitespace", "spaces at the end of the line")
        if "\t" in line and (file.is_cpp() or file.is_script()):
            yield Problem(file.path, number, "whitespace", "a tab; use spaces")
        if len(line) > COLUMNS_MAX and 'R"' not in line and (file.is_cpp() or file.is_script()):
            text = f"{len(line)} columns; at most {COLUMNS_MAX}"
            yield Problem(file.path, number, "columns", text)
    if file.text and not file.text.endswith("\n"):
        yield Problem(file.path, len(file.lines), "whitespace", "no end of line at the end")


def functions(code):
    """(first line, number of lines) of each outermost block that looks like a function's."""
    depth_of_function = None
    opened = []
    for match in re.finditer(r"[{}]", code):
        if match.group(0) == "{":
            opened.append(match.start())
            if depth_of_function is None and opens_function(code, match.start()):
                depth_of_function = len(opened)
        elif opened:
            start = opened.pop()
            if depth_of_function == len(opened) + 1:
                depth_of_function = None
                first = code.count("\n", 0, start) + 1
                yield first, code.count("\n", start, match.start()) + 1


def opens_function(code, position):
    before = code[max(0, position - 2000) : position].rstrip()
    before = re.sub(r"\w\s*\{[^{}]*\}", "x", before)  # members initialised in braces
    tail = re.split(r"[;{}]", before)[-1]
    tail = re.sub(r"^\s*#[^\n]*\n", "", tail, flags=re.MULTILINE)
    while (shorter := re.sub(r"<[^<>()]*>", "", tail)) != tail:  # template parameters
        tail = shorter
    if "(" not in tail or NOT_A_FUNCTION.search(tail):
        return False
    return not tail.endswith(("=", ",", "(", "return"))


def check_functions(file):
    if not file.is_cpp():
        return
    for line, count in functions(file.code):
        if count > FUNCTION_LINES_MAX:
            text = f"a function of {count} lines; at most {FUNCTION_LINES_MAX}"
            yield Problem(file.path, line, "function-length", text)
