"""A chart's lines out of the series of runs. Does not know how they are drawn."""

from pages import chart
from pages.spec import PageError

SIZES = {"bytes_served", "bytes_fetched"}  # shown in bits


def bins(run, node):
    """(start, end, sums by column) of the node of that id, or of all of that kind."""
    sums = {}
    for row in run.series:
        if node in (row["node"], row["kind"]):
            total = sums.setdefault(float(row["start_s"]), {})
            for column, value in row.items():
                if column not in ("start_s", "node", "kind"):
                    total[column] = total.get(column, 0) + int(value)
    starts = sorted(sums)
    if not starts:
        known = sorted({row["node"] for row in run.series} | {row["kind"] for row in run.series})
        raise PageError(f'the series have no node or kind "{node}"; known: {", ".join(known)}')
    ends = starts[1:] + [run.result["scenario"]["duration_s"]]
    return [(start, end, sums[start]) for start, end in zip(starts, ends)]


def hit_ratio(found):
    """As the schema defines it, with remembered errors among the hits: the series lack them."""
    asked = found["requests"] - found["passes"] - found["shed"] - found["dropped"]
    hits = found["hits"] + found["stale_hits"] + found["negative_hits"]
    return hits / asked if asked else None


def points(run, node, show):
    out = []
    for start, end, found in bins(run, node):
        if show == "hit_ratio":
            value = hit_ratio(found)
        elif show in found:
            value = found[show] * (8 if show in SIZES else 1) / (end - start)
        else:
            raise PageError(f'no column "{show}"; known: hit_ratio, {", ".join(found)}')
        out.append(((start + end) / 2, value))
    return out


def panel(spec, runs):
    """One chart: a line for each variant and node."""
    variants = spec.variants or tuple(runs)
    nodes = spec.node if isinstance(spec.node, tuple) else (spec.node,)
    lines = []
    for variant in variants:
        for node in nodes:
            names = ([variant] if len(variants) > 1 else []) + ([node] if len(nodes) > 1 else [])
            lines.append(
                chart.Line(", ".join(names) or variant, points(runs[variant], node, spec.show))
            )
    scenario = runs[variants[0]].result["scenario"]
    unit = "%" if spec.show == "hit_ratio" else "bit/s" if spec.show in SIZES else "per second"
    return chart.Panel(
        spec.title, lines, scenario["duration_s"], scenario["warmup_s"], unit, spec.scale == "log"
    )
