"""Tasks small enough to compute by hand.

Places lie on one line; a kilometre takes a minute. Every clock time is of one day, in UTC.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from solver.contract import PlanTask, Trip, TripState, TripStateFlag, read_object
from solver.problem.build import build
from solver.problem.catalog import Catalog
from solver.schedule.timeline import Action, Handling, Step, TripSchedule

DAY = datetime(2026, 3, 2, tzinfo=UTC)
EPOCH = int(DAY.timestamp())


def seconds(clock: str) -> int:
    """Seconds of the day: "8:30" or "8:30:15"."""
    parts = [int(part) for part in clock.split(":")]
    return sum(part * unit for part, unit in zip(parts, (3600, 60, 1), strict=False))


def moment(clock: str) -> str:
    return (DAY + timedelta(seconds=seconds(clock))).isoformat()


def window(text: str) -> dict[str, str]:
    """A time window: "8:00-17:00"."""
    start, end = text.split("-")
    return {"from": moment(start), "to": moment(end)}


@dataclass
class Tiny:
    """A task as a dictionary of the contract, filled by short calls.

    Attributes
    ----------
    places : dict
        Kilometre of every place on the line.
    """

    places: dict[str, int]
    settings: dict[str, Any] = field(default_factory=dict)
    locations: dict[str, dict[str, Any]] = field(default_factory=dict)
    orders: list[dict[str, Any]] = field(default_factory=list)
    performers: list[dict[str, Any]] = field(default_factory=list)
    transports: list[dict[str, Any]] = field(default_factory=list)
    hardlinks: list[dict[str, Any]] = field(default_factory=list)
    types: tuple[str, ...] = ("CAR",)

    def __post_init__(self) -> None:
        for key, kilometre in self.places.items():
            self.locations[key] = {"key": key, "geopoint": self._point(kilometre)}

    @staticmethod
    def _point(kilometre: int) -> dict[str, float]:
        return {"latitude": round(50 + kilometre / 1000, 6), "longitude": 8.0}

    def event(self, place: str, hard: str = "0:00-23:59", **more: Any) -> dict[str, Any]:
        """A possible event; ``minutes``: its duration, ``soft``: a window."""
        event = {
            "key": more.pop("key", "event"),
            "location_key": place,
            "hard_time_window": window(hard),
            "duration": f"PT{more.pop('minutes', 0)}M",
        }
        if "soft" in more:
            event["soft_time_window"] = window(more.pop("soft"))
        return {**event, **more}

    def work(self, key: str, place: str, hard: str = "0:00-23:59", **more: Any) -> dict[str, Any]:
        """An order with one WORK demand of the same key."""
        demand = {"key": key, "demand_type": "WORK", "possible_events": [self.event(place, hard, **more)]}
        self.orders.append({"key": key, "demands": [demand]})
        return self.orders[-1]

    def delivery(self, key: str, start: str, finish: str, mass: float = 1, **more: Any) -> dict[str, Any]:
        """An order with a PICKUP (``key-up``) and a DROP (``key-down``) of one cargo (``key-box``)."""
        cargo = {"key": f"{key}-cargo", "capacity": {"mass": mass}}
        up, down = (
            self.event(start, minutes=more.get("loading", 0)),
            self.event(finish, **{"minutes": 0, **more}),
        )
        down.pop("loading", None)
        demands = [
            {
                "key": f"{key}-{name}",
                "demand_type": kind,
                "target_cargos": [cargo["key"]],
                "possible_events": [event],
            }
            for name, kind, event in (("up", "PICKUP", up), ("down", "DROP", down))
        ]
        self.orders.append({"key": key, "demands": demands, "cargos": [cargo]})
        return self.orders[-1]

    def performer(self, key: str = "anna", hours: str = "8:00-18:00", **more: Any) -> dict[str, Any]:
        """A performer with one shift ``key-shift``; ``start``, ``finish``: places, ``working``: hours."""
        shift = self._shift(key, hours, more)
        shift["working_time"] = window(more.pop("working", hours))
        for name in ("max_stops", "max_locations", "work_and_rest_rules", "tariff"):
            if name in more:
                shift[name] = more.pop(name)
        self.performers.append({"key": key, "shifts": [shift], **more})
        return self.performers[-1]

    def transport(self, key: str = "van", hours: str = "0:00-23:59", **more: Any) -> dict[str, Any]:
        """A transport with one shift ``key-shift`` and boxes by their mass; places as `performer`."""
        shift = self._shift(key, hours, more)
        if "tariff" in more:
            shift["tariff"] = more.pop("tariff")
        boxes = more.pop("boxes", {f"{key}-box": 100})
        made = [{"key": name, "capacity": {"mass": mass}} for name, mass in boxes.items()]
        self.transports.append({"key": key, "shifts": [shift], "boxes": made, **more})
        return self.transports[-1]

    @staticmethod
    def _shift(key: str, hours: str, more: dict[str, Any]) -> dict[str, Any]:
        shift: dict[str, Any] = {"key": f"{key}-shift", "availability_time": window(hours)}
        for side in ("start", "finish"):
            if side in more:
                shift[f"{side}_location_key"] = more.pop(side)
        return shift

    def document(self) -> dict[str, Any]:
        """The task as JSON objects."""
        keys = list(self.places)
        gaps = [[abs(self.places[a] - self.places[b]) for b in keys] for a in keys]
        waypoints = [{"name": key, "geopoint": self._point(self.places[key])} for key in keys]
        matrix = {
            "waypoints": waypoints,
            "distances": [[gap * 1000 for gap in row] for row in gaps],
            "durations": [[gap * 60 for gap in row] for row in gaps],
        }
        return {
            "locations": list(self.locations.values()),
            "orders": self.orders,
            "performers": self.performers,
            "transports": self.transports,
            "hardlinks": self.hardlinks,
            "external_routing": [{"transport_type": kind, "matrix": matrix} for kind in self._types()],
            "plan_settings": self.settings,
        }

    def _types(self) -> tuple[str, ...]:
        """A matrix has two rows at least."""
        return self.types if len(self.places) > 1 else ()

    def task(self) -> PlanTask:
        return read_object(PlanTask, self.document())

    def catalog(self) -> Catalog:
        return build(self.task(), EPOCH).catalog


class Route:
    """Writes the steps of one trip by hand, as the evaluator would.

    Parameters
    ----------
    catalog : Catalog
    start : str
        Clock time of the first step.
    place : str
        Where the trip starts.
    performer, transport : int
        Shift indices.
    """

    def __init__(
        self, catalog: Catalog, start: str, place: str, performer: int = 0, transport: int = 0
    ) -> None:
        self.catalog = catalog
        self.performer, self.transport = performer, transport
        self.places = [location.key for location in catalog.locations]
        self.now, self.place = seconds(start), place
        self.pace = 60  # seconds for a kilometre in the transport
        self.steps: list[Step] = []
        self.inside: dict[int, int] = {}
        self._stand()

    def _stand(self) -> None:
        self.steps.append(Step(Action.STAND, self.now, self.now, self.places.index(self.place)))

    def _add(self, action: Action, length: int, here: bool = True, **more: Any) -> "Route":
        place = self.places.index(self.place) if here else -1
        self.steps.append(Step(action, self.now, self.now + length, place, **more))
        self.now += length
        return self

    def drive(self, place: str, kilometres: int, *, own: bool = False) -> "Route":
        """Drive; with the own transport a kilometre a minute."""
        length = kilometres * (60 if own else self.pace)
        self._add(Action.DRIVE, length, here=False, metres=kilometres * 1000, own=own)
        self.place = place
        return self

    def pause_on_the_way(self, action: Action, minutes: int) -> "Route":
        return self._add(action, minutes * 60, here=False)

    def act(self, action: Action, minutes: int) -> "Route":
        """Arrival, departure, waiting, break or rest at the place."""
        return self._add(action, minutes * 60)

    def serve(self, demand: str, minutes: int = 0, event: str = "event", box: int = 0) -> "Route":
        """A service with what it moves; ``box``: where its cargos go."""
        for number, visit in enumerate(self.catalog.visits):
            if (visit.demand.key, visit.event.key) == (demand, event):
                loads = visit.demand.demand_type.startswith("PICKUP")
                keys = [cargo.key for cargo in self.catalog.cargos]
                moved = [keys.index(key) for key in visit.demand.target_cargos]
                if loads:
                    self.inside.update(dict.fromkeys(moved, box))
                handlings = tuple(Handling(c, self.inside.get(c, box), loads) for c in moved)
                return self._add(Action.SERVICE, minutes * 60, visit=number, handlings=handlings)
        raise KeyError(demand)

    def trip(self, waitlist: tuple[str, ...] = (), penalty: float = 0.0) -> TripSchedule:
        self._stand()
        orders = [order.key for order in self.catalog.orders]
        waiting = [orders.index(key) for key in waitlist]
        return TripSchedule(self.performer, self.transport, self.steps, waiting, penalty)


LETTERS = {
    TripStateFlag.AROUND_LOCATION: "a",
    TripStateFlag.INSIDE_LOCATION: "i",
    TripStateFlag.INSIDE_LOCATION_WINDOW: "l",
    TripStateFlag.INSIDE_WORKING_WINDOW: "w",
    TripStateFlag.INSIDE_EVENT_HARD_WINDOW: "h",
    TripStateFlag.INSIDE_EVENT_SOFT_WINDOW: "s",
    TripStateFlag.DURING_ROUNDTRIP: "r",
}


def told(trip: Trip) -> list[str]:
    """States as lines: time, place, small letters for the flags, the action, keys, cargo actions, figures."""
    return [line(state) for state in trip.states]


def line(state: TripState) -> str:
    flags = "".join(letter if flag in state.flags else "-" for flag, letter in LETTERS.items())
    actions = [flag.value for flag in state.flags if flag not in LETTERS]
    keys = "/".join(key for key in (state.order_key, state.demand_key, state.event_key) if key)
    moved = [f"{a.cargo_action_type}:{a.cargo_key}>{a.box_key}" for a in state.cargo_actions]
    figures = f"{state.distance}m {state.cost:g}c {state.reward:g}r"
    parts = [
        state.time.strftime("%H:%M:%S"),
        state.location_key or ".",
        flags,
        *actions,
        keys,
        *moved,
        figures,
    ]
    return " ".join(part for part in parts if part)
