"""Trips and the states they are told in."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from solver.contract.basics import Attribute, TimeWindow
from solver.contract.entity import Entity
from solver.contract.scalars import Key, Moment, Name, Number, Size, Whole


@dataclass(slots=True, kw_only=True)
class AssignedPerformer(Entity):
    """The performer shift of a trip and the part of it that is used."""

    performer_key: Key
    shift_key: Key
    shift_time: TimeWindow


@dataclass(slots=True, kw_only=True)
class AssignedTransport(Entity):
    """The transport shift of a trip and the part of it that is used."""

    transport_key: Key
    shift_key: Key
    shift_time: TimeWindow


class CargoActionType(StrEnum):
    """Loading or unloading."""

    ADD = "ADD"
    REMOVE = "REMOVE"


@dataclass(slots=True, kw_only=True)
class CargoAction(Entity):
    """A cargo that goes into or out of a box."""

    box_key: Key
    cargo_key: Key
    cargo_action_type: CargoActionType


class TripStateFlag(StrEnum):
    """What holds from a state to the next."""

    AROUND_LOCATION = "AROUND_LOCATION"
    INSIDE_LOCATION = "INSIDE_LOCATION"
    INSIDE_LOCATION_WINDOW = "INSIDE_LOCATION_WINDOW"
    INSIDE_WORKING_WINDOW = "INSIDE_WORKING_WINDOW"
    INSIDE_EVENT_HARD_WINDOW = "INSIDE_EVENT_HARD_WINDOW"
    INSIDE_EVENT_SOFT_WINDOW = "INSIDE_EVENT_SOFT_WINDOW"
    ON_DEMAND = "ON_DEMAND"
    WAITING = "WAITING"
    RELOCATING = "RELOCATING"
    BREAK = "BREAK"
    REST = "REST"
    DEPARTURE = "DEPARTURE"
    ARRIVAL = "ARRIVAL"
    DURING_ROUNDTRIP = "DURING_ROUNDTRIP"


@dataclass(slots=True, kw_only=True)
class TripState(Entity):
    """What happens in a trip at a moment; distance in metres since the state before."""

    time: Moment
    order_key: Key | None = None
    demand_key: Key | None = None
    event_key: Key | None = None
    location_key: Key | None = None
    flags: Annotated[list[TripStateFlag], Size(0, 9)]
    cargo_actions: Annotated[list[CargoAction], Size(0, 1_000)] = field(default_factory=list)
    distance: Annotated[int, Whole(0, 4_000_000_000)] = 0
    cost: Annotated[float, Number(0, 10_000_000_000)] = 0.0
    reward: Annotated[float, Number(0, 10_000_000_000)] = 0.0
    attributes: Annotated[list[Attribute], Size(0, 250)] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Trip(Entity):
    """One performer shift on one transport shift: its states, and the orders that wait for a place in it."""

    key: Key
    performer: AssignedPerformer
    transport: AssignedTransport
    states: Annotated[list[TripState], Size(0, 15_001)]
    waitlist: Annotated[list[Key], Size(0, 15_001)] = field(default_factory=list)
    name: Name = ""
    attributes: Annotated[list[Attribute], Size(0, 250)] = field(default_factory=list)
