"""A scenario's page as Markdown: its question, tables, how to run it, pictures, and words by hand.

Does not know how runs are made.
"""

import shlex

from pages import chart, series
from pages.figures import UNITS, definition, figure_text, name_of, steps_of, value_at, written
from pages.spec import PageError
from pages.text import filled_in

SPLIT = "<!-- figures -->"  # in NAME.text.md: what stands before the tables, and what after


def head(figure):
    return f"{figure.title}, {figure.unit}" if figure.unit not in ("", "times") else figure.title


def row(cells):
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def table_lines(first, figures, rows):
    lines = [row([first] + [head(figure) for figure in figures])]
    lines.append("|---|" + "---:|" * len(figures))
    return lines + [row(cells) for cells in rows]


def variants_rows(table, runs):
    for variant in table.variants or tuple(runs):
        yield [variant] + [figure_text(runs[variant].result, figure) for figure in table.figures]


def members_of(value):
    return list(value.items()) if isinstance(value, dict) else [(None, item) for item in value]


def members_rows(table, page, runs):
    result = runs[table.variant or page.base].result
    found = value_at(result, table.each)
    if not found:
        raise PageError(f"{page.name}: {table.each} of the result has no members to show")
    members = members_of(found)
    if table.members:
        members = [(key, found[key]) for key in table.members]
    for key, item in members:
        name = value_at(item, "/" + table.name) if table.name else key or name_of(item)
        yield [written(name, table.name_unit, 0 if table.name_unit else None)] + [
            figure_text(item, figure) for figure in table.figures
        ]


def table_text(table, page, runs):
    if table.each:
        first = table.name or ""
        first += f", {table.name_unit}" if table.name_unit else ""
        lines = table_lines(first, table.figures, members_rows(table, page, runs))
    else:
        lines = table_lines("", table.figures, variants_rows(table, runs))
    title = [f"**{table.title}**", ""] if table.title else []
    return "\n".join(title + lines)


def definitions(page, schema):
    """Each figure of the tables once, as the published schema defines it."""
    lines = {}
    for table in page.tables:
        for figure in table.figures:
            # A member's pointer begins behind its list, whose items the schema describes.
            under = table.each + "/0" if table.each else ""
            pointer = under + figure.pointer
            shown = pointer.replace("/0/", "/*/", 1) if table.each else pointer
            text = f"`{shown}`: {definition(schema, pointer)}"
            if figure.per:
                definition(schema, figure.per)
                text += f"; divided by `{figure.per}`"
            if "*" in steps_of(figure.pointer):
                text += "; the sum of all"
            lines.setdefault(f"{figure.title} {text}", f"- **{figure.title}** {text}")
    return "\n".join(lines.values())


def commands(page):
    lines = []
    for name, settings in page.variants.items():
        lines.append(f"# {name}")
        command = f"tools/cdnsim run scenarios/{page.name}.json"
        sets = [f"--set {shlex.quote(setting)}" for setting in settings]
        one_line = " ".join([command] + sets)
        lines.append(one_line if len(one_line) <= 110 else " \\\n    ".join([command] + sets))
    return "```sh\n" + "\n".join(lines) + "\n```"


def amount(count, word):
    return f"{count:,} {word}" + ("" if count == 1 else "s")


def duration(seconds):
    for unit_s, name in ((3600, "h"), (60, "min")):
        if seconds >= unit_s and seconds % unit_s == 0:
            return f"{seconds / unit_s:g} {name}"
    return f"{seconds:g} s"


KINDS = {"edge": "PoP", "embedded": "embedded cache", "shield": "shield", "origin": "origin"}


def shape(result):
    """How large it is and how long it takes, from the run itself."""
    parts = [amount(len(result["isps"]), "client network")]
    for kind, word in KINDS.items():
        count = sum(node["kind"] == kind for node in result["nodes"])
        if count:
            parts.append(amount(count, word))
    parts.append(amount(len(result["links"]), "link"))
    scenario = result["scenario"]
    time = duration(scenario["duration_s"])
    if scenario["warmup_s"]:
        time += f", of which the first {duration(scenario['warmup_s'])} warm up and are not counted"
    total = f"{result['requests']['total']:,} requests counted"
    return f"{', '.join(parts)}; {time}; {total}; seed {scenario['seed']}."


def page_text(page, runs, schema, words):
    result = runs[page.base].result
    before, _, after = filled_in(page, runs, schema, words).partition(SPLIT)
    for unit in (f.unit for t in page.tables for f in t.figures):
        if unit not in UNITS:
            raise PageError(f'{page.name}: unknown unit "{unit}"; known: {", ".join(UNITS)}')
    parts = [
        f"<!-- Written by tools/scenario_pages out of {page.name}.json, {page.name}.text.md and "
        "runs: change those. -->",
        f"# {page.name}",
        f"**{result['scenario']['question']}**",
        f"Scenario: [{page.name}.json](../{page.name}.json). {shape(result)}",
        before.strip(),
    ]
    parts += [table_text(table, page, runs) for table in page.tables]
    parts.append(after.strip())
    if page.charts:
        titles = "; ".join(spec.title for spec in page.charts)
        parts.append(f"![{titles}]({page.name}.svg)")
    parts += ["## Run it", commands(page)]
    if page.tables:
        parts += ["## The figures, as the schema of results defines them"]
        parts += [definitions(page, schema)]
    return "\n\n".join(part for part in parts if part) + "\n"


def picture(page, runs):
    """None where the page has no charts."""
    if not page.charts:
        return None
    return chart.svg([series.panel(spec, runs) for spec in page.charts])
