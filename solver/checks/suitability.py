"""Which of some orders a performer or a transport can carry out (C1, C3, L2-L5, O1)."""

from collections.abc import Hashable
from functools import cached_property, reduce
from math import inf
from typing import NamedTuple

import numpy as np

from solver.checks.boxes import box_capacity
from solver.checks.classes import Flags, Numbers
from solver.checks.columns import Cargos, Events, cargos_of, events_of
from solver.checks.measures import ZERO, Measures, least, limit_measures, multipliers, plus, times
from solver.checks.moments import Span, shift_spans
from solver.checks.sizes import Size, box_size
from solver.checks.tags import Prices, Refusals, Requirements, Tags, budget
from solver.checks.view import View
from solver.contract import Box, Order, Performer, Transport

UNLIMITED: Measures = (inf, inf, inf, inf, inf)
ANY_SIZE: Size = (0.0, 0.0, 0.0)


class Suits(NamedTuple):
    """Orders that somebody has a shift for, and those he goes together with: (orders,) bool each."""

    available: Flags
    compatible: Flags

    @property
    def both(self) -> Flags:
        """Orders he can carry out."""
        return self.available & self.compatible


class Suitability:
    """Some orders, for asking who suits them; what a question needs is prepared when first asked."""

    def __init__(self, view: View, orders: list[Order], price: Prices) -> None:
        self.orders = orders
        self._view, self._price = view, price

    def only(self, rows: Numbers) -> "Suitability":
        """The same for fewer orders."""
        return Suitability(self._view, [self.orders[row] for row in rows], self._price)

    def of_performer(self, performer: Performer) -> Suits:
        """Which of the orders suit a performer."""
        return Suits(self._shifts.served_by(performer), self._wishes.met_by(performer))

    def of_transport(self, transport: Transport) -> Suits:
        """Which of the orders suit a transport."""
        compatible = self._approaches.open_to(transport) & self._holds.carried_by(transport)
        return Suits(self._shifts.served_by(transport), compatible)

    @cached_property
    def _events(self) -> Events:
        return events_of(self._view, self.orders, self._price)

    @cached_property
    def _shifts(self) -> "Shifts":
        return Shifts(self._view, self._events)

    @cached_property
    def _wishes(self) -> "Wishes":
        return Wishes(self.orders, self._price)

    @cached_property
    def _approaches(self) -> "Approaches":
        return Approaches(self._events, self._price)

    @cached_property
    def _holds(self) -> "Holds":
        return Holds(self._view, cargos_of(self.orders, self._price), self._price)


class Shifts:
    """Orders that somebody has a shift for: one shift that meets a window of each demand (O1)."""

    def __init__(self, view: View, events: Events) -> None:
        self._view, self._events = view, events
        self._found: dict[frozenset[Span], Flags] = {}

    def served_by(self, owner: Performer | Transport) -> Flags:
        """Orders inside one of his shifts; owners with equal shifts share the answer."""
        spans = frozenset(shift_spans(self._view, owner).values())
        if spans not in self._found:
            found = np.zeros(self._events.orders, dtype=np.bool_)
            for shift in spans:
                found |= self._events.during(shift)
            self._found[spans] = found
        return self._found[spans]


class Wishes:
    """Orders whose wishes a performer meets (C1, C3)."""

    def __init__(self, orders: list[Order], price: Prices) -> None:
        wishes = [order.compatibilities for order in orders]
        self._required = Requirements([frozenset(item.performer_restrictions) for item in wishes], price)
        self._refused = Refusals([frozenset(item.performer_blacklist) for item in wishes], price)
        self._found: dict[tuple[Tags, float], Flags] = {}

    def met_by(self, performer: Performer) -> Flags:
        """Orders that go together with a performer."""
        offered, limit = frozenset(performer.compatibilities.performer_features), budget(performer)
        if (offered, limit) not in self._found:
            met = self._required.met_by(offered, limit) & self._refused.avoided_by(offered)
            self._found[offered, limit] = met
        return self._found[offered, limit]


