"""M and S5: the cost of a trip, and the figures its states carry."""

from collections.abc import Sequence
from itertools import accumulate

from solver.contract import PerformerTariffConstraint, TransportTariffConstraint
from solver.oracle.journey import Journey
from solver.oracle.measures import MEASURES, amounts
from solver.oracle.parts import Drive, Stretch
from solver.oracle.violation import Verdict
from solver.oracle.world import SLACK

Stages = list[tuple[float, float]]  # length, price of a unit

MONTH: Stages = [(30 * 24 * 3600.0, 0.001)]  # in seconds, where a tariff names no stages (M1)
FAR: Stages = [(100_000_000.0, 0.001)]  # in metres (M2)


def stages(constraints: Sequence[PerformerTariffConstraint | TransportTariffConstraint]) -> Stages:
    """Stages of a tariff."""
    return [(float(item.stage_length), item.cost_per_unit) for item in constraints]


def priced(stages: Stages, amount: float) -> float:
    """Price of an amount; what is over the stages costs as the last one (told by M1, M2)."""
    cost, begun = 0.0, 0.0
    for length, price in stages:
        cost += max(0.0, min(amount, begun + length) - begun) * price
        begun += length
    return cost + max(0.0, amount - begun) * stages[-1][1]


class Bill:
    """What one trip costs (M1-M3).

    Attributes
    ----------
    fixed : float
        Both costs per shift.
    time, road : list of (length, price)
    free : bool
        No planned order, no cost (M3).
    """

    def __init__(self, journey: Journey) -> None:
        self.journey = journey
        self.free = journey.work is None or journey.use is None or not journey.planned
        self.fixed, self.time, self.road = 0.0, MONTH, FAR
        self.carriage = dict.fromkeys(MEASURES, 0.0)
        if journey.work is not None and journey.use is not None:
            performer, transport = journey.work.shift.tariff, journey.use.shift.tariff
            self.fixed = performer.cost_per_shift + transport.cost_per_shift
            self.time = stages(performer.constraints) or MONTH
            self.road = stages(transport.constraints) or FAR
            self.carriage = amounts(transport.transportation_cost)
        self.rates = [self._rate(drive) for drive in journey.drives]
        driven = [0 if drive.own else drive.metres for drive in journey.drives]
        self.road_done = [0, *accumulate(driven)]
        self.carriage_done = [0.0, *accumulate(a * b for a, b in zip(driven, self.rates, strict=True))]

    def _rate(self, drive: Drive) -> float:
        """Transportation cost of one metre of a drive (M2)."""
        if drive.own or not any(self.carriage.values()):
            return 0.0
        load = self.journey.load_on(drive)
        return sum(load[name] * self.carriage[name] for name in MEASURES)

    def cost(self, when: float, drives: int, part: int = 0) -> float:
        """Cost up to a moment: so many drives done, and so many metres of the next."""
        if self.free:
            return 0.0
        road, carried = self.road_done[drives], self.carriage_done[drives]
        if part and not self.journey.drives[drives].own:
            road, carried = road + part, carried + part * self.rates[drives]
        return self.fixed + priced(self.time, when - self.journey.start) + priced(self.road, road) + carried

    @property
    def total(self) -> float:
        """Cost of the whole trip."""
        return self.cost(self.journey.end, len(self.journey.drives)) if self.journey.stretches else 0.0

    @property
    def reward(self) -> float:
        """Rewards of the events carried out (M3)."""
        return sum(service.offer.event.reward for service in self.journey.services if service.offer)


class Money:
    """Checks the cost of one trip."""

    def __init__(self, journey: Journey, verdict: Verdict) -> None:
        self.journey, self.world, self.verdict = journey, journey.world, verdict
        self.bill = Bill(journey)
        rewards = [service.offer.event.reward if service.offer else 0.0 for service in journey.services]
        self.rewards_done = [0.0, *accumulate(rewards)]

    def check(self) -> None:
        """M1, M2 limits and S5."""
        journey, bill = self.journey, self.bill
        if not journey.stretches or journey.work is None or journey.use is None:
            return
        longest = sum(length for length, _ in bill.time)
        if journey.end - journey.start > longest + SLACK:
            where = journey.at(journey.work.shift.key)
            message = f"{journey.end - journey.start:g} s, the stages allow {longest:g} s"
            self.verdict.broken("M1", where, message)
        farthest = sum(length for length, _ in bill.road)
        metres = sum(drive.metres for drive in journey.drives if not drive.own)
        if metres > farthest + SLACK:
            where = journey.at(journey.use.shift.key)
            self.verdict.broken("M2", where, f"{metres} m, the stages allow {farthest:g} m")
        self._states()

    def _states(self) -> None:
        """S5: distance, cost and reward so far."""
        done, metres, served = 0, 0, 0
        before: Stretch | None = None
        for part in self.journey.stretches:
            if part.visit is not None and part.visit.number > done:
                metres += self.journey.drives[done].metres
                done += 1
            while served < len(self.journey.services) and self._over(served, part):
                served += 1
            self._figures(part, metres, done)
            least, most = self._rewards(part, served)
            slack = self.world.unit + SLACK
            if not least - slack <= part.state.reward <= most + slack:
                message = f"reward {part.state.reward}, {least:.6f} wanted"
                self.verdict.broken("S5", self._at(part), message)
            if before is not None and self._falls(before, part):
                self.verdict.broken("S5", self._at(part), "a figure is less than in the state before")
            before = part

    def _at(self, part: Stretch) -> str:
        return self.journey.at(f"state {part.number}")

    def _falls(self, a: Stretch, b: Stretch) -> bool:
        slack = self.world.unit + SLACK
        lower = b.state.cost < a.state.cost - slack or b.state.reward < a.state.reward - slack
        return lower or b.state.distance < a.state.distance

    def _over(self, service: int, part: Stretch) -> bool:
        """Whether a service ended before a state."""
        return self.journey.services[service].stretches[-1].number < part.number

    def _figures(self, part: Stretch, metres: int, done: int) -> None:
        state, slack = part.state, self.world.unit + SLACK
        further = 0
        if part.drive is not None and part is not part.drive.stretches[0]:
            further = state.distance - metres
            if not 0 <= further <= part.drive.metres:
                self.verdict.broken("S5", self._at(part), f"distance {state.distance} is off the leg")
        elif state.distance != metres:
            self.verdict.broken("S5", self._at(part), f"distance {state.distance}, {metres} wanted")
        cost = self.bill.cost(part.start, done, further)
        if abs(state.cost - cost) > slack:
            self.verdict.broken("S5", self._at(part), f"cost {state.cost}, {cost:.6f} wanted")

    def _rewards(self, part: Stretch, served: int) -> tuple[float, float]:
        """Rewards so far; a service of no length may show its own at once."""
        least = self.rewards_done[served]
        service = part.service
        at_once = service is not None and service.end - service.start <= SLACK
        return least, self.rewards_done[served + 1] if at_once else least
