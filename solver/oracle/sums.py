"""What GeneralStatistics are made of, counted from a trip, a roundtrip or a whole plan (X1-X6, X10)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from solver.contract import TripStateFlag
from solver.oracle.journey import Journey
from solver.oracle.measures import MEASURES, Amounts, summed
from solver.oracle.money import Bill
from solver.oracle.parts import Round, Stretch
from solver.oracle.world import SLACK, Interval, World

PARTS = {
    TripStateFlag.RELOCATING: "driving_time",
    TripStateFlag.WAITING: "waiting_time",
    TripStateFlag.ON_DEMAND: "working_time",
    TripStateFlag.BREAK: "break_time",
    TripStateFlag.REST: "rest_time",
    TripStateFlag.ARRIVAL: "arriving_time",
    TripStateFlag.DEPARTURE: "departure_time",
}
MOST_RATIO = 1000.0  # the contract's ceiling


def highest(loads: Iterable[Amounts]) -> Amounts:
    """Largest value of each measure."""
    most = dict.fromkeys(MEASURES, 0.0)
    for load in loads:
        most = {name: max(most[name], load[name]) for name in MEASURES}
    return most


def quotients(part: Amounts, whole: Amounts, most: float) -> Amounts:
    """Shares by measure, cut at ``most``; 0 of nothing (X5)."""
    return {name: min(most, part[name] / whole[name]) if whole[name] > 0 else 0.0 for name in MEASURES}


@dataclass(slots=True)
class Sums:
    """What GeneralStatistics are made of."""

    span: Interval
    seconds: dict[str, float]
    metres: int
    cost: float
    reward: float
    trips: int
    performers: int
    planned: int
    waiting: int
    stops: int
    places: int
    rounds: int
    carried: Amounts
    room: Amounts
    fullest: Amounts = field(default_factory=lambda: dict.fromkeys(MEASURES, 0.0))


def seconds_of(stretches: Iterable[Stretch]) -> dict[str, float]:
    """Seconds by the name of the figure."""
    found = dict.fromkeys(PARTS.values(), 0.0)
    for part in stretches:
        if part.doing is not None:
            found[PARTS[part.doing]] += part.length
    return found


ADDED = ("metres", "cost", "reward", "trips", "planned", "waiting", "stops", "places", "rounds")


def room_of(journey: Journey) -> Amounts:
    """Capacity of all boxes of the transport."""
    return summed(journey.use.room.values()) if journey.use else dict.fromkeys(MEASURES, 0.0)


def loads_of(journey: Journey) -> list[Amounts]:
    """Loads before the first service and after each."""
    return [journey.load(number) for number in range(len(journey.aboard))]


def trip_sums(journey: Journey) -> Sums:
    """Figures of one trip."""
    world = journey.world
    border = world.horizon[0]
    bill = Bill(journey)
    room = room_of(journey)
    return Sums(
        span=(journey.start, journey.end) if journey.stretches else (border, border),
        seconds=seconds_of(journey.stretches),
        metres=sum(drive.metres for drive in journey.drives),
        cost=bill.total,
        reward=bill.reward,
        trips=1,
        performers=1,
        planned=len(journey.planned),
        waiting=len(journey.trip.waitlist),
        stops=len(journey.visits),
        places=len({visit.place for visit in journey.visits}),
        rounds=len(journey.rounds),
        carried=world.load(journey.carried),
        room=room if journey.stretches else dict.fromkeys(MEASURES, 0.0),
        fullest=quotients(highest(loads_of(journey)), room, 1.0),
    )


def plan_sums(world: World, journeys: list[Journey], sums: list[Sums]) -> Sums:
    """Sums over the trips (X10); performers are counted once (X3)."""
    told = [one for one, journey in zip(sums, journeys, strict=True) if journey.stretches]
    border = world.horizon[0]
    total = {name: sum(getattr(one, name) for one in sums) for name in ADDED}
    return Sums(
        span=(
            min((one.span[0] for one in told), default=border),
            max((one.span[1] for one in told), default=border),
        ),
        seconds={name: sum(one.seconds[name] for one in sums) for name in PARTS.values()},
        performers=len({journey.trip.performer.performer_key for journey in journeys}),
        carried=summed(one.carried for one in sums),
        room=summed(one.room for one in sums),
        fullest=highest(one.fullest for one in sums),
        **total,
    )


def round_sums(journey: Journey, part: Round) -> Sums:
    """Figures of a roundtrip: what is on board as it starts, or loaded in it, is carried."""
    world = journey.world
    visits = journey.visits[part.first_visit : part.last_visit + 1]
    services = journey.services[part.first_service : part.end_service]
    inside = journey.aboard[part.first_service : part.end_service + 1]
    carried = set(inside[0]) | {key for after in inside[1:] for key in after}
    during = [s for s in journey.stretches if part.start - SLACK <= s.start and s.end <= part.end + SLACK]
    room = room_of(journey)
    drives = journey.drives[part.first_visit : part.last_visit]
    return Sums(
        span=(part.start, part.end),
        seconds=seconds_of(during),
        metres=sum(drive.metres for drive in drives),
        cost=0.0,
        reward=sum(service.offer.event.reward for service in services if service.offer),
        trips=1,
        performers=1,
        planned=len({service.offer.order.key for service in services if service.offer}),
        waiting=0,
        stops=len(visits),
        places=len({visit.place for visit in visits}),
        rounds=1,
        carried=world.load(carried),
        room=room,
        fullest=quotients(highest(map(world.load, inside)), room, 1.0),
    )
