"""Facts of an execution (rules Q4-Q8)."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from solver.contract.basics import Attribute
from solver.contract.entity import Entity
from solver.contract.scalars import Key, Moment, Size


class FactType(StrEnum):
    """What was observed."""

    NEW_LOCATION = "NEW_LOCATION"
    ORDER_DONE = "ORDER_DONE"
    DEMAND_START = "DEMAND_START"
    DEMAND_DONE = "DEMAND_DONE"


@dataclass(slots=True, kw_only=True)
class Fact(Entity):
    """Something that happened in a trip (Q4-Q8)."""

    key: Key
    time: Moment
    type: FactType
    trip_key: Key
    order_key: Key | None = None
    demand_key: Key | None = None
    performer_key: Key | None = None
    location_key: Key | None = None
    attributes: Annotated[list[Attribute], Size(0, 250)] = field(default_factory=list)
