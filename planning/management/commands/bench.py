"""``manage.py bench``: measure the planner, and its open peers, on public benchmark instances."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from planning.bench import city, quick
from planning.bench.catalog import Catalog
from planning.bench.child import CHECKOUT
from planning.bench.engines import DISTRIBUTIONS, OURS, PEERS
from planning.bench.insertions import HEADER, measure, verdict
from planning.bench.machine import machine, versions
from planning.bench.report import (
    FAMILY_HEADER,
    RUN_HEADER,
    city_rows,
    family_rows,
    lines,
    page,
    scaling_header,
    scaling_rows,
    seed_header,
    seed_rows,
    stop_rows,
    text_table,
)
from planning.bench.runs import Case, Results, run_case


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
        parser.add_argument("--threads", default="2", help="of a run, or several numbers separated by commas")
        parser.add_argument("--seeds", type=int, default=1, help="how many seeds, from 1 on")
        parser.add_argument("--json", type=Path, help="file of results: kept after each run, resumed from")
        parser.add_argument("--report", type=Path, help="write the page of the documentation here")
        parser.add_argument(
            "--insertions",
            action="store_true",
            help="measure instead what an insertion tried costs with every rule, and in a plain task: "
            "one place in a route looked at for a visit, or a pair of places for a pickup and its drop",
        )
        parser.add_argument(
            "--city", action="store_true", help="plan a large city instead; the last of --threads counts"
        )
        parser.add_argument(
            "--quick", action="store_true", help="measure instead how soon the service answers a small task"
        )
        parser.add_argument(
            "--orders", type=int, help="with --insertions (default 1,000), --city (15,001), --quick (100)"
        )
        parser.add_argument("--iterations", type=int, default=300, help="of each search, with --insertions")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run and print."""
        if options["insertions"]:
            self._insertions(options["orders"] or 1000, options["iterations"])
            return
        try:
            budgets = [float(seconds) for seconds in options["budget"].split(",")]
            threads = [int(count) for count in options["threads"].split(",")]
        except ValueError as error:
            raise CommandError(str(error)) from error
        results = Results(options["json"])
        told = versions([DISTRIBUTIONS[planner] for planner in (OURS, *PEERS)] + ["numba", "numpy"])
        if options["city"]:
            self._city(city.trials(options["orders"] or 15_001, budgets, threads[-1]), results, told)
        elif options["quick"]:
            self._quick(options["orders"] or 100, results, told)
        else:
            self._instances(options, budgets, threads, results, told)
        self._print(f"{machine()}; {', '.join(f'{name} {version}' for name, version in told.items())}")
        if options["report"]:
            records = list(results.records.values())
            measured = lines(self._catalog(options), records) if records else []
            options["report"].write_text(page(measured, results, told), encoding="utf-8")

    @staticmethod
    def _catalog(options: dict[str, Any]) -> Catalog:
        try:
            return Catalog.read(options["data"])
        except FileNotFoundError as error:
            raise CommandError(str(error)) from error

    def _instances(
        self,
        options: dict[str, Any],
        budgets: list[float],
        threads: list[int],
        results: Results,
        told: dict[str, str],
    ) -> None:
        peers = [name for name in options["peers"].split(",") if name]
        if set(peers) - set(PEERS):
            raise CommandError(f"--peers: known are {', '.join(PEERS)}")
        catalog = self._catalog(options)
        try:
            names = catalog.names(options["family"], options["instances"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        seeds = range(1, options["seeds"] + 1)
        cases = [
            Case(name, planner, seconds, count, seed)
            for name in names for seconds in budgets for count in threads for seed in seeds
            for planner in (OURS, *peers)
        ]  # fmt: skip
        self._run(catalog, [case for case in cases if case.key not in results.records], results, told)
        measured = lines(catalog, [results.records[case.key] for case in cases])
        self._print(text_table(RUN_HEADER, [line.cells() for line in measured]))
        self._print(text_table(FAMILY_HEADER, family_rows(measured)))
        if len(seeds) > 1:
            self._print(text_table(seed_header(measured), seed_rows(measured)))
        if len(threads) > 1:
            self._print(text_table(scaling_header(measured), scaling_rows(measured)))

    def _city(self, trials: list[city.Trial], results: Results, told: dict[str, str]) -> None:
        for trial in trials:
            if trial.key not in results.cities:
                results.cities[trial.key] = city.run_trial(trial)
                results.keep(told)
        self._print(text_table(city.HEADER, city_rows(results)))
        self._print(text_table(city.STOP_HEADER, stop_rows(results)))

    def _quick(self, orders: int, results: Results, told: dict[str, str]) -> None:
        found = quick.measure(orders)
        results.quick[str(orders)] = found
        results.keep(told)
        self._print(text_table(quick.HEADER, [found.cells()]))

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
