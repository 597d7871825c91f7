"""Benchmark instances as they are published, in one form.

Three text formats: Solomon (also Gehring and Homberger), Li and Lim, and VRPLIB with PyVRP's sections.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

Number = int | float


@dataclass(frozen=True, slots=True)
class Node:
    """A depot or a client, in the instance's own units.

    Attributes
    ----------
    name
        The published number.
    ready, due
        Window of the *start* of service; ``due`` None: no window at all.
    release
        Earliest departure from the depot with what this client wants.
    prize
        What leaving the client out costs; None: the client must be served.
    pickup
        Index of the node where this client's goods are loaded; None: at a depot, or it is itself a pickup.
    """

    name: int
    x: Number
    y: Number
    demand: Number = 0
    ready: Number = 0
    due: Number | None = None
    service: Number = 0
    release: Number = 0
    prize: Number | None = None
    pickup: int | None = None


@dataclass(frozen=True, slots=True)
class Vehicle:
    """One vehicle; ``unit`` is the cost of a unit of distance, ``allowed`` the only nodes it may visit."""

    capacity: Number
    depot: int
    fixed: Number | None = None
    unit: Number | None = None
    max_duration: Number | None = None
    allowed: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Instance:
    """A benchmark instance.

    Attributes
    ----------
    kind
        ``vrptw``, ``pdptw``, ``cvrp``, ``hfvrp``, ``mdvrptw``, ``sdvrptw``, ``pcvrptw`` or ``mtvrptwr``.
    configuration
        The optimisation our task asks for.
    reloads
        A vehicle may come back to its depot for more.
    """

    name: str
    kind: str
    nodes: tuple[Node, ...]
    depots: tuple[int, ...]
    vehicles: tuple[Vehicle, ...]
    configuration: str
    reloads: bool = False

    @property
    def clients(self) -> list[int]:
        """Indices of the nodes that are no depots."""
        return [index for index in range(len(self.nodes)) if index not in self.depots]

    @property
    def timed(self) -> bool:
        """Whether the instance has time windows."""
        return self.nodes[self.depots[0]].due is not None

    @property
    def fleet_first(self) -> bool:
        """Whether fewer vehicles come before less distance."""
        return self.configuration == "optimize_cars_then_distance"

    @property
    def priced(self) -> bool:
        """Whether vehicles have costs of their own, or clients have prizes."""
        return self.configuration == "optimize_money"


def read_instance(path: Path) -> Instance:
    """Read an instance in any of the three formats.

    Raises
    ------
    ValueError
        When the file is in none of them.
    """
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    if any(line.startswith("NODE_COORD_SECTION") for line in lines):
        return _read_vrplib(lines, path.name)
    first = lines[0].split() if lines else []
    if len(first) in (2, 3) and all(_is_number(word) for word in first):
        return _read_li_lim(lines, path.name)
    if any(line.upper().startswith("NUMBER") for line in map(str.strip, lines)):
        return _read_solomon(lines, path.name)
    raise ValueError(f"{path}: neither Solomon's, nor Li and Lim's, nor a VRPLIB text")


def _is_number(word: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", word) is not None


def number(word: str) -> Number:
    """Read a number, as an int where it is whole."""
    value = float(word)
    return int(value) if value.is_integer() else value


def _rows(lines: list[str], width: int) -> Iterator[list[Number]]:
    for line in lines:
        words = line.split()
        if len(words) == width and all(map(_is_number, words)):
            yield [number(word) for word in words]


def _read_solomon(lines: list[str], name: str) -> Instance:
    header = next(i for i, line in enumerate(lines) if line.strip().upper().startswith("NUMBER"))
    count, capacity = (number(word) for word in lines[header + 1].split())
    nodes = [
        Node(int(label), x, y, demand, ready, due, service)
        for label, x, y, demand, ready, due, service in _rows(lines, 7)
    ]
    fleet = (Vehicle(capacity, 0),) * int(count)
    return Instance(name, "vrptw", tuple(nodes), (0,), fleet, "optimize_cars_then_distance")


def _read_li_lim(lines: list[str], name: str) -> Instance:
    count, capacity = (number(word) for word in lines[0].split()[:2])
    rows = list(_rows(lines[1:], 9))
    position = {int(row[0]): index for index, row in enumerate(rows)}
    nodes = []
    for label, x, y, demand, ready, due, service, pickup, _delivery in rows:
        node = Node(int(label), x, y, demand, ready, due, service)
        nodes.append(replace(node, pickup=position[int(pickup)]) if pickup else node)
    fleet = (Vehicle(capacity, 0),) * int(count)
    return Instance(name, "pdptw", tuple(nodes), (0,), fleet, "optimize_cars_then_distance")


@dataclass(frozen=True, slots=True)
class _Vrplib:
    """A VRPLIB file: ``KEY: value`` lines and numbered sections."""

    head: dict[str, str]
    sections: dict[str, list[list[str]]]

    def column(self, section: str) -> dict[int, Number]:
        return {int(row[0]): number(row[1]) for row in self.sections.get(section, [])}

    def rows(self, section: str) -> dict[int, list[Number]]:
        return {int(row[0]): [number(word) for word in row[1:]] for row in self.sections.get(section, [])}


def _parse_vrplib(lines: list[str]) -> _Vrplib:
    parsed = _Vrplib({}, {})
    section = None
    for line in map(str.strip, lines):
        if re.match(r"[A-Z_]+_SECTION", line):
            section = parsed.sections.setdefault(line.split()[0].rstrip(":"), [])
        elif ":" in line and re.match(r"[A-Z_]+\s*:", line):
            key, value = line.split(":", 1)
            parsed.head[key.strip()] = value.strip().strip('"')
        elif line and line != "EOF" and section is not None:
            section.append(line.split())
    return parsed


def _read_vrplib(lines: list[str], name: str) -> Instance:
    text = _parse_vrplib(lines)
    if text.head.get("EDGE_WEIGHT_TYPE", "EUC_2D") != "EUC_2D":
        raise ValueError(f"{name}: only plane coordinates (EUC_2D) are read")
    depots = [int(row[0]) for row in text.sections.get("DEPOT_SECTION", [["1"]]) if int(row[0]) > 0]
    labels = sorted(text.rows("NODE_COORD_SECTION"))
    position = {label: index for index, label in enumerate(labels)}
    nodes = _vrplib_nodes(text, labels, depots)
    vehicles = _vrplib_vehicles(text, position, depots, len(nodes), name)
    priced = any(vehicle.unit is not None or vehicle.fixed is not None for vehicle in vehicles)
    prizes = any(node.prize is not None for node in nodes)
    return Instance(
        name=name,
        kind=text.head.get("TYPE", "CVRP").lower(),
        nodes=tuple(nodes),
        depots=tuple(position[label] for label in depots),
        vehicles=tuple(vehicles),
        configuration="optimize_money" if priced or prizes else "optimize_distance",
        reloads="VEHICLES_RELOAD_DEPOT_SECTION" in text.sections,
    )


def _vrplib_nodes(text: _Vrplib, labels: list[int], depots: list[int]) -> list[Node]:
    place, window = text.rows("NODE_COORD_SECTION"), text.rows("TIME_WINDOW_SECTION")
    demand, service = text.column("DEMAND_SECTION"), text.column("SERVICE_TIME_SECTION")
    release, prize = text.column("RELEASE_TIME_SECTION"), text.column("PRIZE_SECTION")
    every_service = number(text.head.get("SERVICE_TIME", "0"))
    return [
        Node(
            name=label,
            x=place[label][0],
            y=place[label][1],
            demand=demand.get(label, 0),
            ready=window[label][0] if label in window else 0,
            due=window[label][1] if label in window else None,
            service=0 if label in depots else service.get(label, every_service),
            release=release.get(label, 0),
            prize=prize.get(label),
        )
        for label in labels
    ]


def _vrplib_vehicles(
    text: _Vrplib, position: dict[int, int], depots: list[int], nodes: int, name: str
) -> list[Vehicle]:
    capacity, depot = text.column("CAPACITY_SECTION"), text.column("VEHICLES_DEPOT_SECTION")
    fixed, unit = (
        text.column("VEHICLES_FIXED_COST_SECTION"),
        text.column("VEHICLES_UNIT_DISTANCE_COST_SECTION"),
    )
    longest, allowed = (
        text.column("VEHICLES_MAX_DURATION_SECTION"),
        text.rows("VEHICLES_ALLOWED_CLIENTS_SECTION"),
    )
    every_longest = text.head.get("VEHICLES_MAX_DURATION")
    every_capacity = number(text.head.get("CAPACITY", "0"))
    return [
        Vehicle(
            capacity=capacity.get(label, every_capacity),
            depot=position[int(depot.get(label, depots[0]))],
            fixed=fixed.get(label, 0) if fixed else None,
            unit=unit.get(label, 1) if unit else None,
            max_duration=longest.get(label, number(every_longest) if every_longest else None),
            allowed=frozenset(position[int(one)] for one in allowed[label]) if label in allowed else None,
        )
        for label in range(1, _fleet_size(text, nodes, name) + 1)
    ]


def _fleet_size(text: _Vrplib, nodes: int, name: str) -> int:
    """Vehicles of the file; where it sets none, a fifth more than the routes its name tells, and three."""
    if "VEHICLES" in text.head:
        return int(text.head["VEHICLES"])
    told = re.search(r"-k(\d+)", name)
    return math.ceil(int(told.group(1)) * 1.2) + 3 if told else nodes - 1
