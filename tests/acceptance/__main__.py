"""Print an acceptance table: ``python -m tests.acceptance generated``, ``patience``, ``solomon``, ...."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

import solver  # noqa: E402 - the settings come first
from planning.bench.machine import machine, versions  # noqa: E402 - the settings come first
from planning.bench.report import text_table  # noqa: E402 - the settings come first
from tests.acceptance import (  # noqa: E402 - the settings come first
    engines,
    generated,
    own_statistics,
    patience,
    round_trips,
    solomon,
    warm_starts,
)
from tests.acceptance.running import Judge, Kept, run  # noqa: E402 - the settings come first


def sound(verdicts: list[Any]) -> bool:
    """Whether nothing is wrong with any of them."""
    return not any(one.violations for one in verdicts)


@dataclass(frozen=True, slots=True)
class Table:
    """What a command does.

    Attributes
    ----------
    seeds
        First and last case, unless others are asked for.
    seconds
        Of a search; 0: as the case says.
    kind
        Dataclass of the verdicts.
    holds
        Whether the verdicts are what they must be.
    """

    help: str
    seeds: tuple[int, int]
    seconds: float
    case: Callable[[int], Any]
    judge: Judge
    kind: Callable[..., Any]
    header: Sequence[str]
    holds: Callable[[list[Any]], bool] = sound
    summary: Callable[[list[Any]], str] | None = None


TABLES = {
    "generated": Table(
        "random tasks, verified rule by rule; the full list has 300",
        (generated.FULL_LIST[0], generated.FULL_LIST[-1]), 0, generated.Generated, generated.judge,
        generated.Verdict, generated.HEADER, generated.holds, generated.summary,
    ),
    "patience": Table(
        "the same tasks with much time and with a sixth of it", (1, 20), 60, int, patience.judge,
        patience.Verdict, patience.HEADER, patience.holds, patience.summary,
    ),
    "engines": Table(
        "both engines on small tasks, one thread each", (1, 20), 10, engines.Pairing, engines.judge,
        engines.Comparison, engines.HEADER, summary=engines.summary,
    ),
    "round-trips": Table(
        "random plans, executed partway, actualized and replanned", (1, 100), 2, round_trips.RoundTrip,
        round_trips.judge, round_trips.Verdict, round_trips.HEADER,
    ),
    "own-statistics": Table(
        "statistics of results' own trips, and of edited ones", (1, 100), 1, generated.Generated,
        own_statistics.judge, own_statistics.Verdict, own_statistics.HEADER,
    ),
    "warm-starts": Table(
        "replans with everything allowed against plans from scratch", (1, 30), 600, int, warm_starts.judge,
        warm_starts.Verdict, warm_starts.HEADER, warm_starts.holds, warm_starts.summary,
    ),
    "solomon": Table(
        "six instances against the best known", (1, len(solomon.INSTANCES)), 20,
        lambda number: solomon.INSTANCES[number - 1], solomon.score, solomon.Score, solomon.HEADER,
        lambda verdicts: not any(one.shortcomings for one in verdicts),
    ),
}  # fmt: skip


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.acceptance", description=__doc__)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1, help="seed of the search")
    what = parser.add_subparsers(dest="what", required=True)
    for name, table in TABLES.items():
        command = what.add_parser(name, help=table.help)
        command.add_argument("--seeds", type=int, nargs=2, default=table.seeds, metavar=("FIRST", "LAST"))
        command.add_argument("--every", type=int, default=1, help="only every so many of them")
        command.add_argument("--seconds", type=float, default=table.seconds, help="of a search")
        command.add_argument("--jobs", type=int, default=1, help="how many tasks side by side")
        command.add_argument("--json", type=Path, help="file of the results; an interrupted list goes on")
    return parser.parse_args()


def main() -> int:
    options = arguments()
    table = TABLES[options.what]
    effort = solver.Effort(seconds=options.seconds, threads=options.threads, seed=options.seed)
    first, last = options.seeds
    cases = [table.case(seed) for seed in range(first, last + 1, options.every)]
    jobs = [(case, effort if options.seconds else replace(effort, seconds=case.seconds)) for case in cases]
    verdicts = run(table.judge, jobs, options.jobs, Kept(options.json, table.kind))
    print(text_table(table.header, [one.cells() for one in verdicts]))
    software = versions(["numba", "numpy", "ortools", "pydantic", "django"])
    told = f"{options.seconds:g} s" if options.seconds else "each task its time"
    print(f"{told} on {options.threads} threads, {options.jobs} beside, seed {options.seed}; {machine()}")
    print(", ".join(f"{name} {version}" for name, version in software.items()))
    if table.summary is not None:
        print(table.summary(verdicts))
    held = table.holds(verdicts)
    print(f"{len(verdicts)} cases: {'it holds' if held else 'IT DOES NOT HOLD'}")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
