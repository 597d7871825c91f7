"""Vehicles: which kind of performer shift may drive which kind of transport shift, and on what terms."""

from dataclasses import dataclass
from math import inf, isinf

import numpy as np

from solver.problem.arrays import BIG, F_RULES, NO_LEG, Floats, Ints
from solver.problem.breaks import PauseTable
from solver.problem.legs import LegArrays, leg_metres, leg_seconds
from solver.problem.lifetimes import ALWAYS, Lives, SpanRows, Spans, existing, intersection
from solver.problem.places import Places
from solver.problem.shifts import PerformerKind, Shifts, TransportKind
from solver.problem.shortlist import Shortlist
from solver.problem.tags import Classes, Prices, Tags, mutual, tags


@dataclass(slots=True)
class Fleet:
    """Rows of the vehicle tables; see `solver.problem.arrays`."""

    vehicle: Ints
    money: Floats
    room: Floats
    max_load: Floats
    carry: Floats
    stages: Floats
    life: Ints


@dataclass(slots=True)
class OwnLeg:
    """A leg with the performer's own transport at one end of the trip (T6); -1 as location: none."""

    location: int = -1
    seconds: int = 0  # with the parking after it and the leaving before it
    metres: int = 0


class FleetBuilder:
    """Builds one row for each pair of shift kinds that may go together.

    Parameters
    ----------
    shifts : Shifts
    places : Places
    legs : LegArrays
    prices : Prices
    measures : list of int
        The measures kept in the load arrays.
    multipliers : (transport kinds, 5) float64
        Capacity multipliers (L6).
    no_capacity : bool
        ``disable_capacity``.
    links : dict
        Hardlink number by shift key.
    most : int
        Pairs to keep; beyond that each performer kind keeps its nearest transports.
    """

    def __init__(
        self,
        shifts: Shifts,
        places: Places,
        legs: LegArrays,
        prices: Prices,
        measures: list[int],
        multipliers: Floats,
        no_capacity: bool,
        links: dict[str, int],
        most: int,
    ) -> None:
        self.shifts, self.places, self.prices = shifts, places, prices
        self.legs = legs
        self.measures, self.multipliers = measures, multipliers
        self.no_capacity, self.links, self.most = no_capacity, links, most
        self.performer_tags: Classes[tuple[Tags, Lives]] = Classes()
        self.transport_tags: Classes[tuple[Tags, Lives]] = Classes()
        self.spans = SpanRows()
        self.pauses = PauseTable()
        self.stages: list[tuple[float, float]] = []
        self._stage_rows: dict[tuple[tuple[float, float], ...], tuple[int, int]] = {}
        self.box_rows: list[tuple[int, int]] = []  # transport kind, box
        self.box_range: list[tuple[int, int]] = []
        for number, kind in enumerate(shifts.transports.values()):
            first = len(self.box_rows)
            self.box_rows.extend((number, i) for i in range(len(kind.boxes)))
            self.box_range.append((first, len(self.box_rows)))

    def build(self) -> Fleet:
        """All vehicles, in the order of performer kinds, then transport kinds."""
        rows, money, life, pairs = [], [], [], []
        transports = self.shifts.transports.values()
        near = Shortlist(self.shifts, self.legs, self.most)
        for p, performer in enumerate(self.shifts.performers.values()):
            for t in near.transports(p, performer):
                row = self._pair(p, performer, t, transports[t])
                if row is not None:
                    rows.append(row[0])
                    money.append(row[1])
                    life.append(row[2])
                    pairs.append(t)
                    if near.enough(p):
                        break
        kinds = np.array(pairs, dtype=np.int64)
        room, limit, carry = self._capacities(transports)
        return Fleet(
            vehicle=np.array(rows, dtype=np.int64).reshape(-1, 31),
            money=np.array(money, dtype=np.float64).reshape(-1, 3),
            room=room[kinds],
            max_load=limit[kinds],
            carry=carry[kinds],
            stages=np.array(self.stages, dtype=np.float64).reshape(-1, 2),
            life=np.array(life, dtype=np.int64).reshape(-1, 2),
        )

    def box_tables(self) -> tuple[Floats, Floats]:
        """Capacity of every box and of one cargo in it, (boxes, k); at least one row."""
        room = np.zeros((max(1, len(self.box_rows)), len(self.measures)))
        one = np.full_like(room, inf)
        transports = self.shifts.transports.values()
        for row, (t, i) in enumerate(self.box_rows):
            box = transports[t].boxes[i]
            room[row] = (np.array(box.capacity) * self.multipliers[t])[self.measures]
            one[row] = np.array(box.one)[self.measures]
        if self.no_capacity:
            room[:], one[:] = inf, inf
        return room, one

    def _capacities(self, transports: list[TransportKind]) -> tuple[Floats, Floats, Floats]:
        """By transport kind: room of boxes and limit together, the limit, the price of carrying."""
        k = len(self.measures)
        room, limit, carry = (np.zeros((len(transports), k)) for _ in range(3))
        for t, kind in enumerate(transports):
            boxes = np.array([box.capacity for box in kind.boxes], dtype=np.float64).reshape(-1, 5)
            total = (boxes.sum(axis=0) * self.multipliers[t])[self.measures]
            most = np.array(kind.max_capacity)
            limit[t] = np.where(np.isinf(most), inf, most * self.multipliers[t])[self.measures]
            room[t] = np.minimum(total, limit[t])
            carry[t] = np.array(kind.carry)[self.measures]
        if self.no_capacity:
            room[:], limit[:] = inf, inf
        return room, limit, carry

    def _stage_range(self, stages: tuple[tuple[float, float], ...]) -> tuple[int, int]:
        if stages not in self._stage_rows:
            first = len(self.stages)
            self.stages.extend(stages)
            self._stage_rows[stages] = (first, len(self.stages))
        return self._stage_rows[stages]

    def _pair(
        self, p: int, performer: PerformerKind, t: int, transport: TransportKind
    ) -> tuple[list[int], list[float], tuple[int, int]] | None:
        """The row of one pair, or None if the two can never make a trip together."""
        link = (self.links.get(performer.single, -1), self.links.get(transport.single, -1))
        if link[0] != link[1] and (self._has_other(link[0], "t") or self._has_other(link[1], "p")):
            return None
        penalty = self.prices.missing(mutual(performer.tags[::-1], transport.tags[::-1]))
        if isinf(penalty) or penalty > performer.max_penalty + 1e-9:
            return None
        first = self._own_leg(performer.own_profile, performer.start, transport.start)
        last = self._own_leg(performer.own_profile, transport.finish, performer.finish)
        if first is None or last is None:
            return None
        spans = self._spans(performer, transport)
        if not spans:
            return None
        ready = max(self._ready(performer, transport, first), spans[0][0] + first.seconds)
        due = min(self._due(performer, transport, last), spans[-1][1] - last.seconds)
        if ready > due:
            return None
        row = self._row(p, performer, t, transport, first, last, ready, due)
        row[F_RULES] = self._pause_row(performer, transport, (first, last), (ready, due), spans)
        money = [performer.cost + transport.cost, performer.max_penalty, penalty]
        return row, money, self.spans.number(spans if len(spans) > 1 else ALWAYS)

    def lived(self, needs: list[Tags], having: list[tuple[Tags, Lives]]) -> tuple[list[Tags], list[Lives]]:
        """Needs, and lifetimes by class of performers or transports; nothing where no feature has one."""
        performers, transports = self.shifts.performers.values(), self.shifts.transports.values()
        if any(kind.lives for kind in performers) or any(kind.lives for kind in transports):
            return needs, [lives for _, lives in having]
        return [], []

    def _spans(self, performer: PerformerKind, transport: TransportKind) -> Spans:
        """When all features exist that the pair needs by itself and where its trips begin and end (W7).

        The places that the performer reaches by his own transport count too: a trip that would be good only
        because they do not is left out.
        """
        spans = existing(performer.lives, transport.tags[1])
        if transport.lives:
            needed = set(performer.tags[1])
            for place in {performer.start, performer.finish, transport.start, transport.finish} - {-1}:
                needed |= tags(self.places.locations[place].compatibilities.transport_restrictions)
            spans = intersection(spans, existing(transport.lives, frozenset(needed)))
        return spans

    def _has_other(self, link: int, side: str) -> bool:
        """Whether a hardlink also names a shift of the side ``p`` or ``t``, so that it must be the one."""
        if link < 0:
            return False
        kinds = self.shifts.transports.values() if side == "t" else self.shifts.performers.values()
        return any(kind.single and self.links[kind.single] == link for kind in kinds)

    def _own_leg(self, profile: int, start: int, finish: int) -> OwnLeg | None:
        """The own-transport leg between two different given places; None where it does not exist."""
        if start < 0 or finish < 0 or start == finish:
            return OwnLeg()
        seconds = int(leg_seconds(self.legs, profile, start, finish))
        if seconds >= NO_LEG:
            return None
        return OwnLeg(start, seconds, int(leg_metres(self.legs, profile, start, finish)))

    def _ready(self, performer: PerformerKind, transport: TransportKind, first: OwnLeg) -> int:
        """Earliest moment with the transport at the start; taking it precedes the parking there (W1, T6)."""
        if first.location < 0:
            return max(performer.available[0], transport.available[0])
        parking = int(self.places.place[transport.start, 0])
        return max(performer.available[0] + first.seconds - parking, transport.available[0]) + parking

    def _due(self, performer: PerformerKind, transport: TransportKind, last: OwnLeg) -> int:
        """Latest moment back at the end; the transport is left after the leaving there (W1, T6)."""
        if last.location < 0:
            return min(performer.available[1], transport.available[1])
        leaving = int(self.places.place[transport.finish, 1])
        return min(performer.available[1] - last.seconds, transport.available[1] - leaving)

    def _row(
        self,
        p: int,
        performer: PerformerKind,
        t: int,
        transport: TransportKind,
        first: OwnLeg,
        last: OwnLeg,
        ready: int,
        due: int,
    ) -> list[int]:
        start = transport.start if transport.start >= 0 else performer.start
        end = transport.finish if transport.finish >= 0 else performer.finish
        boxes = self.box_range[t]
        return [
            p, t, transport.profile, start, end, ready, due,
            first.seconds, first.metres, last.seconds, last.metres, *performer.working,
            int(sum(length for length, _ in performer.stages)),
            int(sum(length for length, _ in transport.stages)),
            performer.max_stops, performer.max_places,
            first.location, performer.finish if last.location >= 0 else -1,
            performer.extra, self.performer_tags.number((performer.tags[0], performer.lives)),
            self.transport_tags.number((transport.tags[0], transport.lives)), *boxes,
            BIG if self.no_capacity else transport.max_boxes,
            *self._stage_range(performer.stages), *self._stage_range(transport.stages),
            -1, transport.owner,
        ]  # fmt: skip

    def _pause_row(
        self,
        performer: PerformerKind,
        transport: TransportKind,
        ends: tuple[OwnLeg, OwnLeg],
        hours: tuple[int, int],
        spans: Spans,
    ) -> int:
        """Row of the rules for breaks and rests; -1 for none (B1-B5).

        ``hours``: being at the start place and back at the end place; an own leg takes longer with pauses,
        so with one the trip's own border counts.
        """
        if performer.pauses is None:
            return -1
        begin, end = hours
        taken, left = -BIG, BIG
        if ends[0].location >= 0:
            begin, taken = max(performer.available[0], spans[0][0]), transport.available[0]
        if ends[1].location >= 0:
            end, left = min(performer.available[1], spans[-1][1]), transport.available[1]
        return self.pauses.row(performer.pauses, (begin, end), (taken, left))
