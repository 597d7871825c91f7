"""Print an acceptance table: ``python -m tests.acceptance generated``, ``solomon``, ...."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

import solver  # noqa: E402 - the settings come first
from planning.bench.machine import machine, versions  # noqa: E402 - the settings come first
from planning.bench.report import text_table  # noqa: E402 - the settings come first
from tests.acceptance import generated, round_trips, solomon, warm_starts  # noqa: E402 - the settings come first

Judge = Callable[[Any, solver.Effort], Any]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.acceptance", description=__doc__)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1, help="seed of the search")
    what = parser.add_subparsers(dest="what", required=True)
    tasks = what.add_parser("generated", help="random tasks, verified rule by rule")
    tasks.add_argument("--seeds", type=int, nargs=2, default=(1, 30), metavar=("FIRST", "LAST"))
    tasks.add_argument("--seconds", type=float, default=10)
    trips = what.add_parser("round-trips", help="random plans, executed partway, actualized and replanned")
    trips.add_argument("--seeds", type=int, nargs=2, default=(1, 100), metavar=("FIRST", "LAST"))
    trips.add_argument("--seconds", type=float, default=2)
    warm = what.add_parser("warm-starts", help="replans with everything allowed against plans from scratch")
    warm.add_argument("--seeds", type=int, nargs=2, default=(1, 30), metavar=("FIRST", "LAST"))
    warm.add_argument("--seconds", type=float, default=5)
    six = what.add_parser("solomon", help="six instances against the best known")
    six.add_argument("--instances", nargs="+", default=solomon.INSTANCES)
    six.add_argument("--seconds", type=float, default=20)
    return parser.parse_args()


def told(judge: Judge, cases: Sequence[Any], effort: solver.Effort) -> list[Any]:
    """Judge one case after the other, with a line of progress for each."""
    verdicts = []
    for number, case in enumerate(cases, 1):
        verdicts.append(judge(case, effort))
        print(f"{number}/{len(cases)} {' '.join(verdicts[-1].cells())}", file=sys.stderr, flush=True)
    return verdicts


def main() -> int:
    options = arguments()
    effort = solver.Effort(seconds=options.seconds, threads=options.threads, seed=options.seed)
    if options.what == "generated":
        first, last = options.seeds
        cases = [generated.Generated(seed) for seed in range(first, last + 1)]
        verdicts = told(generated.judge, cases, effort)
        header, wrong = generated.HEADER, [one for one in verdicts if one.violations]
    elif options.what == "round-trips":
        first, last = options.seeds
        ways = [round_trips.RoundTrip(seed) for seed in range(first, last + 1)]
        verdicts = told(round_trips.judge, ways, effort)
        header, wrong = round_trips.HEADER, [one for one in verdicts if one.violations]
    elif options.what == "warm-starts":
        first, last = options.seeds
        verdicts = told(warm_starts.judge, range(first, last + 1), effort)
        header, wrong = warm_starts.HEADER, [one for one in verdicts if one.violations]
        print(warm_starts.summary(verdicts))
    else:
        verdicts = told(solomon.score, options.instances, effort)
        header, wrong = solomon.HEADER, [one for one in verdicts if one.shortcomings]
    print(text_table(header, [one.cells() for one in verdicts]))
    software = versions(["numba", "numpy", "ortools", "pydantic", "django"])
    print(f"{options.seconds:g} s on {options.threads} threads, seed {options.seed}; {machine()}")
    print(", ".join(f"{name} {version}" for name, version in software.items()))
    print(f"{len(verdicts) - len(wrong)} of {len(verdicts)} hold")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
