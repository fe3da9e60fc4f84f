"""What must not compile, and that it is the mistake that stops it.

    check.py COMPILER ROOTS      ROOTS: lines of a module's name and its include folders

Walls: the sources of every module include a header of every other one; it is found exactly where
SEES says so. The control is the same include among the module's own folders, where it compiles.
Snippets: each compiles as it stands, and not with -DWRONG, with a message that its line `// WRONG:`
matches.
"""

import pathlib
import re
import subprocess
import sys

# The layers of the design, written down a second time so that a slip in a CMakeLists.txt shows.
SEES = {
    "base": "",
    "data_path": "base",
    "engine": "base",
    "observe": "base",
    "cache_policy": "base data_path",
    "models": "base data_path cache_policy engine observe",
    "scenario": "base data_path cache_policy engine observe models",
    "config": "base data_path cache_policy engine observe models scenario",
    "assembly": "base data_path cache_policy engine observe models scenario config",
}
NOT_FOUND = "No such file or directory|file not found"


class Compiler:
    def __init__(self, program):
        self.program = program

    def messages(self, code, roots, *options):
        """What it says of the code; nothing when it compiles."""
        command = [self.program, "-std=c++20", "-x", "c++", "-", *options]
        for root in roots:
            if root != "/usr/include":  # the compiler looks there last, and must
                command += ["-I" if "include_roots" in root else "-isystem", root]
        done = subprocess.run(command, input=code, text=True, capture_output=True, check=False)
        if done.returncode == 0:
            return ""
        return done.stderr or "failed without a message"


def own_folder(module, roots):
    return next(root for root in roots if root.endswith(f"include_roots/{module}"))


def first_header(folder):
    headers = sorted(p for p in walk(pathlib.Path(folder)) if p.suffix == ".hpp")
    return headers[0].relative_to(folder).as_posix() if headers else None


def walk(folder):
    """Follows the symbolic links of which include roots are made."""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            yield from walk(path)
        else:
            yield path


def check_walls(compiler, roots):
    headers = {m: first_header(own_folder(m, roots[m])) for m in SEES}
    for module, header in headers.items():
        if header is None:
            yield f"{module} has no header to try"
            continue
        found = compiler.messages(f"#include <{header}>\n", roots[module], "-fsyntax-only")
        if found:
            yield f"control: {module} cannot compile its own <{header}>:\n{found}"
    for module in SEES:
        for other, header in headers.items():
            if other != module and header is not None:
                yield from check_pair(compiler, roots[module], module, other, header)


def check_pair(compiler, roots, module, other, header):
    if other in SEES[module].split():
        code = f"#if !__has_include(<{header}>)\n#error hidden\n#endif\n"
        if compiler.messages(code, roots, "-fsyntax-only"):
            yield f"{module} should see <{header}> of {other}"
        return
    said = compiler.messages(f"#include <{header}>\n", roots, "-fsyntax-only")
    if not said:
        yield f"{module} must not see {other}, yet includes <{header}>"
    elif header not in said or not re.search(NOT_FOUND, said):
        yield f"{module} fails on <{header}> of {other} for another reason:\n{said}"


def check_snippet(compiler, roots, path):
    code = path.read_text(encoding="utf-8")
    module = re.search(r"^// MODULE: (\w+)$", code, re.MULTILINE).group(1)
    wrong = re.search(r"^// WRONG: (.+)$", code, re.MULTILINE).group(1)
    said = compiler.messages(code, roots[module], "-fsyntax-only")
    if said:
        yield f"control: {path.name} does not compile:\n{said}"
    said = compiler.messages(code, roots[module], "-fsyntax-only", "-DWRONG")
    if not said:
        yield f"{path.name} compiles with -DWRONG"
    elif not re.search(wrong, said):
        yield f"{path.name} fails for another reason than {wrong!r}:\n{said}"


def main(program, roots_file):
    compiler = Compiler(program)
    lines = pathlib.Path(roots_file).read_text(encoding="utf-8").splitlines()
    roots = {words[0]: words[1:] for words in map(str.split, lines)}
    problems = list(check_walls(compiler, roots))
    snippets = sorted((pathlib.Path(__file__).parent / "snippets").glob("*.cpp"))
    for snippet in snippets:
        problems += check_snippet(compiler, roots, snippet)
    for problem in problems:
        print(problem)
    print(f"{len(SEES)} modules, {len(snippets)} snippets, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
