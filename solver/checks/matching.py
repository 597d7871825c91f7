"""Which orders somebody can carry out, and which performers and transports are of any use (V2)."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

import numpy as np

from solver.checks.boxes import box_capacity
from solver.checks.columns import Cargos, Events, Flags, cargos_of, events_of
from solver.checks.compatibility import prices
from solver.checks.measures import ZERO, Measures, limit_measures, multipliers, plus, times
from solver.checks.moments import Span, shift_spans
from solver.checks.sizes import Size, box_size
from solver.checks.tags import Prices, Refusals, Requirements, Tags, budget
from solver.checks.view import View
from solver.contract import Box, Order, Performer, Transport

UNLIMITED: Measures = (inf, inf, inf, inf, inf)
ANY_SIZE: Size = (0.0, 0.0, 0.0)


@dataclass(slots=True)
class Side:
    """Orders against all performers, or against all transports.

    Attributes
    ----------
    anybody : bool
        Whether there is anybody on this side.
    available, compatible, suitable : (orders,) bool
        Whether somebody has a shift for the order, goes together with it, and both at once.
    useless : dict of str to bool
        By key of who suits no order that can be carried out: whether he goes together with one of those.
    """

    anybody: bool
    available: Flags
    compatible: Flags
    suitable: Flags
    useless: dict[str, bool]


@dataclass(slots=True)
class Row:
    """One performer or transport against all orders."""

    key: str
    available: Flags
    compatible: Flags


@dataclass(slots=True)
class Matching:
    """Orders that are left against performers and transports that are left."""

    orders: list[Order]
    performers: Side
    transports: Side


def match(view: View) -> Matching:
    """Match everything that is not cut yet."""
    orders = list(view.left_orders())
    price = prices(view)
    events = events_of(view, orders, price)
    performers = list(_performer_rows(view, orders, events, price))
    transports = list(_transport_rows(view, events, cargos_of(orders, price), price))
    possible = _suitable(performers, len(orders)) & _suitable(transports, len(orders))
    return Matching(orders, _side(performers, possible), _side(transports, possible))


def _suitable(rows: list[Row], orders: int) -> Flags:
    found = np.zeros(orders, dtype=np.bool_)
    for row in rows:
        found |= row.available & row.compatible
    return found


def _side(rows: list[Row], possible: Flags) -> Side:
    none = np.zeros(len(possible), dtype=np.bool_)
    side = Side(bool(rows), none.copy(), none.copy(), _suitable(rows, len(possible)), {})
    for row in rows:
        side.available |= row.available
        side.compatible |= row.compatible
        # Where no order can be carried out, that says nothing about who could have done it.
        if possible.any() and not (row.available & row.compatible & possible).any():
            side.useless[row.key] = bool((row.compatible & possible).any())
    return side


def _performer_rows(view: View, orders: list[Order], events: Events, price: Prices) -> Iterator[Row]:
    shifts, wishes = Shifts(view, events), Wishes(orders, price)
    for performer in view.left_performers():
        yield Row(performer.key, shifts.served_by(performer), wishes.met_by(performer))


def _transport_rows(view: View, events: Events, cargos: Cargos, price: Prices) -> Iterator[Row]:
    shifts, approaches, holds = Shifts(view, events), Approaches(events, price), Holds(view, cargos, price)
    for transport in view.left_transports():
        compatible = approaches.open_to(transport) & holds.carried_by(transport)
        yield Row(transport.key, shifts.served_by(transport), compatible)


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
        self._by_box: dict[Hashable, Flags] = {}
        self._by_load: dict[Hashable, Flags] = {}

    def carried_by(self, transport: Transport) -> Flags:
        """Orders whose cargos all find a box."""
        kinds = frozenset(self._kind(transport, box) for box in transport.boxes)
        load = self._largest_load(transport)
        if (kinds, load) not in self._by_load:
            boxed = np.zeros(len(self._cargos.order), dtype=np.bool_)
            for kind in kinds:
                boxed |= self._taken(kind)
            peak = self._cargos.peak
            lost = np.bincount(self._cargos.order[~boxed], minlength=len(peak))
            self._by_load[kinds, load] = (lost == 0) & peak.within(load)
        return self._by_load[kinds, load]

    def _largest_load(self, transport: Transport) -> Measures:
        """The most that is on board at once (L2)."""
        if self._unlimited or not transport.boxes:
            return UNLIMITED
        total = ZERO
        for box in transport.boxes:
            total = plus(total, box_capacity(self._view, transport, box))
        limit = times(
            limit_measures(transport.limits.max_capacity), self._multipliers[transport.transport_type]
        )
        a, b, c, d, e = map(min, total, limit)
        return a, b, c, d, e

    def _kind(self, transport: Transport, box: Box) -> "BoxKind":
        """What a box takes; its key matters only if cargo lies in it."""
        return BoxKind(
            box.key if box.key in self._targets else "",
            frozenset(box.compatibilities.box_features),
            UNLIMITED if self._unlimited else box_capacity(self._view, transport, box),
            UNLIMITED if self._unlimited else limit_measures(box.limits.max_one_cargo_capacity),
            ANY_SIZE if self._unlimited else box_size(box),
        )

    def _taken(self, kind: "BoxKind") -> Flags:
        """Cargos that may lie in a box of this kind."""
        if kind not in self._by_box:
            self._by_box[kind] = (
                self._cargos.needs.met_by(kind.features, self._price.largest_budget)
                & self._cargos.fit_load(kind.capacity)
                & self._cargos.fit_load(kind.one_cargo)
                & self._cargos.fit_size(kind.size)
                & self._cargos.fit_target(kind.key)
            )
        return self._by_box[kind]


class BoxKind(NamedTuple):
    """Boxes that take the same cargos."""

    key: str
    features: Tags
    capacity: Measures
    one_cargo: Measures
    size: Size
