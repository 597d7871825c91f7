"""Loads in the routing model: one dimension a measure (rules L1, L2, L5, L6)."""

import numpy as np

from solver.problem.arrays import D_C0, D_C1, D_TYPE, DROP, FROM_BOX, WORK, Floats, Ints
from solver.search.routing.frame import MOST, Frame

FINEST = 1_000_000  # parts of a unit that a load is counted in at most


def scale_of(sizes: Floats) -> int:
    """Fewest decimal parts of a unit in which all sizes are whole, or the finest there is."""
    for scale in (1, 10, 100, 1_000, 10_000, 100_000):
        if np.abs(sizes * scale - np.round(sizes * scale)).max(initial=0.0) < 1e-9 * scale:
            return scale
    return FINEST


def add(frame: Frame) -> None:
    """Add a dimension for each measure that some vehicle limits."""
    room = frame.tables.room[list(frame.layout.vehicles)]
    for measure in range(room.shape[1]):
        sizes = frame.tables.cargo_size[:, measure]
        if sizes.any() and np.isfinite(room[:, measure]).any():
            _add_measure(frame, measure, sizes, room[:, measure])


def _add_measure(frame: Frame, measure: int, sizes: Floats, room: Floats) -> None:
    """Rounded to the safe side where a size is not whole: loads up, room down."""
    scale = scale_of(sizes)
    whole = np.ceil(sizes * scale - 1e-6).astype(np.int64)
    parts = np.floor(np.where(np.isfinite(room), room, 0.0) * scale + 1e-6)
    most = np.where(np.isfinite(room), np.minimum(parts, MOST), MOST).astype(np.int64).tolist()
    change = [load_of(frame, node, whole) for node in range(len(frame.layout.nodes))]
    transit = frame.by_node(change.__getitem__)
    begins_empty = not any(_is(frame, node, FROM_BOX) for node in range(len(change)))
    load = frame.dimension([transit] * len(most), 0, most, f"load {measure}", from_zero=begins_empty)
    if begins_empty:
        return
    out = frame.by_node(lambda node: -change[node] if _is(frame, node, FROM_BOX) else 0)
    laid = frame.dimension([out] * len(most), 0, most, f"laid {measure}")
    for position in frame.vehicles:  # on board at the start is what the trip takes out of its boxes (L5)
        start = load.CumulVar(frame.routing.Start(position))
        frame.solver.Add(start == laid.CumulVar(frame.routing.End(position)))


def _is(frame: Frame, node: int, kind: int) -> bool:
    return int(frame.tables.demand[frame.layout.demand(node), D_TYPE]) == kind


def load_of(frame: Frame, node: int, sizes: Ints) -> int:
    """Change of the load by a node's service, from the cargos' rounded sizes."""
    row = frame.tables.demand[frame.layout.demand(node)]
    if row[D_TYPE] == WORK:
        return 0
    moved = int(sizes[frame.tables.demand_cargo[row[D_C0] : row[D_C1]]].sum())
    return -moved if row[D_TYPE] in (DROP, FROM_BOX) else moved
