"""An instance in whole metres and seconds, as our task and every peer get it."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planning.bench.instance import Instance, Number

Matrix = npt.NDArray[np.int64]
DAY = 86_400
LONGEST_TASK = 30 * DAY - 1
ROUNDINGS = {
    "near": lambda values: np.floor(values + 0.5),
    "ceil": lambda values: np.ceil(values - 1e-9),
    "trunc": lambda values: np.floor(values + 1e-9),
}


def _euclid(instance: Instance) -> npt.NDArray[np.float64]:
    points = np.array([(node.x, node.y) for node in instance.nodes], dtype=float)
    difference = points[:, None, :] - points[None, :, :]
    return np.asarray(np.sqrt((difference**2).sum(axis=-1)))


@dataclass(frozen=True, slots=True)
class Plane:
    """Distances and times of an instance, scaled and rounded: one metre takes one second.

    Attributes
    ----------
    scale
        Metres in one unit of the instance.
    rounding
        ``near``, ``ceil`` or ``trunc``.
    exact
        Distances in the instance's units, (n, n).
    metres
        Scaled whole distances and durations, (n, n).
    horizon
        When the last depot closes, s.
    """

    instance: Instance
    scale: Number
    rounding: str
    exact: npt.NDArray[np.float64]
    metres: Matrix
    horizon: int

    @classmethod
    def of(cls, instance: Instance, scale: Number = 10, rounding: str = "near") -> "Plane":
        """Scale and round an instance."""
        exact = _euclid(instance)
        metres = ROUNDINGS[rounding](exact * scale).astype(np.int64)
        return cls(instance, scale, rounding, exact, metres, _horizon(instance, scale))

    def seconds(self, value: Number) -> int:
        """Scale a time of the instance."""
        return _scaled(value, self.scale)

    def start_window(self, index: int) -> tuple[int, int]:
        """Earliest and latest start of service at a node, s."""
        node = self.instance.nodes[index]
        if not self.instance.timed or node.due is None:
            return 0, self.horizon
        ready = self.seconds(node.ready)
        return ready, max(self.seconds(node.due), ready)

    def service(self, index: int) -> int:
        """Service time at a node, s."""
        return self.seconds(self.instance.nodes[index].service)


def _scaled(value: Number, scale: Number) -> int:
    return math.floor(value * scale + 0.5)


def _horizon(instance: Instance, scale: Number) -> int:
    """When the last depot closes; without windows, time enough for any sensible route."""
    if instance.timed:
        return max(_scaled(instance.nodes[depot].due or 0, scale) for depot in instance.depots)
    width = float(np.ptp([node.x for node in instance.nodes]) + np.ptp([node.y for node in instance.nodes]))
    span = int(2 * len(instance.nodes) * width / 50) + 1000 + int(4 * width)
    return min(int(span * scale), LONGEST_TASK)
