"""``manage.py bench``: measure the planner, and its open peers, on public benchmark instances."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from planning.bench.catalog import Catalog
from planning.bench.engines import DISTRIBUTIONS, OURS, PEERS
from planning.bench.insertions import HEADER, measure, verdict
from planning.bench.machine import machine, versions
from planning.bench.report import FAMILY_HEADER, RUN_HEADER, family_rows, lines, page, text_table
from planning.bench.runs import CHECKOUT, Case, Results, run_case


class Command(BaseCommand):
    """Runs what is not in the file of results yet, and prints the tables."""

    help = "Measure the planner, and other open planners beside it, on public benchmark instances."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        beside = CHECKOUT.parent / "shared" / "bench"
        parser.add_argument("--data", type=Path, default=beside, help="folder of instances with bks.json")
        parser.add_argument("--family", action="append", default=[], help="a whole family; may be repeated")
        parser.add_argument(
            "--instances", nargs="+", default=[], help="names, as R103; default: a fixed list"
        )
        parser.add_argument("--peers", default="", help=f"of {','.join(PEERS)}, separated by commas")
        parser.add_argument("--budget", default="60", help="seconds, or several separated by commas")
        parser.add_argument("--threads", type=int, default=2)
        parser.add_argument("--seeds", type=int, default=1, help="how many seeds, from 1 on")
        parser.add_argument("--json", type=Path, help="file of results: kept after each run, resumed from")
        parser.add_argument("--report", type=Path, help="write the page of the documentation here")
        parser.add_argument(
            "--insertions",
            action="store_true",
            help="measure instead what an insertion tried costs with every rule, and in a plain task: "
            "one place in a route looked at for a visit, or a pair of places for a pickup and its drop",
        )
        parser.add_argument("--orders", type=int, default=1000, help="of both tasks, with --insertions")
        parser.add_argument("--iterations", type=int, default=300, help="of each search, with --insertions")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run and print."""
        if options["insertions"]:
            self._insertions(options["orders"], options["iterations"])
            return
        peers = [name for name in options["peers"].split(",") if name]
        if set(peers) - set(PEERS):
            raise CommandError(f"--peers: known are {', '.join(PEERS)}")
        try:
            catalog = Catalog.read(options["data"])
            names = catalog.names(options["family"], options["instances"])
            budgets = [float(seconds) for seconds in options["budget"].split(",")]
        except (FileNotFoundError, ValueError) as error:
            raise CommandError(str(error)) from error
        seeds = range(1, options["seeds"] + 1)
        cases = [
            Case(name, planner, seconds, options["threads"], seed)
            for name in names for seconds in budgets for seed in seeds for planner in (OURS, *peers)
        ]  # fmt: skip
        results = Results(options["json"])
        told = versions([DISTRIBUTIONS[planner] for planner in (OURS, *PEERS)] + ["numba", "numpy"])
        self._run(catalog, [case for case in cases if case.key not in results.records], results, told)
        measured = lines(catalog, [results.records[case.key] for case in cases])
        self._print(text_table(RUN_HEADER, [line.cells() for line in measured]))
        self._print(text_table(FAMILY_HEADER, family_rows(measured)))
        self._print(f"{machine()}; {', '.join(f'{name} {version}' for name, version in told.items())}")
        if options["report"]:
            options["report"].write_text(page(measured, told), encoding="utf-8")

    def _insertions(self, orders: int, iterations: int) -> None:
        plain, rich = measure(orders, iterations)
        self._print(text_table(HEADER, [plain.cells(), rich.cells()]))
        self._print(verdict(plain, rich))
        self._print(f"{machine()}; {orders} orders, {iterations} iterations, one thread")

    def _print(self, text: str) -> None:
        self.stdout.write(text + "\n")

    def _run(self, catalog: Catalog, cases: list[Case], results: Results, told: dict[str, str]) -> None:
        if not cases:
            return
        minutes = sum(case.seconds for case in cases) / 60
        self._print(f"{len(cases)} runs, about {minutes:.0f} minutes.")
        warm = Case(cases[0].instance, OURS, 1, 1, 1)
        run_case(catalog, warm, machine())  # compiles what is not in the cache yet: no figure shall hold that
        for number, case in enumerate(cases, 1):
            record = run_case(catalog, case, machine())
            results.add(case, record, told)
            (line,) = lines(catalog, [record])
            gap = (
                f"{record.figures['vehicles']} vehicles, gap {line.gap:.2f} %" if line.valid else line.remark
            )
            self._print(f"{number}/{len(cases)} {case.key}: {gap}")
            self.stdout.flush()
