"""A trip as its states tell it."""

from functools import cached_property

from solver.contract import CargoActionType, DemandType, Trip, TripState, TripStateFlag
from solver.oracle.measures import Amounts
from solver.oracle.parts import DOING, Drive, Round, Service, Stretch, Visit, same_service
from solver.oracle.world import Use, Work, World, moment


class Journey:
    """One trip of a result.

    Attributes
    ----------
    work, use : Work, Use or None
        Its shifts; None where the task does not know them.
    stretches, visits, drives, services : lists in order of time
    lost : list of Stretch
        On the way before the first visit or after the last.
    aboard : list of dict
        Box by cargo: before the first service, and after each.
    waiting : dict
        Box by cargo of waitlist orders whose cargo lies there all the time (L5).
    rounds : list of Round
    """

    def __init__(self, world: World, trip: Trip) -> None:
        self.world, self.trip, self.key = world, trip, trip.key
        self.work: Work | None = world.works.get(trip.performer.shift_key)
        self.use: Use | None = world.uses.get(trip.transport.shift_key)
        self.own_first, self.own_last = self._own_ends()
        self.stretches = self._stretches(trip.states)
        self.visits: list[Visit] = []
        self.drives: list[Drive] = []
        self.lost: list[Stretch] = []
        self._split()
        self.services: list[Service] = []
        self._find_services()
        self.aboard = self._follow_cargos()
        self.waiting = self._waiting_cargos()
        self.rounds = self._find_rounds()

    def _own_ends(self) -> tuple[bool, bool]:
        """Whether the trip starts and ends with a leg in the performer's own transport (T6)."""
        if self.work is None or self.use is None:
            return False, False
        work, use = self.work.shift, self.use.shift
        starts = {work.start_location_key, use.start_location_key}
        ends = {work.finish_location_key, use.finish_location_key}
        return len(starts - {None}) == 2, len(ends - {None}) == 2

    @staticmethod
    def _stretches(states: list[TripState]) -> list[Stretch]:
        times = [moment(state.time) for state in states]
        ends = [*times[1:], *times[-1:]]
        return [
            Stretch(number, state, start, end, next((flag for flag in state.flags if flag in DOING), None))
            for number, (state, start, end) in enumerate(zip(states, times, ends, strict=True))
        ]

    def _split(self) -> None:
        """Visits and the drives between them."""
        way: list[Stretch] = []
        for part in self.stretches:
            if part.on_the_way:
                way.append(part)
                continue
            place = part.state.location_key or "?"
            here = self.visits[-1] if self.visits and not way else None
            if here is None or here.place != place:
                here = self._arrive(place, way)
                way = []
            here.stretches.append(part)
            part.visit = here
        self.lost += way
        for number, drive in enumerate(self.drives):
            last = number == len(self.drives) - 1
            drive.own = (self.own_first and number == 0) or (self.own_last and last)

    def _arrive(self, place: str, way: list[Stretch]) -> Visit:
        visit = Visit(len(self.visits), place)
        if self.visits:
            drive = Drive(self.visits[-1], visit, way)
            self.drives.append(drive)
            for part in way:
                part.drive = drive
        else:
            self.lost += way
        self.visits.append(visit)
        return visit

    def _find_services(self) -> None:
        """Services, and the cargo actions that belong to each: those listed until the next one."""
        before: Stretch | None = None
        for part in self.stretches:
            if part.doing == TripStateFlag.ON_DEMAND and part.visit is not None:
                state = part.state
                service = before.service if before else None
                if before is None or service is None or not same_service(before, part):
                    offer = self.world.offers.get((state.demand_key or "", state.event_key or ""))
                    service = Service(len(self.services), part.visit, [], offer)
                    self.services.append(service)
                    part.visit.services.append(service)
                service.stretches.append(part)
                part.service = service
                before = part
            else:
                before = None
            if self.services:
                self.services[-1].moves.extend(part.state.cargo_actions)

    def _follow_cargos(self) -> list[dict[str, str]]:
        """Contents of the boxes; what DROP_FROM_BOX unloads lies in its target from the start (L5)."""
        inside: dict[str, str] = {}
        for service in self.services:
            demand = service.offer.demand if service.offer else None
            if demand and demand.demand_type == DemandType.DROP_FROM_BOX:
                for key in demand.target_cargos:
                    cargo = self.world.cargo(key)
                    if cargo is not None:
                        inside[key] = cargo.target_box_key or "?"
        found = [dict(inside)]
        for service in self.services:
            for action in service.moves:
                if action.cargo_action_type == CargoActionType.ADD:
                    inside[action.cargo_key] = action.box_key
                else:
                    inside.pop(action.cargo_key, None)
            found.append(dict(inside))
        return found

    def _waiting_cargos(self) -> dict[str, str]:
        orders = [self.world.orders[key] for key in self.trip.waitlist if key in self.world.orders]
        cargos = [cargo for order in orders for cargo in order.cargos if cargo.target_box_key]
        return {cargo.key: cargo.target_box_key or "?" for cargo in cargos} if self.stretches else {}

    def _find_rounds(self) -> list[Round]:
        """Roundtrips (R2)."""
        found: list[Round] = []
        begun: Service | None = None
        done = 0
        for visit in self.visits:
            left_here = visit.number == self.left_at
            if begun and (visit.place in self.world.separating or (left_here and not visit.services)):
                found.append(self._round(begun, visit, visit.start, done))
                begun = None
            if visit.services and begun is None:
                begun = visit.services[0]
            done += len(visit.services)
            if begun and (left_here or visit is self.visits[-1]):
                found.append(self._round(begun, visit, visit.end, done))
                begun = None
        return found

    @staticmethod
    def _round(begun: Service, last: Visit, end: float, done: int) -> Round:
        return Round(begun.start, end, begun.visit.number, last.number, begun.number, done)

    @property
    def left_at(self) -> int:
        """Number of the visit where the transport is left."""
        last = len(self.visits) - 1
        return last - 1 if self.own_last and last > 0 else last

    @property
    def start(self) -> float:
        """First state; of a trip that has one."""
        return self.stretches[0].start

    @property
    def end(self) -> float:
        """Last state."""
        return self.stretches[-1].end

    @property
    def taken(self) -> float:
        """When the transport is taken: the drive to it ends."""
        return self.drives[0].finish.start if self.own_first and self.drives else self.start

    @property
    def left(self) -> float:
        """When the transport is left: the drive away from it begins."""
        return self.drives[-1].begun if self.own_last and self.drives else self.end

    @cached_property
    def planned(self) -> list[str]:
        """Keys of the orders served, once each."""
        return list(dict.fromkeys(s.offer.order.key for s in self.services if s.offer))

    @cached_property
    def carried(self) -> list[str]:
        """Cargos that were on board at any time."""
        return list(dict.fromkeys(key for inside in self.aboard for key in inside))

    def at(self, *parts: str) -> str:
        """Where something is, for a violation."""
        return "/".join((self.key, *parts))

    def load(self, service: int) -> Amounts:
        """Load on board before a service; after the last for their number."""
        return self.world.load(self.aboard[service])

    def load_on(self, drive: Drive) -> Amounts:
        """Load of the transport on a drive; nothing on the performer's own leg."""
        if drive.own:
            return self.world.load(())
        return self.load(self.done_by(drive.start))

    def done_by(self, visit: Visit) -> int:
        """How many services are done when a visit ends."""
        return sum(len(v.services) for v in self.visits[: visit.number + 1])
