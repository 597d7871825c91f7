"""Putting a whole order into a trip: its services one by one, each at its cheapest place in time."""

from itertools import pairwise

from solver.search.routing.frame import Frame
from solver.search.routing.paths import Path
from solver.search.routing.rules.orders import predecessors
from solver.search.routing.rules.times import Clock


class Insertion:
    """Inserts orders into paths by the legs' costs and the clock; loads and all else are for others to judge.

    Parameters
    ----------
    frame : Frame
        With all rules added.
    """

    def __init__(self, frame: Frame) -> None:
        self.layout = frame.layout
        self.clocks = [Clock(frame, position) for position in frame.vehicles]
        self.costs: list[list[list[int]]] = [costs.tolist() for costs in frame.costs]
        self.before = {order: predecessors(frame, demands) for order, demands in self.layout.orders.items()}

    def ways(self, position: int, path: Path, order: int) -> list[Path]:
        """The path with the order put in, its services taken from first to last and from last to first."""
        found = [self._insert(position, path, order, backward) for backward in (False, True)]
        out = [one for one in found if one is not None]
        return out[:1] if len(out) == 2 and out[0] == out[1] else out

    def cost(self, position: int, path: Path) -> int:
        """Sum of the legs' costs."""
        costs, whole = self.costs[position], self._whole(position, path)
        return sum(costs[here][there] for here, there in pairwise(whole))

    def _whole(self, position: int, path: Path) -> list[int]:
        return [self.layout.starts[position], *path, self.layout.ends[position]]

    def _insert(self, position: int, path: Path, order: int, backward: bool) -> Path | None:
        demands, before = self.layout.orders[order], self.before[order]
        turns = list(range(len(demands)))
        whole = self._whole(position, path)
        placed: dict[int, int] = {}  # demand: node
        for turn in reversed(turns) if backward else turns:
            low = max((whole.index(placed[one]) for one in before[turn] if one in placed), default=0)
            later = (whole.index(node) for one, node in placed.items() if turn in before[one])
            high = min(later, default=len(whole) - 1)
            found = self._cheapest(position, whole, demands[turn], low, high)
            if found is None:
                return None
            placed[turn], after = found
            whole.insert(after + 1, placed[turn])
        return whole[1:-1]

    def _cheapest(
        self, position: int, whole: list[int], nodes: list[int], low: int, high: int
    ) -> tuple[int, int] | None:
        """Cheapest alternative, and the position from ``low`` to ``high - 1`` to put it after, in time."""
        clock, costs = self.clocks[position], self.costs[position]
        earliest, latest = clock.bounds(whole)
        best, found = None, None
        for node in nodes:
            to, low_start, high_start = clock.seconds[node], clock.low[node], clock.high[node]
            for after in range(low, high):
                if earliest[after] > high_start:  # and so it is further on
                    break
                if latest[after + 1] < low_start:
                    continue
                here, there = whole[after], whole[after + 1]
                more = costs[here][node] + costs[node][there] - costs[here][there]
                if best is None or more < best:
                    start = clock.first(node, earliest[after] + clock.seconds[here][node])
                    if start + to[there] <= latest[after + 1]:
                        best, found = more, (node, after)
        return found
