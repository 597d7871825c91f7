"""Tables of measured runs, for the terminal and for the documentation."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from planning.bench import city, quick
from planning.bench.catalog import BestKnown, Catalog, family_of
from planning.bench.engines import OURS
from planning.bench.machine import machine
from planning.bench.runs import Record, Results

Row = list[str]
RUN_HEADER = [
    "instance", "best known", "planner", "budget", "seed", "vehicles", "distance", "cost", "gap %",
    "to 1 % s", "exact %", "CPU s", "MiB", "remark",
]  # fmt: skip
FAMILY_HEADER = [
    "family",
    "planner",
    "budget",
    "runs",
    "vehicles",
    "distance",
    "mean gap %",
    "mean extra vehicles",
]


@dataclass(frozen=True, slots=True)
class Line:
    """A record beside the best-known solution of its instance."""

    record: Record
    best: BestKnown

    @property
    def valid(self) -> bool:
        """Whether there is a solution, and it keeps the instance's rules."""
        return self.record.refused is None and not self.record.figures["broken"]

    @property
    def gap(self) -> float:
        """Give how far the cost is above the best known, %."""
        return float(100 * (self.record.figures["cost"] / self.best.cost - 1))

    @property
    def remark(self) -> str:
        """Say why there is no figure, or what is broken."""
        return self.record.refused or "; ".join(self.record.figures["broken"][:1])

    @property
    def budget(self) -> str:
        """Name the budget."""
        case = self.record.case
        return f"{case['seconds']:g} s x {case['threads']}"

    def cells(self) -> Row:
        """Write the row of the table of runs."""
        case, figures = self.record.case, self.record.figures
        first = [
            case["instance"],
            f"{self.best.vehicles} / {self.best.cost:.2f}",
            case["engine"],
            self.budget,
        ]
        if not self.valid:
            return [*first, str(case["seed"]), *["-"] * 8, self.remark]
        settled = "-" if self.record.settled is None else f"{self.record.settled:.1f}"
        exact = "-" if self.record.exact is None else f"{100 * self.record.exact:.1f}"
        return [
            *first, str(case["seed"]), str(figures["vehicles"]), f"{figures['distance']:.2f}",
            f"{figures['cost']:.2f}", f"{self.gap:.2f}", settled, exact, f"{self.record.cpu:.0f}",
            str(self.record.mebibytes), "",
        ]  # fmt: skip


def lines(catalog: Catalog, records: Sequence[Record]) -> list[Line]:
    """Put records beside the best-known solutions."""
    return [Line(record, catalog.best_known[record.case["instance"]]) for record in records]


def family_rows(measured: Sequence[Line]) -> list[Row]:
    """Sum each family up for each planner and budget: what was solved of it with the first seed."""
    groups: dict[tuple[str, str], dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for line in measured:
        if line.record.case["seed"] != 1:
            continue
        groups[family_of(line.record.case["instance"]), line.budget][line.record.case["engine"]].append(line)
    rows = []
    for (family, budget), planners in groups.items():
        for planner, every in planners.items():
            solved = [line for line in every if line.valid]
            rows.append([family, planner, budget, f"{len(solved)} of {len(every)}", *_sums(solved)])
    return rows


def _sums(solved: Sequence[Line]) -> Row:
    if not solved:
        return ["-"] * 4
    vehicles = sum(line.record.figures["vehicles"] for line in solved)
    distance = sum(line.record.figures["distance"] for line in solved)
    extra = fmean(line.record.figures["vehicles"] - line.best.vehicles for line in solved)
    return [str(vehicles), f"{distance:.1f}", f"{fmean(line.gap for line in solved):.2f}", f"{extra:+.2f}"]


def seeds_of(measured: Sequence[Line]) -> list[int]:
    """Seeds that anything was measured with."""
    return sorted({line.record.case["seed"] for line in measured})


def seed_rows(measured: Sequence[Line]) -> list[Row]:
    """Vehicles and gap by the seed, where an instance was measured with several."""
    seeds = seeds_of(measured)
    groups: dict[tuple[str, str, str], dict[int, Line]] = defaultdict(dict)
    for line in measured:
        case = line.record.case
        if line.valid:
            groups[case["instance"], case["engine"], line.budget][case["seed"]] = line
    return [
        [*key, *(_vehicles_and_gap(found.get(seed)) for seed in seeds)]
        for key, found in groups.items()
        if len(found) > 1
    ]


def seed_header(measured: Sequence[Line]) -> Row:
    """Header of `seed_rows`."""
    return ["instance", "planner", "budget", *(f"seed {seed}" for seed in seeds_of(measured))]


def thread_counts(measured: Sequence[Line]) -> list[int]:
    """Numbers of threads that our planner was measured with."""
    return sorted({line.record.case["threads"] for line in measured if line.record.case["engine"] == OURS})


def scaling_rows(measured: Sequence[Line]) -> list[Row]:
    """Vehicles and gap of our planner by the number of threads, where it was measured with several."""
    counts = thread_counts(measured)
    groups: dict[tuple[str, float, int], dict[int, Line]] = defaultdict(dict)
    for line in measured:
        case = line.record.case
        if case["engine"] == OURS and line.valid:
            groups[case["instance"], case["seconds"], case["seed"]][case["threads"]] = line
    return [
        [instance, f"{seconds:g} s", str(seed), *(_vehicles_and_gap(found.get(count)) for count in counts)]
        for (instance, seconds, seed), found in groups.items()
        if len(found) > 1
    ]


def scaling_header(measured: Sequence[Line]) -> Row:
    """Header of `scaling_rows`."""
    counts = thread_counts(measured)
    return ["instance", "seconds", "seed", *(f"{n} threads" if n > 1 else "1 thread" for n in counts)]


def _vehicles_and_gap(line: Line | None) -> str:
    return "-" if line is None else f"{line.record.figures['vehicles']} v, {line.gap:.2f} %"


def text_table(header: Row, rows: Sequence[Row]) -> str:
    """Lay a table out for a terminal."""
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(len(header))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [header, *rows]
    )


