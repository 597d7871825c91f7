"""From the states of a plan back to timed trips, so that the translator can be tested without an engine."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from solver.contract import CargoActionType, PlanResult, Trip, TripStateFlag
from solver.problem.catalog import Catalog
from solver.schedule.timeline import Action, Handling, Step, TripSchedule

ACTIONS = {
    TripStateFlag.ARRIVAL: Action.ARRIVAL,
    TripStateFlag.WAITING: Action.WAITING,
    TripStateFlag.ON_DEMAND: Action.SERVICE,
    TripStateFlag.DEPARTURE: Action.DEPARTURE,
    TripStateFlag.RELOCATING: Action.DRIVE,
    TripStateFlag.BREAK: Action.BREAK,
    TripStateFlag.REST: Action.REST,
}


class Indices:
    """Indices of a catalog's objects by key."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.location = {place.key: i for i, place in enumerate(catalog.locations)}
        self.order = {order.key: i for i, order in enumerate(catalog.orders)}
        self.cargo = {cargo.key: i for i, cargo in enumerate(catalog.cargos)}
        self.visit = {(v.demand.key, v.event.key): i for i, v in enumerate(catalog.visits)}
        self.performer = {s.key: i for i, (_, s) in enumerate(catalog.performer_shifts)}
        self.transport = {s.key: i for i, (_, s) in enumerate(catalog.transport_shifts)}

    def schedules(self, result: PlanResult) -> list[TripSchedule]:
        return [self.schedule(trip) for trip in result.trips]

    def schedule(self, trip: Trip) -> TripSchedule:
        performer = self.performer[trip.performer.shift_key]
        transport = self.transport[trip.transport.shift_key]
        paid = [float(a.value) for a in trip.attributes if a.key == "compatibility_penalty"]
        return TripSchedule(
            performer_shift=performer,
            transport_shift=transport,
            steps=list(StepReader(self, trip).steps()) if trip.states else [],
            waitlist=[self.order[key] for key in trip.waitlist],
            penalty=sum(paid),
        )


class StepReader:
    """Steps of one trip as the evaluator writes them: of no length only services, drives and the two ends."""

    def __init__(self, indices: Indices, trip: Trip) -> None:
        self.indices = indices
        self.states = trip.states
        self.at = [int(state.time.timestamp()) - indices.catalog.epoch for state in trip.states]
        transport, uses = indices.catalog.transport_shifts[indices.transport[trip.transport.shift_key]]
        works = indices.catalog.performer_shifts[indices.performer[trip.performer.shift_key]][1]
        self.boxes = {box.key: i for i, box in enumerate(transport.boxes)}
        self.own_first = self._apart(works.start_location_key, uses.start_location_key)
        self.own_last = self._apart(works.finish_location_key, uses.finish_location_key)

    @staticmethod
    def _apart(one: str | None, other: str | None) -> bool:
        return None not in (one, other) and one != other

    def steps(self) -> Iterator[Step]:
        runs = [
            list(run) for _, run in groupby(range(len(self.states)), lambda i: self.states[i].location_key)
        ]
        stops = [run for run in runs if self.states[run[0]].location_key is not None]
        ways = {run[-1] + 1: run for run in runs if self.states[run[0]].location_key is None}
        yield Step(Action.STAND, self.at[0], self.at[0], self._place(0))
        for number, stop in enumerate(stops):
            if number:
                own = (self.own_first and number == 1) or (self.own_last and number == len(stops) - 1)
                for step in self._way(ways.get(stop[0], []), stop[0]):
                    yield replace(step, own=own and step.action is Action.DRIVE)
            yield from self._joined(stop)
        yield Step(Action.STAND, self.at[-1], self.at[-1], self._place(-1))

    def _way(self, run: list[int], arrival: int) -> Iterable[Step]:
        """The drive to a stop; a leg that takes no time is a drive of no length."""
        if run:
            return self._joined(run)
        metres = self.states[arrival].distance - self.states[arrival - 1].distance
        return [Step(Action.DRIVE, self.at[arrival], self.at[arrival], -1, metres=metres)]

    def _joined(self, run: list[int]) -> Iterator[Step]:
        """Steps of a run of states; what a window's edge cut in two is one again."""
        last: Step | None = None
        for number in run:
            step = self._step(number)
            if last and step and self._continues(last, step):
                last = replace(last, end=step.end, metres=last.metres + step.metres, handlings=step.handlings)
                continue
            if last:
                yield last
            last = step
        if last:
            yield last

    @staticmethod
    def _continues(a: Step, b: Step) -> bool:
        return (a.action, a.visit, a.end) == (b.action, b.visit, b.start)

    def _place(self, number: int) -> int:
        key = self.states[number].location_key
        return -1 if key is None else self.indices.location[key]

    def _step(self, number: int) -> Step | None:
        state = self.states[number]
        action = next((ACTIONS[flag] for flag in state.flags if flag in ACTIONS), None)
        if action is None:
            return None
        step = Step(action, self.at[number], self.at[number + 1], self._place(number))
        if action is Action.DRIVE:
            return replace(step, metres=self.states[number + 1].distance - state.distance)
        if action is Action.SERVICE:
            visit = self.indices.visit[str(state.demand_key), str(state.event_key)]
            return replace(step, visit=visit, handlings=self._handlings(number))
        return step

    def _handlings(self, number: int) -> tuple[Handling, ...]:
        """Cargo actions of the first state after the service."""
        after = next(s for s in self.states[number:] if TripStateFlag.ON_DEMAND not in s.flags)
        return tuple(
            Handling(
                cargo=self.indices.cargo[action.cargo_key],
                box=self.boxes[action.box_key],
                loads=action.cargo_action_type is CargoActionType.ADD,
            )
            for action in after.cargo_actions
        )
