"""What happens to a plan between two searches of the model: some orders out, everything absent in again."""

import numpy as np

from solver.problem.arrays import D_V0, F_PROFILE, O_D1, O_GROUP, V_LOC, Ints
from solver.problem.legs import between
from solver.search.engine import Route
from solver.search.routing.frame import Frame
from solver.search.routing.insertion import Insertion
from solver.search.routing.paths import Path, Paths

SHARE, FEWEST, MOST = 0.25, 3, 20  # orders taken out at once: at most this share of the plan
TRIP_SHARE = 0.2  # of the shakes that take out a whole trip
ABSENT_SHARE = 0.5  # of the shakes that begin near an absent order
FIRST_SHARE = 0.5  # of those that put in first what was absent before


class Shaker:
    """Changes plans for the vehicles of a model.

    Parameters
    ----------
    frame : Frame
    insertion : Insertion
    paths : Paths
    random : numpy Generator
    """

    def __init__(self, frame: Frame, insertion: Insertion, paths: Paths, random: np.random.Generator) -> None:
        self.frame, self.insertion, self.paths, self.random = frame, insertion, paths, random
        self.layout, tables = frame.layout, frame.tables
        self.orders = np.array(sorted(self.layout.orders), dtype=np.int64)
        last = tables.demand[tables.order[:, O_D1] - 1, D_V0]
        self.places: Ints = tables.visit[last, V_LOC]
        self.groups: Ints = tables.order[:, O_GROUP]

    def fill(self, routes: list[Route]) -> list[Route]:
        """Put in what is absent, where it is cheapest and the evaluator accepts it."""
        return self.paths.routes(self._fill(self.paths.of(routes), []))

    def shake(self, routes: list[Route]) -> list[Route]:
        """Take out some orders near each other, or those of a trip, then put in what is absent."""
        paths = self.paths.of(routes)
        absent = self._absent(paths)
        full = [path for path in paths if path]
        if len(full) > 1 and self.random.random() < TRIP_SHARE:
            out = {self.layout.order(node) for node in full[self.random.integers(len(full))]}
        else:
            out = self._neighbours(absent)
        kept = [[node for node in path if self.layout.order(node) not in out] for path in paths]
        valid = [
            path if path and self.paths.valid(self.paths.route(position, path)) else []
            for position, path in enumerate(kept)
        ]
        return self.paths.routes(self._fill(valid, absent if self.random.random() < FIRST_SHARE else []))

    def _neighbours(self, absent: list[int]) -> set[int]:
        """An order drawn at random, absent or not, and some of those nearest to it."""
        most = min(MOST, len(self.orders), max(FEWEST, int(SHARE * len(self.orders))))
        missed = absent and self.random.random() < ABSENT_SHARE
        seed = int(self.random.choice(absent if missed else self.orders))
        luck = self.random.uniform(0.5, 1.5, len(self.orders))
        profile = int(self.frame.rows[0, F_PROFILE])
        far = between(self.frame.tables, profile, self.places[seed], self.places[self.orders], metres=True)
        nearest = self.orders[np.argsort(far * luck, kind="stable")]
        return {seed, *nearest[: self.random.integers(1, most + 1)].tolist()}

    def _absent(self, paths: list[Path]) -> list[int]:
        planned = {self.layout.order(node) for path in paths for node in path}
        return [order for order in self.orders.tolist() if order not in planned]

    def _fill(self, paths: list[Path], first: list[int]) -> list[Path]:
        """Insert what is absent, some of it before the rest, else as it comes."""
        absent = self.random.permutation(self._absent(paths)).tolist()
        for order in sorted(absent, key=lambda one: one not in first):
            self._insert(paths, order)
        return paths

    def _insert(self, paths: list[Path], order: int) -> None:
        """Put an order into the path where it costs least, if there is one."""
        options = []
        for position in self._open(paths, order):
            path = paths[position]
            base = self.insertion.cost(position, path) - (0 if path else self.frame.fixed[position])
            for way in self.insertion.ways(position, path, order):
                options.append((self.insertion.cost(position, way) - base, position, way))
        for _, position, way in sorted(options):
            if self.paths.valid(self.paths.route(position, way)):
                paths[position] = way
                return

    def _open(self, paths: list[Path], order: int) -> list[int]:
        """Positions to try: where its hardlink's orders are (O5), else all, of equal empty ones the first."""
        group = self.groups[order]
        if group >= 0:
            linked = [p for p, path in enumerate(paths) if any(self._group(node) == group for node in path)]
            if linked:
                return linked
        found, empty = [], set()
        for position, path in enumerate(paths):
            if path or self.layout.vehicles[position] not in empty:
                found.append(position)
            if not path:
                empty.add(self.layout.vehicles[position])
        return found

    def _group(self, node: int) -> int:
        return int(self.groups[self.layout.order(node)])
