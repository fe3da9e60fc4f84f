"""Figures of a result by pointer, what the schema says of them, and how they are written.

Does not know pages.
"""

from pages.spec import PageError

NAMES = ("id", "pop", "name", "kind")
# What a unit's figure is multiplied by, and its decimals.
UNITS = {
    "": (1, None),
    "%": (100, 1),
    "ms": (1, 1),
    "s": (1, 1),
    "min": (1 / 60, 1),
    "/s": (1, 0),
    "USD": (1, 0),
    "months": (1, 1),
    "times": (1, None),
    "MB": (1e-6, 1),
    "GB": (1e-9, 1),
    "TB": (1e-12, 2),
    "Mbps": (1e-6, 1),
    "Gbps": (1e-9, 2),
}


def unescaped(step):
    return step.replace("~1", "/").replace("~0", "~")


def steps_of(pointer):
    return [unescaped(step) for step in pointer.split("/")[1:]]


def member(value, step):
    """What stands there under that name; None where nothing does."""
    if isinstance(value, dict):
        return value.get(step)
    if not isinstance(value, list):
        return None
    for key in NAMES:
        for item in value:
            if isinstance(item, dict) and item.get(key) == step:
                return item
    return value[int(step)] if step.isdigit() and int(step) < len(value) else None


def name_of(item):
    return next((item[key] for key in NAMES if key in item), "")


def value_at(document, pointer):
    """The figure at a pointer; * takes the sum over all members that have one."""
    value = document
    steps = steps_of(pointer)
    for i, step in enumerate(steps):
        if step == "*":
            rest = "".join("/" + s.replace("~", "~0").replace("/", "~1") for s in steps[i + 1 :])
            members = value.values() if isinstance(value, dict) else value or []
            found = [value_at(item, rest) for item in members]
            found = [one for one in found if one is not None]
            return sum(found) if found else None
        value = member(value, step)
    return value


def definition(schema, pointer):
    """What the published schema says of the figure at a pointer; of parts that occur in several
    places, "99th percentile", with what they are of."""
    at = schema
    text = of = ""
    for step in steps_of(pointer):
        inside = at.get("properties", {}).get(step) or at.get("items")
        inside = inside or at.get("additionalProperties")
        if not inside and step == "0":  # any member will do: they are alike
            inside = next(iter(at.get("properties", {}).values()), None)
        if not isinstance(inside, dict):
            raise PageError(f'{pointer}: the schema of results has no "{step}" there')
        at = resolved(schema, inside)
        text = inside.get("description") or at.get("description") or text
        of, whose = (text, "") if "$ref" in inside else ("", of)
    return f"{text} ({whose})" if whose else text


def resolved(schema, part):
    if "$ref" not in part:
        return part
    return schema["$defs"][part["$ref"].rpartition("/")[2]]


def grouped(number, decimals):
    """1234567.0 -> 1,234,567"""
    text = f"{number:,.{decimals}f}"
    return text.removeprefix("-") if not text.strip("-0.,") else text


def written(value, unit="", decimals=None):
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, (int, float)):
        return str(value)
    if unit not in UNITS:
        raise PageError(f'unknown unit "{unit}"; known: {", ".join(UNITS)}')
    factor, usual = UNITS[unit]
    if decimals is None:
        decimals = usual
    if decimals is None:
        decimals = 0 if isinstance(value, int) or value == int(value) else 2
    return grouped(value * factor if factor != 1 else value, decimals)


def figure_text(document, figure, under=""):
    value = value_at(document, under + figure.pointer)
    if figure.per is not None:
        below = value_at(document, figure.per)
        value = value / below if value is not None and below else None
    return written(value, figure.unit, figure.decimals)
