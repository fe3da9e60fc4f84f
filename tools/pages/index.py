"""The list of all scenarios in scenarios/README.md, between two marks. Does not know runs."""

import json

from pages.spec import PageError

BEGIN, END = "<!-- scenarios: written by tools/scenario_pages -->", "<!-- end of scenarios -->"


def listing(scenarios):
    lines = ["| scenario | question |", "|---|---|"]
    for file in sorted(scenarios.glob("*.json")):
        page = scenarios / "pages" / (file.stem + ".json")
        link = f"pages/{file.stem}.md" if page.exists() else file.name
        question = json.loads(file.read_text()).get("question", "")
        lines.append(f"| [{file.stem}]({link}) | {question} |")
    return "\n".join(lines)


def index_text(scenarios):
    text = (scenarios / "README.md").read_text()
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise PageError(f"scenarios/README.md has no place for the list: {BEGIN} and {END}")
    return f"{before}{BEGIN}\n{listing(scenarios)}\n{END}{after}"
