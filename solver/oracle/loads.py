"""L: what each service moves, and what fits into which box."""

from collections import Counter
from itertools import permutations

from solver.contract import CargoActionType, CargoRotationType, DemandType
from solver.oracle.journey import Journey
from solver.oracle.measures import MEASURES, Amounts, amounts
from solver.oracle.parts import Service
from solver.oracle.violation import Verdict
from solver.oracle.world import SLACK, Use

LOADING = (DemandType.PICKUP, DemandType.PICKUP_TO_BOX)
UNLOADING = (DemandType.DROP, DemandType.DROP_FROM_BOX)

# the two sides of (width, height, length) that a turn swaps
TURNS = {
    CargoRotationType.YAW: ("width", "length"),
    CargoRotationType.PITCH: ("length", "height"),
    CargoRotationType.ROLL: ("width", "height"),
}
SIDES = ("width", "height", "length")


def excess(load: Amounts, room: Amounts) -> str | None:
    """The first measure in which a load is more than the room, in words."""
    for name in MEASURES:
        if load[name] > room[name] + SLACK * max(1.0, abs(room[name])):
            return f"{name} {load[name]:g} > {room[name]:g}"
    return None


def turned(size: dict[str, float], kinds: tuple[CargoRotationType, ...]) -> dict[str, float]:
    """A size after some turns, one after the other."""
    found = dict(size)
    for kind in kinds:
        a, b = TURNS[kind]
        found[a], found[b] = found[b], found[a]
    return found


def fits(cargo: dict[str, float], rotation: list[CargoRotationType], box: dict[str, float]) -> bool:
    """Whether a cargo fits an empty box in an allowed orientation (L3)."""
    if not any(box.values()):
        return True
    if CargoRotationType.ALL in rotation:
        return all(a <= b + SLACK for a, b in zip(sorted(cargo.values()), sorted(box.values()), strict=True))
    kinds = sorted(set(rotation))
    ways = [turned(cargo, way) for count in range(len(kinds) + 1) for way in permutations(kinds, count)]
    return any(all(way[side] <= box[side] + SLACK for side in SIDES) for way in ways)


