"""Hardlinks: entities that belong in one trip (rule O5)."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from solver.contract.basics import Attribute
from solver.contract.entity import Entity
from solver.contract.scalars import Key, Size


class HardlinkElementType(StrEnum):
    """What a hardlink can tie."""

    ORDER = "ORDER"
    PERFORMER_SHIFT = "PERFORMER_SHIFT"
    TRANSPORT_SHIFT = "TRANSPORT_SHIFT"


@dataclass(slots=True, kw_only=True)
class HardlinkElement(Entity):
    """One tied entity."""

    type: HardlinkElementType
    entity_key: Key


@dataclass(slots=True, kw_only=True)
class Hardlink(Entity):
    """Orders and shifts that belong in one trip (O5)."""

    key: Key
    links: Annotated[list[HardlinkElement], Size(2, 1_000)]
    attributes: Annotated[list[Attribute], Size(0, 250)] = field(default_factory=list)