class Approaches:
    """Orders whose places a transport may go to (C1, C3)."""

    def __init__(self, events: Events, price: Prices) -> None:
        self._events, self._price = events, price
        self._found: dict[Tags, Flags] = {}

    def open_to(self, transport: Transport) -> Flags:
        """Orders of which every demand has a place for the transport."""
        offered = frozenset(transport.compatibilities.transport_features)
        if offered not in self._found:
            reached = self._events.needs.met_by(offered, self._price.largest_budget)
            self._found[offered] = self._events.serve(reached)
        return self._found[offered]


class Holds:
    """Orders that a transport can carry: each cargo in some box, the largest loading in all (L2-L5)."""

    def __init__(self, view: View, cargos: Cargos, price: Prices) -> None:
        self._view, self._cargos, self._price = view, cargos, price
        self._unlimited = view.assumptions.disable_capacity
        self._multipliers = multipliers(view.assumptions)
        self._targets = set(cargos.target.values)
        self._by_box: dict[BoxKind, Flags] = {}
        self._by_load: dict[Hashable, Flags] = {}
        self._by_features: dict[Tags, Flags] = {}
        self._by_size: dict[Size, Flags] = {}

    def carried_by(self, transport: Transport) -> Flags:
        """Orders whose cargos all find a box."""
        capacities = [self._capacity(transport, box) for box in transport.boxes]
        kinds = frozenset(map(self._kind, transport.boxes, capacities))
        load = self._largest_load(transport, capacities)
        if (kinds, load) not in self._by_load:
            boxed = np.zeros(len(self._cargos.order), dtype=np.bool_)
            for kind in kinds:
                boxed |= self._taken(kind)
            peak = self._cargos.peak
            lost = np.bincount(self._cargos.order[~boxed], minlength=len(peak))
            self._by_load[kinds, load] = (lost == 0) & peak.within(load)
        return self._by_load[kinds, load]

    def _capacity(self, transport: Transport, box: Box) -> Measures:
        return UNLIMITED if self._unlimited else box_capacity(self._view, transport, box)

    def _largest_load(self, transport: Transport, capacities: list[Measures]) -> Measures:
        """The most that is on board at once (L2)."""
        if self._unlimited or not capacities:
            return UNLIMITED
        limit = times(
            limit_measures(transport.limits.max_capacity), self._multipliers[transport.transport_type]
        )
        return least(reduce(plus, capacities, ZERO), limit)

    def _kind(self, box: Box, capacity: Measures) -> "BoxKind":
        """What a box takes; its key matters only if cargo lies in it."""
        return BoxKind(
            box.key if box.key in self._targets else "",
            frozenset(box.compatibilities.box_features),
            UNLIMITED
            if self._unlimited
            else least(capacity, limit_measures(box.limits.max_one_cargo_capacity)),
            ANY_SIZE if self._unlimited else box_size(box),
        )

    def _taken(self, kind: "BoxKind") -> Flags:
        """Cargos that may lie in a box of this kind."""
        if kind not in self._by_box:
            taken = self._cargos.fit_target(kind.key) & self._cargos.fit_load(kind.one_cargo)
            # Often none is left: cargos that nobody took yet mostly lie in one box each.
            if taken.any():
                taken &= self._with(kind.features) & self._into(kind.size)
            self._by_box[kind] = taken
        return self._by_box[kind]

    def _with(self, features: Tags) -> Flags:
        if features not in self._by_features:
            met = self._cargos.needs.met_by(features, self._price.largest_budget)
            self._by_features[features] = met
        return self._by_features[features]

    def _into(self, size: Size) -> Flags:
        if size not in self._by_size:
            self._by_size[size] = self._cargos.fit_size(size)
        return self._by_size[size]


class BoxKind(NamedTuple):
    """Boxes that take the same cargos; one cargo is bound by the box's capacity and its limit for one."""

    key: str
    features: Tags
    one_cargo: Measures
    size: Size
