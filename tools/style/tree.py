"""The files of the source tree, and C++ text without its comments and strings."""

import dataclasses
import functools
import pathlib
import re
import subprocess

SCRIPT_SUFFIXES = (".py", ".sh", ".cmake", ".js")
SKIPPED_FOLDERS = {".git", "build", ".cache", "__pycache__", "node_modules"}


@dataclasses.dataclass(frozen=True)
class Problem:
    path: str
    line: int
    rule: str
    text: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.rule}: {self.text}"


class SourceFile:
    def __init__(self, root, path):
        self.path = path  # from the root, with /
        self.full_path = root / path

    @functools.cached_property
    def text(self):
        return self.full_path.read_text(encoding="utf-8", errors="replace")

    @functools.cached_property
    def lines(self):
        return self.text.splitlines()

    @functools.cached_property
    def code(self):
        """C++ text with comments and strings blanked out, line for line."""
        return blank_out(self.text)

    @property
    def name(self):
        return self.path.rsplit("/", 1)[-1]

    def is_cpp(self):
        return self.path.endswith((".cpp", ".hpp"))

    def is_header(self):
        return self.path.endswith(".hpp")

    def is_script(self):
        return (
            self.path.endswith(SCRIPT_SUFFIXES)
            or self.name == "CMakeLists.txt"
            or self.text.startswith("#!")
        )

    def is_written_by_hand(self):
        """Not data, which may be wrong on purpose."""
        return self.is_cpp() or self.is_script() or self.path.endswith(".md")

    def is_below(self, *folders):
        return any(self.path.startswith(folder + "/") for folder in folders)


def blank_out(text):
    """Replaces comments, and what stands between quotes, by spaces."""
    pattern = re.compile(
        r"//[^\n]*|/\*.*?\*/"  # comments
        r'|R"([^()\s\\]{0,16})\(.*?\)\1"'  # raw strings
        r'|"(?:\\.|[^"\\\n])*"'
        r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'",  # not the separator of 1'000
        re.DOTALL,
    )

    def blank(match):
        found = match.group(0)
        start = text.rfind("\n", 0, match.start()) + 1
        if text[start : match.start()].lstrip().startswith("#include"):
            return found
        inside = re.sub(r"[^\n]", " ", found)
        return inside if found[0] == "/" else '"' + inside[1:-1] + '"'

    return pattern.sub(blank, text)


def listed_by_git(root):
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others"]
    command += ["--exclude-standard"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return None
    return [path for path in done.stdout.split("\0") if path]


def walk(root):
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        if path.is_file() and not SKIPPED_FOLDERS.intersection(relative.parts):
            yield relative.as_posix()


def source_files(root):
    """Every text file of the tree: what git knows or would, or all without git."""
    root = pathlib.Path(root)
    paths = listed_by_git(root) if (root / ".git").exists() else None
    files = []
    for path in sorted(set(paths if paths is not None else walk(root))):
        full_path = root / path
        if not full_path.is_file() or full_path.is_symlink():
            continue
        if b"\0" not in full_path.read_bytes()[:8192]:
            files.append(SourceFile(root, path))
    return files
