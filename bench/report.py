"""The tables of docs/performance.md.

Its text is written by hand and holds no figure. The text between a pair of markers is written here, all from
one run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bench.contenders import Measured
from bench.growth import Size, costs
from bench.measure import Contender, Series

# What was set as a goal.
LATENCY_AT_MOST = 1.1
RENDERED_AT_MOST = 25
CACHE_AT_LEAST = 0.85
STATIC_AT_LEAST = 1.0

SATURATED = 0.9  # of a core: a server below it waited for wrk


@dataclass(frozen=True)
class Goal:
    what: str
    wanted: str
    reached: str
    verdict: str

    @classmethod
    def of(cls, what: str, reached: Series, *, least: float = 0, most: float = 0) -> Goal:
        """Return the goal that a ratio is at least, or at most, so much."""

        def met(value: float) -> bool:
            return value >= least if least else value <= most

        verdict = "met" if met(reached.median) else "**falls short**"
        if len({met(value) for value in reached.values}) > 1:
            verdict += ", not in every round"
        wanted = f"≥ {least:.2f}" if least else f"≤ {most:.2f}"
        return cls(what, wanted, ratio(reached), verdict)


@dataclass(frozen=True)
class Run:
    machine: dict[str, str]
    measured: Measured
    sizes: list[Size]
    others: float  # cores that other work used meanwhile


def goals_table(measured: Measured) -> str:
    return table(
        ("goal", "wanted", "reached", ""),
        ((goal.what, goal.wanted, goal.reached, goal.verdict) for goal in goals(measured)),
    )


def goals(measured: Measured) -> Iterable[Goal]:
    bare = measured.bare
    for loop, site in measured.site.items():
        reached = ratio(site.rate.to(bare.rate))
        yield Goal(f"cached page to bare function, {loop}", "≥ 0.90, aim 4", reached, "")
    for loop, alone in measured.alone.items():
        for name, of in (("median", lambda each: each.median), ("p99", lambda each: each.p99)):
            yield Goal.of(
                f"{name} of the time to a cached page, to the bare function, {loop}",
                of(alone).to(of(measured.bare_alone)),
                most=LATENCY_AT_MOST,
            )
    ratios = [
        cost.rendered.median * 1e6 / bare.cpu.median
        for cost in costs(measured.probed, False).values()
    ]
    good = sum(each <= RENDERED_AT_MOST for each in ratios)
    yield Goal(
        "CPU of a rendered page, to the bare function",
        f"≤ {RENDERED_AT_MOST}",
        f"{min(ratios):.0f} to {max(ratios):.0f}",
        "met" if good == len(ratios) else f"**falls short**: {good} of {len(ratios)} pages meet it",
    )
    yield Goal.of(
        "nginx as a cache of this site, to nginx with a file: requests",
        measured.cache.rate.to(measured.file.rate),
        least=CACHE_AT_LEAST,
    )
    yield Goal.of(  # for where wrk is the slower one, which makes both rates the same
        "the same: requests for each second of CPU",
        measured.file.cpu.to(measured.cache.cpu),
        least=CACHE_AT_LEAST,
    )
    for loop, static in measured.static.items():
        yield Goal.of(
            f"static file of this site, to WhiteNoise, {loop}",
            static.rate.to(measured.whitenoise.rate),
            least=STATIC_AT_LEAST,
        )


def noise(run: Run) -> str:
    """Return how far the rounds lay apart, and what else spoils a figure."""
    measured = run.measured
    contenders = [
        *measured.throughput,
        *measured.static_files,
        *measured.latency,
        *(size.contender for size in run.sizes),
    ]
    widest = max(contenders, key=lambda each: spread(each.rate))
    lines = [
        f"Other work on the machine used {run.others:.2f} cores during the run.",
        f"{len(measured.bare.rate.values)} rounds. Between them the rate of the bare function spread "
        f"over {spread(measured.bare.rate):.0%} of its median, the widest, "
        f"{widest.name}{' alone' if widest.connections == 1 else ''}, over {spread(widest.rate):.0%}: "
        "a difference smaller than that says nothing.",
    ]
    waiting = [each.name for each in measured.throughput if each.busy.median < SATURATED]
    if waiting:
        lines.append(
            f"Used less than a core, because wrk or other work took the rest: {', '.join(waiting)}. "
            "There the CPU time for each request tells more than the rate."
        )
    faults = [f"{each.name}: {each.errors}" for each in contenders if each.errors]
    lines.append(f"Faulty answers: {', '.join(faults) or 'none'}.")
    return "\n".join(f"- {line}" for line in lines)


def throughput(measured: Measured) -> str:
    caption = (
        f"The home page, {measured.page_bytes:,} bytes in Brotli, {connections(measured.bare)}."
    )
    return f"{caption}\n\n{_rates(measured.throughput, measured.bare)}"


def static_files(measured: Measured) -> str:
    return _rates(measured.static_files, measured.whitenoise)


def _rates(contenders: Sequence[Contender], base: Contender) -> str:
    return table(
        ("", "requests/s", "ratio", "CPU µs/request", "cores in use"),
        (
            (
                each.name,
                rounded(each.rate),
                "1" if each is base else ratio(each.rate.to(base.rate)),
                rounded(each.cpu),
                f"{each.busy.median:.2f}",
            )
            for each in contenders
        ),
    )


def latency(measured: Measured) -> str:
    base = measured.bare_alone
    return table(
        ("", "median µs", "ratio", "p99 µs", "ratio"),
        (
            (
                each.name,
                rounded(each.median),
                "1" if each is base else ratio(each.median.to(base.median)),
                rounded(each.p99),
                "1" if each is base else ratio(each.p99.to(base.p99)),
            )
            for each in measured.latency
        ),
    )


def rendered(measured: Measured) -> str:
    bare = measured.bare.cpu.median
    return table(
        ("page", "ms", "of it compressing", "ratio", "ratio without", "queries", "cached: queries"),
        (
            (
                path,
                rounded(cost.rendered, scale=1e3, digits=1),
                f"{cost.compressing * 1e3:.1f}",
                f"{cost.rendered.median * 1e6 / bare:.0f}",
                f"{(cost.rendered.median - cost.compressing) * 1e6 / bare:.0f}",
                f"{cost.queries}",
                f"{cost.cached_queries:g}",
            )
            for path, cost in costs(measured.probed, grouped=False).items()
        ),
    )


def growth(sizes: list[Size]) -> str:
    base = sizes[0].contender
    return table(
        (
            "content",
            "pages",
            "copies on disk",
            "all cached after",
            "memory",
            "requests/s",
            "ratio",
            "slowest answer",
        ),
        (
            (
                f"{size.years}×",
                f"{size.pages:,}",
                f"{size.copies:,}",
                "not in time" if size.filled_in is None else f"{size.filled_in:.0f} s",
                f"{size.resident / 2**20:.0f} MB",
                rounded(size.contender.rate),
                "1" if size.contender is base else ratio(size.contender.rate.to(base.rate)),
                f"{size.slowest * 1e3:.0f} ms",
            )
            for size in sizes
        ),
    )


def growth_pages(sizes: list[Size]) -> str:
    heads = [
        f"{head} {size.years}×"
        for head in ("rendered ms", "queries", "cached µs")
        for size in sizes
    ]
    cells: list[Callable[..., str]] = [
        lambda cost: f"{cost.rendered.median * 1e3:.1f}",
        lambda cost: f"{cost.queries}",
        lambda cost: f"{cost.cached * 1e6:.1f}",
    ]
    return table(
        ("page", *heads),
        (
            (path, *(cell(size.costs[path]) for cell in cells for size in sizes))
            for path in sizes[0].costs
        ),
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table, right-aligned except for its first column."""
    rules = ["---", *["--:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rules, *rows))


def rounded(series: Series, scale: float = 1, digits: int = 0) -> str:
    """Return the median, and the least and the greatest of the rounds."""
    values = (series.median, min(series.values), max(series.values))
    middle, least, greatest = (f"{value * scale:,.{digits}f}" for value in values)
    return f"{middle} ({least}–{greatest})"


def ratio(series: Series) -> str:
    return f"{series.median:.2f} ({min(series.values):.2f}–{max(series.values):.2f})"


def spread(series: Series) -> float:
    return (max(series.values) - min(series.values)) / series.median


def connections(contender: Contender) -> str:
    return f"{contender.connections} connections"


BLOCKS: dict[str, Callable[[Run], str]] = {
    "machine": lambda run: table(("", ""), run.machine.items()),
    "goals": lambda run: goals_table(run.measured),
    "noise": noise,
    "throughput": lambda run: throughput(run.measured),
    "latency": lambda run: latency(run.measured),
    "static": lambda run: static_files(run.measured),
    "rendered": lambda run: rendered(run.measured),
    "growth": lambda run: growth(run.sizes),
    "growth-pages": lambda run: growth_pages(run.sizes),
}


def without_place(text: str) -> list[str]:
    """Return the blocks for which the text has not exactly one pair of markers."""
    return [name for name in BLOCKS if len(_place(name).findall(text)) != 1]


def filled(text: str, run: Run) -> str:
    """Return the text with the tables between their markers."""
    for name, block in BLOCKS.items():
        written = block(run).replace("\\", r"\\")
        text = _place(name).sub(f"\n{written}\n\n", text)
    return text


def _place(name: str) -> re.Pattern[str]:
    begin, end = (re.escape(f"<!-- {each}bench: {name} -->") for each in ("", "/"))
    return re.compile(rf"(?<={begin}\n).*?(?={end})", re.DOTALL)
