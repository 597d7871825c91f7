"""What a trip costs (rules M1, M2)."""

from dataclasses import dataclass

from solver.contract import PerformerShift, TransportShift
from solver.report.measures import NOTHING, Load, dot, load_of

Stages = list[tuple[float, float]]  # length, price of a unit

DEFAULT_TIME: Stages = [(30 * 24 * 3600.0, 0.001)]
DEFAULT_ROAD: Stages = [(100_000_000.0, 0.001)]


def staged(stages: Stages, amount: float) -> float:
    """Price of an amount that runs through the stages; what is over them costs as the last one."""
    cost = 0.0
    for number, (length, price) in enumerate(stages, start=1):
        part = amount if number == len(stages) else min(amount, length)
        cost += part * price
        amount -= part
        if amount <= 0:
            break
    return cost


@dataclass(slots=True)
class Tariff:
    """Prices of one performer shift on one transport shift.

    Attributes
    ----------
    fixed : float
        Both costs per shift.
    time : list of (seconds, price of a second)
    road : list of (metres, price of a metre)
    carriage : tuple of float
        Price of one metre with one unit of each measure on board.
    """

    fixed: float
    time: Stages
    road: Stages
    carriage: Load

    @classmethod
    def of(cls, performer: PerformerShift, transport: TransportShift) -> "Tariff":
        """The tariff of the two shifts, defaults filled in (M1, M2)."""
        time = [(float(s.stage_length), s.cost_per_unit) for s in performer.tariff.constraints]
        road = [(float(s.stage_length), s.cost_per_unit) for s in transport.tariff.constraints]
        return cls(
            fixed=performer.tariff.cost_per_shift + transport.tariff.cost_per_shift,
            time=time or DEFAULT_TIME,
            road=road or DEFAULT_ROAD,
            carriage=load_of(transport.tariff.transportation_cost),
        )

    def cost(self, seconds: float, metres: float, carried: float) -> float:
        """Cost of a trip so far: its duration, metres driven in the transport, price of carriage so far."""
        return self.fixed + staged(self.time, seconds) + staged(self.road, metres) + carried

    def carry(self, metres: float, load: Load) -> float:
        """Price of carrying a load over metres."""
        return metres * dot(load, self.carriage) if self.carriage != NOTHING else 0.0
