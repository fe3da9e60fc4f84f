"""Words by hand with figures of runs in them. Does not know tables or pictures.

    {{/origin/requests}}                    of the scenario as it is
    {{/origin/requests @ no coalescing}}    of a variant
    {{/latency_ms/ttfb/p99; ms; 0}}         in a unit, with so many decimals
    {{/a @ one per /a}}                     how many times the other it is, or which share: ; %
"""

import re

from pages.figures import definition, value_at, written
from pages.spec import PageError

FIGURE = re.compile(r"\{\{(.+?)\}\}", re.S)


def one_value(page, runs, schema, text):
    pointer, _, variant = (part.strip() for part in text.partition(" @ "))
    variant = variant or page.base
    if variant not in runs:
        known = ", ".join(f'"{name}"' for name in runs)
        raise PageError(f'{page.name}.text.md: no variant is called "{variant}"; known: {known}')
    definition(schema, pointer)  # a pointer that no result can have is a mistake
    return value_at(runs[variant].result, pointer)


def filled_in(page, runs, schema, text):
    def figure(match):
        what, *form = (part.strip() for part in " ".join(match[1].split()).split(";"))
        above, _, below = what.partition(" per ")
        value = one_value(page, runs, schema, above)
        if below:
            divisor = one_value(page, runs, schema, below)
            value = value / divisor if value is not None and divisor else None
        unit = form[0] if form else ""
        return written(value, unit, int(form[1]) if len(form) > 1 else None)

    return FIGURE.sub(figure, text)
