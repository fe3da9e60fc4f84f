"""What a page shows, as scenarios/pages/NAME.json says it. Does not know results.

    {
      "slow": true,                                 only checked in the long run
      "variants": {"NAME": ["/path=value", ...]},   besides the scenario as it is
      "base": "as it is",                           what that is called
      "figures": [FIGURE, ...],                     the first table: a row for each variant
      "tables": [TABLE, ...],                       more of them
      "series": [CHART, ...]                        pictures over time
    }
    FIGURE  {"pointer": "/origin/requests", "title": "...", "unit": "%", "decimals": 1,
             "per": "/requests/total"}
            members of lists go by id, pop, name or kind, or by number; * takes the sum over all
    TABLE   {"title": "...", "variants": [...], "figures": [...]} or, for the members of a list,
            {"title": "...", "each": "/launches", "name": "pop", "variant": "...", "figures": [...]}
            whose pointers begin at the member; "members": ["before", "after"] says which, and in
            what order
    CHART   {"title": "...", "show": "requests", "node": "origin", "variants": [...],
             "scale": "log"}
            node: an id or a kind, or several of them, one line each; show: a column of the series,
            a second, or hit_ratio
"""

import dataclasses
import json


class PageError(Exception):
    """A user's mistake: says where, what, and how to mend it."""


@dataclasses.dataclass(frozen=True)
class Figure:
    pointer: str
    title: str
    unit: str = ""
    decimals: int | None = None
    per: str | None = None


@dataclasses.dataclass(frozen=True)
class Table:
    figures: tuple
    title: str = ""
    variants: tuple | None = None
    each: str | None = None
    name: str | None = None
    name_unit: str = ""
    members: tuple | None = None
    variant: str | None = None


@dataclasses.dataclass(frozen=True)
class Chart:
    title: str
    show: str
    node: str | tuple
    variants: tuple | None = None
    scale: str = "linear"


@dataclasses.dataclass(frozen=True)
class Page:
    name: str
    variants: dict  # of the settings; the first one has none
    tables: tuple
    charts: tuple
    slow: bool = False

    @property
    def base(self):
        return next(iter(self.variants))


def made(kind, value, where):
    """A described object out of JSON; lists become tuples."""
    known = {field.name: field for field in dataclasses.fields(kind)}
    if not isinstance(value, dict):
        raise PageError(f"{where}: write an object with {', '.join(known)}")
    for key in value:
        if key not in known:
            raise PageError(f'{where}: unknown key "{key}"; known: {", ".join(known)}')
    for key, field in known.items():
        if field.default is dataclasses.MISSING and key not in value:
            raise PageError(f'{where}: "{key}" is missing')
    items = {k: tuple(v) if isinstance(v, list) else v for k, v in value.items()}
    return kind(**items)


def made_table(value, where):
    table = made(Table, value, where)
    figures = [made(Figure, f, f"{where}/figures/{i}") for i, f in enumerate(table.figures)]
    return dataclasses.replace(table, figures=tuple(figures))


def check_variants(page, where):
    for part in page.tables + page.charts:
        named = list(part.variants or ())
        named += [part.variant] if getattr(part, "variant", None) else []
        for variant in named:
            if variant not in page.variants:
                known = ", ".join(f'"{name}"' for name in page.variants)
                raise PageError(f'{where}: no variant is called "{variant}"; known: {known}')


def read_json(file):
    try:
        return json.loads(file.read_text())
    except ValueError as error:
        raise PageError(f"{file}: no JSON: {error}") from None
    except OSError as error:
        raise PageError(f"{file}: {error.strerror}") from None


def read_page(file):
    """REQUIRES: file is scenarios/pages/NAME.json."""
    document = read_json(file)
    known = {"slow", "base", "variants", "figures", "tables", "series"}
    for key in document:
        if key not in known:
            raise PageError(f'{file}: unknown key "{key}"; known: {", ".join(sorted(known))}')
    variants = {document.get("base", "as it is"): [], **document.get("variants", {})}
    given = document.get("tables", ())
    tables = [made_table(table, f"{file}#/tables/{i}") for i, table in enumerate(given)]
    if document.get("figures"):
        tables.insert(0, made_table({"figures": document["figures"]}, f"{file}#"))
    given = document.get("series", ())
    charts = [made(Chart, chart, f"{file}#/series/{i}") for i, chart in enumerate(given)]
    name = file.name.removesuffix(".json")
    page = Page(name, variants, tuple(tables), tuple(charts), document.get("slow", False))
    check_variants(page, file)
    return page
