"""Where an issue is: a way from an entity down to the part that is meant."""

from collections.abc import Iterator

from solver.contract import (
    Box,
    Cargo,
    Demand,
    EntityPath,
    EntityType,
    Fact,
    Hardlink,
    Location,
    Order,
    Performer,
    PerformerShift,
    PossibleEvent,
    TimeWindow,
    Transport,
    TransportShift,
    Trip,
)

Step = tuple[EntityType, str | None]
Place = tuple[Step, ...]

TASK: Place = ((EntityType.TASK, None),)


def settings(name: str) -> Place:
    """A setting by its name."""
    return ((EntityType.SETTINGS, name),)


def location(item: Location) -> Place:
    """A location."""
    return ((EntityType.LOCATION, item.key),)


def order(item: Order) -> Place:
    """An order."""
    return ((EntityType.ORDER, item.key),)


def cargo(owner: Order, item: Cargo) -> Place:
    """A cargo of an order."""
    return (*order(owner), (EntityType.CARGO, item.key))


def demand(owner: Order, item: Demand) -> Place:
    """A demand of an order."""
    return (*order(owner), (EntityType.DEMAND, item.key))


def event(owner: Order, parent: Demand, item: PossibleEvent) -> Place:
    """A possible event of a demand."""
    return (*demand(owner, parent), (EntityType.EVENT, item.key))


def performer(item: Performer) -> Place:
    """A performer."""
    return ((EntityType.PERFORMER, item.key),)


def performer_shift(owner: Performer, item: PerformerShift) -> Place:
    """A shift of a performer."""
    return (*performer(owner), (EntityType.PERFORMER_SHIFT, item.key))


def transport(item: Transport) -> Place:
    """A transport."""
    return ((EntityType.TRANSPORT, item.key),)


def box(owner: Transport, item: Box) -> Place:
    """A box of a transport."""
    return (*transport(owner), (EntityType.BOX, item.key))


def transport_shift(owner: Transport, item: TransportShift) -> Place:
    """A shift of a transport."""
    return (*transport(owner), (EntityType.TRANSPORT_SHIFT, item.key))


def shift_of(owner: Performer | Transport, key: str) -> Place:
    """A shift by its key."""
    if isinstance(owner, Performer):
        return (*performer(owner), (EntityType.PERFORMER_SHIFT, key))
    return (*transport(owner), (EntityType.TRANSPORT_SHIFT, key))


def hardlink(item: Hardlink) -> Place:
    """A hardlink."""
    return ((EntityType.HARDLINK, item.key),)


def trip(item: Trip) -> Place:
    """A trip."""
    return ((EntityType.TRIP, item.key),)


def fact(item: Fact) -> Place:
    """A fact."""
    return ((EntityType.FACT, item.key),)


def window(item: TimeWindow) -> str:
    """A window in a detail."""
    return f"{item.start.isoformat()} – {item.end.isoformat()}"


def entity_path(place: Place) -> EntityPath:
    """The place as the contract tells it."""
    path: EntityPath | None = None
    for entity_type, key in reversed(place):
        path = EntityPath(entity_key=key, entity_type=entity_type, child_entity=path)
    if path is None:
        raise ValueError("a place has at least one step")
    return path


def steps(path: EntityPath) -> Iterator[Step]:
    """The steps of a path of the contract."""
    current: EntityPath | None = path
    while current is not None:
        yield current.entity_type, current.entity_key
        current = current.child_entity
