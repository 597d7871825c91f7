"""What lies in the transport of a trip, as its cargo actions tell it (rules L4, L5, Q1)."""

from collections.abc import Iterable
from dataclasses import dataclass

from solver.contract import CargoActionType, DemandType, TripStateFlag
from solver.report.lookup import Lookup
from solver.report.measures import NOTHING, Load, largest, minus, plus
from solver.report.moments import Moment, Service

UNLOADING = (DemandType.DROP, DemandType.DROP_FROM_BOX)


@dataclass(slots=True)
class Board:
    """What lies in the transport before the first service and after each."""

    loads: list[Load]
    counts: list[int]
    added: list[list[str]]
    removed: list[list[str]]
    initial: list[str]
    carried: list[str]

    def peak(self, first: int, last: int) -> tuple[int, Load]:
        """Largest count and load, measure by measure: before service ``first``, after each up to ``last``."""
        load = NOTHING
        for there in self.loads[first : last + 1]:
            load = largest(load, there)
        return max(self.counts[first : last + 1], default=0), load


class BoardReader:
    """Follows the cargos of one trip.

    A cargo is loaded by the first ADD of it and unloaded by a REMOVE; repeats are ignored, so trips that
    list their cargos again in every state read the same (Q1). Such trips may name no REMOVE at all: then a
    service that unloads takes its cargos off.
    """

    def __init__(self, lookup: Lookup, moments: list[Moment], services: list[Service]) -> None:
        self.lookup = lookup
        self.moments = moments
        self.services = services
        actions = [action for moment in moments for action in moment.state.cargo_actions]
        self.silent = bool(actions) and all(a.cargo_action_type is CargoActionType.ADD for a in actions)

    def read(self) -> Board:
        """The board of the trip."""
        initial = [c for s in self.services for c in self._unloads(s, DemandType.DROP_FROM_BOX)]
        initial = list(dict.fromkeys(initial))
        board = dict.fromkeys(initial)
        carried = dict.fromkeys(initial)
        load, out = self._load(initial), Board([], [], [], [], initial, [])
        out.loads.append(load)
        out.counts.append(len(board))
        for adds, removes in self._changes():
            added = [cargo for cargo in dict.fromkeys(adds) if cargo not in carried]
            board.update(dict.fromkeys(added))
            carried.update(dict.fromkeys(added))
            removed = [cargo for cargo in dict.fromkeys(removes) if cargo in board]
            for cargo in removed:
                del board[cargo]
            load = minus(plus(load, self._load(added)), self._load(removed)) if board else NOTHING
            out.loads.append(load)
            out.counts.append(len(board))
            out.added.append([cargo for cargo in added if cargo in board])
            out.removed.append(removed)
        out.carried = list(carried)
        return out

    def _changes(self) -> list[tuple[list[str], list[str]]]:
        """Cargos each service adds and removes: what is listed from its end to the next one's."""
        changes: list[tuple[list[str], list[str]]] = [([], []) for _ in self.services]
        starts = {id(service.first): number for number, service in enumerate(self.services)}
        current = -1
        for moment in self.moments:
            current = starts.get(id(moment), current)
            inside = moment.action is TripStateFlag.ON_DEMAND
            if current < 0 or (inside and self.silent):
                continue
            for action in moment.state.cargo_actions:
                kind = 0 if action.cargo_action_type is CargoActionType.ADD else 1
                changes[current][kind].append(action.cargo_key)
        if self.silent:
            for number, service in enumerate(self.services):
                changes[number][1].extend(self._unloads(service, *UNLOADING))
        return changes

    @staticmethod
    def _unloads(service: Service, *kinds: DemandType) -> list[str]:
        if service.asked is None or service.asked.demand.demand_type not in kinds:
            return []
        return service.asked.demand.target_cargos

    def _load(self, cargos: Iterable[str]) -> Load:
        load = NOTHING
        for cargo in cargos:
            load = plus(load, self.lookup.cargos.get(cargo, NOTHING))
        return load
