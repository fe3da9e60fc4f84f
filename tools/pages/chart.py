"""Pictures over time as SVG. Does not know scenarios or results.

A picture brings its own ground, dark where the reader's is, so that it is readable on any page.
"""

import dataclasses
import math
from xml.sax.saxutils import escape

WIDTH, PANEL = 840, 250
LEFT, RIGHT, TOP, BOTTOM = 64, 560, 40, 210  # the field within a panel
MOST_POINTS = 250  # more would not be seen
# Colours that the colour-blind tell apart too; dashes when they have been used up.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#9a75b5", "#808080")
DASHES = ("none", "7 4", "2 3")
STYLE = """<style>
.ground{fill:#fff}.grid{stroke:#ddd;fill:none}.axis{stroke:#333;fill:none}text{fill:#222}
@media(prefers-color-scheme:dark){.ground{fill:#16181d}.grid{stroke:#363a43}.axis{stroke:#aaa}
text{fill:#ddd}}
</style>"""


@dataclasses.dataclass(frozen=True)
class Line:
    name: str
    points: list  # (seconds, value); a value may be None


@dataclasses.dataclass(frozen=True)
class Panel:
    title: str
    lines: list
    until_s: float
    warmup_s: float = 0
    unit: str = ""
    log: bool = False


def step_near(span, most):
    """1, 2 or 5 of a power of ten, such that at most so many steps fill the span."""
    step = 10.0 ** math.floor(math.log10(span / most))
    return next(step * digit for digit in (1, 2, 5, 10, 20) if span <= step * digit * most)


def short(value):
    for limit, letter in ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= limit:
            return f"{value / limit:.4g} {letter}"
    return f"{value:.4g}"


class Scale:
    """Of the values upwards."""

    def __init__(self, panel):
        found = [v for line in panel.lines for _, v in line.points if v is not None]
        self.percent = panel.unit == "%"
        most = max(found, default=1) or 1
        self.log = panel.log
        if self.log:
            least = min((v for v in found if v > 0), default=1)
            self.low = math.floor(math.log10(least))
            self.high = max(math.ceil(math.log10(most)), self.low + 1)
            self.ticks = [10.0**n for n in range(self.low, self.high + 1)]
        else:
            self.low = 0
            step = step_near(1 if self.percent else most, 5)
            self.high = 1 if self.percent else math.ceil(most / step - 1e-9) * step
            self.ticks = [step * n for n in range(round(self.high / step) + 1)]

    def up(self, value):
        if self.log:
            value = math.log10(value) if value > 0 else self.low
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))

    def text(self, tick):
        return f"{100 * tick:.0f} %" if self.percent else short(tick)


def time_ticks(until_s):
    """(seconds, text), in the largest unit that gives enough of them."""
    for unit_s, name, steps in (
        (3600, "h", (1, 2, 3, 4, 6, 12, 24, 48)),
        (60, "min", (1, 2, 5, 10, 15, 20, 30)),
        (1, "s", (1, 2, 5, 10, 15, 20, 30)),
    ):
        if until_s >= 3 * unit_s:
            step = next((s for s in steps if until_s / unit_s / s <= 8), steps[-1]) * unit_s
            count = int(until_s // step)
            return [(n * step, f"{n * step // unit_s} {name}") for n in range(count + 1)]
    return [(0, "0 s")]


def thinned(points):
    """Means of as many neighbours as make few enough points."""
    together = -(-len(points) // MOST_POINTS)
    out = []
    for i in range(0, len(points), together):
        part = points[i : i + together]
        values = [v for _, v in part if v is not None]
        middle = sum(t for t, _ in part) / len(part)
        out.append((middle, sum(values) / len(values) if values else None))
    return out


def text_at(x, y, anchor, text, more=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{escape(text)}</text>'


class Drawing:
    def __init__(self, panel, top):
        self.panel, self.top, self.scale = panel, top, Scale(panel)

    def x(self, seconds):
        return LEFT + (RIGHT - LEFT) * seconds / self.panel.until_s

    def y(self, value):
        return self.top + BOTTOM - (BOTTOM - TOP) * self.scale.up(value)

    def axes(self):
        low, high = self.top + BOTTOM, self.top + TOP
        grid, labels = [], []
        for tick in self.scale.ticks:
            grid.append(f"M{LEFT} {self.y(tick):.1f}H{RIGHT}")
            labels.append(text_at(LEFT - 6, self.y(tick) + 4, "end", self.scale.text(tick)))
        for seconds, text in time_ticks(self.panel.until_s):
            grid.append(f"M{self.x(seconds):.1f} {high}V{low}")
            labels.append(text_at(self.x(seconds), low + 18, "middle", text))
        out = [f'<path class="grid" d="{"".join(grid)}"/>']
        out.append(f'<path class="axis" d="M{LEFT} {high}V{low}H{RIGHT}"/>')
        if self.panel.warmup_s:
            x = self.x(self.panel.warmup_s)
            out.append(f'<path class="axis" stroke-dasharray="2 4" d="M{x:.1f} {high}V{low}"/>')
            labels.append(text_at(x + 4, high - 4, "start", "end of warm-up", ' font-size="10"'))
        return out + labels

    def line(self, line, number):
        colour = COLOURS[number % len(COLOURS)]
        dashes = DASHES[number // len(COLOURS) % len(DASHES)]
        # The first are wider, so that they are seen below others that lie on them.
        width = max(1.2, 3.4 - 0.6 * number)
        style = f'fill="none" stroke="{colour}" stroke-width="{width:.1f}"'
        style += f' stroke-dasharray="{dashes}"'
        path, pen_is_down = "", False
        for seconds, value in thinned(line.points):
            if value is not None:
                path += f"{'L' if pen_is_down else 'M'}{self.x(seconds):.1f} {self.y(value):.1f}"
            pen_is_down = value is not None
        y = self.top + TOP + 6 + 18 * number
        return [
            f'<path {style} stroke-linejoin="round" d="{path}"/>',
            f'<path {style} d="M{RIGHT + 12} {y}h20"/>',
            text_at(RIGHT + 38, y + 4, "start", line.name),
        ]

    def all(self):
        unit = {"%": "", "": ""}.get(self.panel.unit, f" ({self.panel.unit})")
        title = text_at(LEFT, self.top + 20, "start", self.panel.title + unit, ' font-size="14"')
        out = [title] + self.axes()
        for number, line in enumerate(self.panel.lines):
            out += self.line(line, number)
        return out


def svg(panels):
    height = PANEL * len(panels)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" font-family="sans-serif" font-size="12">',
        STYLE,
        '<rect class="ground" width="100%" height="100%"/>',
    ]
    for number, panel in enumerate(panels):
        out += Drawing(panel, PANEL * number).all()
    return "\n".join(out + ["</svg>", ""])
