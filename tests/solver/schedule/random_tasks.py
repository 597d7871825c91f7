"""Small random tasks that mix many rules, so that they meet each other."""

from random import Random
from typing import Any

from solver.search import CONFIGURATIONS
from tests.solver.report.tiny import Tiny

TAGS = ["cold", "tall", "adr"]


def random_task(seed: int, *, linked: bool = True) -> Tiny:
    """A task that follows from a seed; see `mixed_task`."""
    return mixed_task(Random(seed), linked=linked)


def mixed_task(random: Random, *, linked: bool = True) -> Tiny:
    """Four to eight orders, one to three performers and transports, on a line of kilometres.

    Parameters
    ----------
    linked : bool
        Whether there may be hardlinks.
    """
    task = Tiny({f"p{number}": random.randint(-30, 30) for number in range(random.randint(4, 7))})
    for place in task.locations.values():
        _place(random, place)
    for number in range(random.randint(4, 8)):
        _order(random, task, f"o{number}")
    for number in range(random.randint(1, 3)):
        _performer(random, task, f"d{number}")
        _transport(random, task, f"t{number}")
    _settings(random, task)
    if linked and chance(random, 0.3):
        _hardlink(random, task)
    return task


def chance(random: Random, share: float) -> bool:
    """True with a probability. What shrinks drawn numbers towards zero makes it false."""
    return random.randrange(100) >= round(100 * (1 - share))


def _some(random: Random, share: float) -> list[str]:
    return [tag for tag in TAGS if chance(random, share)]


def _place(random: Random, place: dict[str, Any]) -> None:
    if chance(random, 0.3):
        place |= {"arrival_duration": "PT3M", "departure_duration": "PT2M"}
    place["compatibilities"] = {"transport_restrictions": _some(random, 0.05)}


def _order(random: Random, task: Tiny, key: str) -> None:
    start, finish = random.choices(list(task.places), k=2)
    first = random.randint(7, 14)
    hard = random.choice(["0:00-23:59", f"{first}:00-{first + 4}:00"])
    more: dict[str, Any] = {"hard": hard, "minutes": random.randint(0, 15), "reward": random.randint(0, 200)}
    if chance(random, 0.3):
        more["soft"] = f"{first}:30-{first + 2}:00"
    if chance(random, 0.3):
        order = task.work(key, finish, **more)
    else:
        order = task.delivery(key, start, finish, mass=random.randint(1, 9), loading=5, **more)
        _cargo(random, order)
    tags = {"performer_restrictions": _some(random, 0.1), "performer_blacklist": _some(random, 0.03)}
    mixing = {"order_features": _some(random, 0.8), "order_restrictions": _some(random, 0.04)}
    order["compatibilities"] = {**tags, **mixing}
    for demand in order["demands"]:
        if chance(random, 0.2):
            demand["precedence_in_trip"] = random.randint(1, 3)


def _cargo(random: Random, order: dict[str, Any]) -> None:
    cargo = order["cargos"][0]
    cargo["capacity"]["volume"] = random.choice([0, 1, 2])
    cargo["compatibilities"] = {
        "box_restrictions": _some(random, 0.1),
        "cargo_features": _some(random, 0.8),
        "cargo_restrictions": _some(random, 0.05),
    }
    if chance(random, 0.15):
        order["demands"] = [{**order["demands"][0], "demand_type": "PICKUP_TO_BOX"}]


def _ends(random: Random, task: Tiny) -> dict[str, str]:
    places = list(task.places)
    return {side: random.choice(places) for side in ("start", "finish") if chance(random, 0.5)}


def _performer(random: Random, task: Tiny, key: str) -> None:
    tariff = {"cost_per_shift": random.randint(1, 50), "constraints": [{"cost_per_unit": 0.005}]}
    if chance(random, 0.3):
        tariff["constraints"] = [{"stage_length": "PT2H", "cost_per_unit": 0.01}] * 2
    if chance(random, 0.5):
        tariff["max_penalty_cost"] = 15
    limits = {"max_stops": random.randint(4, 9)} if chance(random, 0.3) else {}
    task.performer(
        key,
        hours=f"{random.randint(6, 9)}:00-{random.randint(14, 20)}:00",
        compatibilities={"performer_features": _some(random, 0.8)},
        tariff=tariff,
        **_ends(random, task),
        **limits,
    )


def _transport(random: Random, task: Tiny, key: str) -> None:
    boxes = {f"{key}-{name}": random.randint(6, 15) for name in ("front", "back")[: random.randint(1, 2)]}
    limits = {"max_capacity": {"mass": 16}} if chance(random, 0.3) else {}
    transport = task.transport(
        key,
        boxes=boxes,
        limits=limits,
        compatibilities={"transport_features": _some(random, 0.8)},
        **_ends(random, task),
    )
    for box in transport["boxes"]:
        box["capacity"]["volume"] = random.randint(2, 5)
        box["compatibilities"] = {"box_features": _some(random, 0.8)}


def _settings(random: Random, task: Tiny) -> None:
    strategy = random.choice(["EARLIEST_FINISH", "LOWEST_COST"])
    trips: dict[str, Any] = {
        "configuration": random.choice(sorted(CONFIGURATIONS)),
        "expectations": {"trip_start_time_strategy": strategy},
    }
    if chance(random, 0.4):
        trips["penalties"] = {"compatibilities": [{"tag": TAGS[0], "penalty": 5}]}
    task.settings = {"trips_settings": trips}


def _hardlink(random: Random, task: Tiny) -> None:
    orders = random.sample([order["key"] for order in task.orders], 2)
    links = [{"type": "ORDER", "entity_key": key} for key in orders]
    if chance(random, 0.5):
        links.append({"type": "PERFORMER_SHIFT", "entity_key": "d0-shift"})
    task.hardlinks = [{"key": "link", "links": links}]
