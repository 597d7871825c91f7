"""C: tags that are required and tags that are there, and what the missing ones cost."""

from collections.abc import Iterable
from itertools import combinations

from solver.contract import CargoCompatibilities, OrderCompatibilities
from solver.oracle.journey import Journey
from solver.oracle.times import transport_visits
from solver.oracle.violation import Verdict
from solver.oracle.world import SLACK, Use, Work

ATTRIBUTE = "compatibility_penalty"


class Compatibility:
    """Checks the tags of one trip; ``charged`` holds every (pair, tag) that is paid for, once (C3)."""

    def __init__(self, journey: Journey, verdict: Verdict) -> None:
        self.journey, self.world, self.verdict = journey, journey.world, verdict
        self.prices = {item.tag: item.penalty for item in self.world.penalties.compatibilities}
        self.charged: dict[tuple[frozenset[str], str], float] = {}

    def check(self) -> None:
        """C1-C4."""
        work, use = self.journey.work, self.journey.use
        if work is None or use is None:
            return
        if not self.world.assumptions.disable_compatibility:
            self._driver(work, use)
            self._places(use)
            self._orders(work)
            self._orders_together()
            self._cargos(use)
            self._cargos_together(use)
            self._limit(work)
        self._attribute()

    def _need(self, rule: str, pair: Iterable[str], needed: Iterable[str], there: Iterable[str]) -> None:
        """Tags one side needs of the other; what is missing and has no price breaks the rule."""
        sides = list(pair)
        for tag in sorted(set(needed) - set(there)):
            if tag in self.prices:
                self.charged[frozenset(sides), tag] = self.prices[tag]
            else:
                self.verdict.broken(rule, self.journey.at(*sides), f"tag {tag} is missing")

    def _driver(self, work: Work, use: Use) -> None:
        performer, transport = work.owner.compatibilities, use.owner.compatibilities
        pair = (f"performer {work.owner.key}", f"transport {use.owner.key}")
        self._need("C1", pair, transport.performer_restrictions, performer.performer_features)
        self._need("C1", pair, performer.transport_restrictions, transport.transport_features)

    def _places(self, use: Use) -> None:
        """Once a stop; start and finish too, but not where the performer is without the transport."""
        features = use.owner.compatibilities.transport_features
        for visit in transport_visits(self.journey):
            place = self.world.places.get(visit.place)
            if place is not None:
                pair = (f"stop {visit.number} {visit.place}", f"transport {use.owner.key}")
                self._need("C1", pair, place.compatibilities.transport_restrictions, features)

    def _orders(self, work: Work) -> None:
        features = work.owner.compatibilities.performer_features
        for key in self.journey.planned:
            order = self.world.orders[key].compatibilities
            pair = (f"order {key}", f"performer {work.owner.key}")
            self._need("C1", pair, order.performer_restrictions, features)
            banned = sorted(set(order.performer_blacklist) & set(features))
            if banned:
                self.verdict.broken("C1", self.journey.at(*pair), f"on the blacklist: {', '.join(banned)}")

    def _orders_together(self) -> None:
        tagged: dict[str, OrderCompatibilities] = {
            key: self.world.orders[key].compatibilities for key in self.journey.planned
        }
        if not any(tags.order_restrictions for tags in tagged.values()):
            return
        for a, b in combinations(tagged, 2):
            if tagged[a].order_restrictions or tagged[b].order_restrictions:
                pair = (f"order {a}", f"order {b}")
                self._need("C2", pair, tagged[a].order_restrictions, tagged[b].order_features)
                self._need("C2", pair, tagged[b].order_restrictions, tagged[a].order_features)

    def _cargos(self, use: Use) -> None:
        """Each cargo with every box it was in."""
        pairs = {(cargo, box) for inside in self.journey.aboard for cargo, box in inside.items()}
        for key, box_key in sorted(pairs):
            cargo, box = self.world.cargo(key), use.boxes.get(box_key)
            if cargo is not None and box is not None:
                pair = (f"cargo {key}", f"box {box_key}")
                needed = cargo.compatibilities.box_restrictions
                self._need("C1", pair, needed, box.compatibilities.box_features)

    def _cargos_together(self, use: Use) -> None:
        """C2 in one box at the same moment; two that the waitlist keeps there are nobody's choice."""
        waiting = self.journey.waiting
        here = [self.world.cargo(key) for key in {*self.journey.carried, *waiting}]
        tagged: dict[str, CargoCompatibilities] = {c.key: c.compatibilities for c in here if c is not None}
        picky = sorted(key for key, tags in tagged.items() if tags.cargo_restrictions)
        met: set[tuple[str, str]] = set()
        for inside in self.journey.aboard:
            everything = {**waiting, **inside}
            for a in picky:
                if everything.get(a) in use.boxes:
                    beside = [b for b, box in everything.items() if box == everything[a] and b in tagged]
                    met |= {(a, b) for b in beside if b != a and (a in inside or b in inside)}
        for a, b in sorted(met):
            pair = (f"cargo {a}", f"cargo {b}")
            self._need("C2", pair, tagged[a].cargo_restrictions, tagged[b].cargo_features)

    @property
    def penalty(self) -> float:
        """Sum of the prices."""
        return sum(self.charged.values())

    def _limit(self, work: Work) -> None:
        """C3: a tariff without max_penalty_cost allows none."""
        most = work.shift.tariff.max_penalty_cost or 0.0
        if self.penalty > most + SLACK:
            where = self.journey.at(work.shift.key)
            self.verdict.broken("C3", where, f"penalties {self.penalty:g}, {most:g} allowed")

    def _attribute(self) -> None:
        """C3: a trip that pays says so."""
        said = [item.value for item in self.journey.trip.attributes if item.key == ATTRIBUTE]
        try:
            values = [float(value) for value in said]
        except ValueError:
            values = [float("nan")]
        if len(values) > 1 or not abs(sum(values) - self.penalty) <= self.world.unit + SLACK:
            where = self.journey.at(ATTRIBUTE)
            self.verdict.broken("C3", where, f"says {said or 'nothing'}, the prices sum to {self.penalty:g}")