class Loads:
    """Checks the cargos of one trip."""

    def __init__(self, journey: Journey, verdict: Verdict) -> None:
        self.journey, self.world, self.verdict = journey, journey.world, verdict
        self.box_of: dict[str, str] = dict(journey.aboard[0])  # every box a cargo was ever put into

    def check(self) -> None:
        """L1-L6 and O2."""
        board = dict(self.journey.aboard[0])
        for service in self.journey.services:
            if service.offer is not None:
                self._moves(service, board)
        self._left_behind(board)
        if self.journey.use is not None and not self.world.assumptions.disable_capacity:
            self._boxes_used(self.journey.use)
            self._single_cargos(self.journey.use)
            for number in range(len(self.journey.aboard)):
                self._moment(self.journey.use, number)

    def _moves(self, service: Service, board: dict[str, str]) -> None:
        """L4, L5, O2: a service moves its target cargos and nothing else."""
        demand = service.offer.demand if service.offer else None
        if demand is None:
            return
        wanted: Counter[tuple[str, str]] = Counter()
        if demand.demand_type != DemandType.WORK:
            kind = CargoActionType.ADD if demand.demand_type in LOADING else CargoActionType.REMOVE
            wanted = Counter((kind.value, key) for key in set(demand.target_cargos))
        done = Counter((move.cargo_action_type.value, move.cargo_key) for move in service.moves)
        where = self.journey.at(service.demand)
        if done != wanted:
            message = f"does {sorted(done.elements())}, {sorted(wanted.elements())} wanted"
            self.verdict.broken("L5", where, message)
        for move in service.moves:
            if move.cargo_action_type == CargoActionType.ADD:
                self._load(move.cargo_key, move.box_key, board)
            else:
                self._unload(move.cargo_key, move.box_key, board, demand.demand_type)
        if demand.demand_type == DemandType.DROP_FROM_BOX:
            self._targets(where, demand.target_cargos)

    def _load(self, cargo: str, box: str, board: dict[str, str]) -> None:
        where = self.journey.at(cargo)
        if self.journey.use is not None and box not in self.journey.use.boxes:
            self.verdict.broken("L4", where, f"loaded into {box}, which the transport does not have")
        if cargo in self.box_of:
            self.verdict.broken("L4", where, f"loaded into {box} after it was in {self.box_of[cargo]}")
        board[cargo] = self.box_of[cargo] = box

    def _unload(self, cargo: str, box: str, board: dict[str, str], kind: DemandType) -> None:
        where = self.journey.at(cargo)
        if cargo not in board:
            self.verdict.broken("O2", where, "unloaded while it is not on board")
        elif board[cargo] != box:
            rule = "L5" if kind == DemandType.DROP_FROM_BOX else "L4"
            self.verdict.broken(rule, where, f"unloaded from {box}, it lies in {board[cargo]}")
        board.pop(cargo, None)

    def _targets(self, where: str, cargos: list[str]) -> None:
        """L5, K2: what is unloaded from a box lies in a box of this very transport."""
        for key in cargos:
            cargo = self.world.cargo(key)
            box = cargo.target_box_key if cargo else None
            if self.journey.use is not None and box not in self.journey.use.boxes:
                self.verdict.broken("L5", where, f"cargo {key} lies in {box}, not in this transport")

    def _left_behind(self, board: dict[str, str]) -> None:
        """L5: what has an unloading is unloaded."""
        for key in board:
            if key in self.world.cargos:
                order, _ = self.world.cargos[key]
                if any(d.demand_type in UNLOADING and key in d.target_cargos for d in order.demands):
                    self.verdict.broken("L5", self.journey.at(key), "still on board at the end")

    def _boxes_used(self, use: Use) -> None:
        """L2: the number of boxes ever used, those of the waitlist among them."""
        most = use.owner.limits.max_boxes
        used = set(self.box_of.values()) | {box for box in self.journey.waiting.values() if box in use.boxes}
        if most is not None and len(used) > most:
            where = self.journey.at(use.owner.key)
            self.verdict.broken("L2", where, f"{len(used)} boxes used, max_boxes is {most}")

    def _single_cargos(self, use: Use) -> None:
        """L2, L3: every cargo against its box."""
        for key, box_key in self.box_of.items():
            cargo, box = self.world.cargo(key), use.boxes.get(box_key)
            if cargo is None or box is None:
                continue
            where = self.journey.at(key)
            over = excess(self.world.sizes[key], amounts(box.limits.max_one_cargo_capacity, float("inf")))
            if over:
                self.verdict.broken("L2", where, f"more than one cargo may have in {box_key}: {over}")
            sizes = [{side: getattr(thing.compatibilities, side) for side in SIDES} for thing in (cargo, box)]
            if not fits(sizes[0], cargo.compatibilities.rotation, sizes[1]):
                self.verdict.broken("L3", where, f"{sizes[0]} does not fit {box_key} of {sizes[1]}")

    def _moment(self, use: Use, number: int) -> None:
        """L2 before a service or after the last; cargo that the waitlist keeps in its box counts (L5)."""
        journey = self.journey
        waiting = {c: b for c, b in journey.waiting.items() if b in use.boxes and c not in self.box_of}
        inside = {**journey.aboard[number], **waiting}
        when = f"after {journey.services[number - 1].demand}" if number else "at the start"
        for key, room in use.room.items():
            over = excess(self.world.load(c for c, box in inside.items() if box == key), room)
            if over:
                self.verdict.broken("L2", journey.at(key), f"{when}: {over}")
        over = excess(self.world.load(inside), use.most)
        if over:
            self.verdict.broken("L2", journey.at(use.owner.key), f"{when}, all boxes together: {over}")