def markdown_table(header: Row, rows: Sequence[Row]) -> str:
    """Write a table in Markdown."""
    return "\n".join("| " + " | ".join(row) + " |" for row in [header, ["---"] * len(header), *rows])


PAGE = """# Benchmarks

Generated by `manage.py bench` from its file of results; not to be edited by hand.

Public benchmark instances go through the whole pipeline, from the JSON of a task to the JSON of a result,
and through other open planners on the same machine, one after the other. A budget of 60 s x 2 is a minute
on two threads; a planner of one thread runs twice side by side, begun differently, and the better run
counts, so that all spend the same CPU time (VROOM ends when it is done, often sooner). Where fewer vehicles
come before less distance, the others are given a price of a vehicle above any distance. Every solution, of
every planner, is checked by the instance's own rules. The gap is to the best known cost; where vehicles
count first, it says something only beside the number of vehicles. `to 1 %` is the time until a plan was
within 1 % of its own final value. `exact %` is the share of what our planner gained since its construction
that set partitioning and the reassignment of shifts have gained.

Machine: {machine}.
Versions: {versions}.

## Families

{families}

## Runs

{runs}

## Seeds

The same with other seeds: vehicles and gap. The sums of the families hold the first seed alone.

{seeds}

## Scaling

Our planner with so many threads, the same time by the clock: vehicles and gap.

{scaling}

## City

`manage.py bench --city`: a city drawn from a seed, with time windows, boxes and tags, a van for every fifty
orders. Times begin with the bytes of the task; values are metres of the best plan known at that minute that
has all the orders of the last one; the widest silence is the longest time without a report that tells
something new. Stopped: seconds from the signal to the end; of so
large a plan the one that was stored last stays, as in the service.

{cities}

{stopped}

## Quick answers

`manage.py bench --quick`: the same kind of city through a service of its own: submitted, queued, taken by a
worker, searched for one second on one thread, reported, judged by the oracle, stored. The gap is to the plan
after 60 s. Last, the time from starting a worker process to the end of a calculation that waited for it.

{quick}
"""


def city_rows(results: Results) -> list[Row]:
    """Cities that were planned to the end."""
    return [one.cells() for one in results.cities.values() if not one.trial["stop_in"]]


def stop_rows(results: Results) -> list[Row]:
    """Cities whose search was stopped."""
    return [one.stop_cells() for one in results.cities.values() if one.trial["stop_in"]]


def page(measured: Sequence[Line], results: Results, versions: dict[str, str]) -> str:
    """Write the page of the documentation."""
    machines = dict.fromkeys(line.record.machine for line in measured)
    return PAGE.format(
        machine="; ".join(machines) or machine(),
        versions=", ".join(f"{name} {version}" for name, version in versions.items()),
        families=markdown_table(FAMILY_HEADER, family_rows(measured)),
        runs=markdown_table(RUN_HEADER, [line.cells() for line in measured]),
        seeds=markdown_table(seed_header(measured), seed_rows(measured)),
        scaling=markdown_table(scaling_header(measured), scaling_rows(measured)),
        cities=markdown_table(city.HEADER, city_rows(results)),
        stopped=markdown_table(city.STOP_HEADER, stop_rows(results)),
        quick=markdown_table(quick.HEADER, [one.cells() for one in results.quick.values()]),
    )
