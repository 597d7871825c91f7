"""The problem as flat arrays: what the evaluator and the search read.

All times are whole seconds since the problem's epoch, distances whole metres, loads floats in the
contract's units. ``Tables`` is a named tuple of arrays so that compiled code can take it as one argument;
columns of the packed tables are the constants below. ``BIG`` stands for "no limit" and for a leg that
does not exist.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solver.problem.catalog import Catalog

BIG = 1 << 40
NO_LEG = 1 << 30

Ints = npt.NDArray[np.int64]
Legs = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]

# Demand types.
PICKUP, DROP, WORK, TO_BOX, FROM_BOX = range(5)

# Order shapes: one demand; one pickup with its one drop; anything else.
SINGLE, PAIR, MULTI = range(3)

# Columns of ``visit``: one row for each possible event of each demand.
V_DEMAND, V_ORDER, V_LOC, V_FROM, V_TO, V_SECS, V_WIN0, V_WIN1, V_SOFT_FROM, V_SOFT_TO = range(10)

# Columns of ``demand``: visits V0..V1 are its alternatives, C0..C1 its rows of ``demand_cargo``.
D_TYPE, D_ORDER, D_V0, D_V1, D_C0, D_C1, D_IN_TRIP, D_IN_ORDER = range(8)

# Columns of ``order``: demands D0..D1, cargos C0..C1; classes of tags; hardlink group or -1.
O_D0, O_D1, O_C0, O_C1, O_SHAPE, O_CLASS, O_MIX, O_GROUP, O_TRANSPORT = range(9)

# Columns of ``cargo``.
C_ORDER, C_CLASS, C_MIX = range(3)

# Columns of ``vehicle``: a kind of performer shift on a kind of transport shift.
# READY: earliest moment at START place with the transport; DUE: latest moment back at END place with it.
# PRE/POST: seconds and metres of the legs with the performer's own transport (T6).
# OWNER: number of the transport whose boxes cargos name as their target (K2), or -1; O_TRANSPORT likewise.
(
    F_PERFORMER, F_TRANSPORT, F_PROFILE, F_START, F_END, F_READY, F_DUE,
    F_PRE_SECS, F_PRE_M, F_POST_SECS, F_POST_M, F_WORK_FROM, F_WORK_TO,
    F_MAX_SECS, F_MAX_M, F_MAX_STOPS, F_MAX_PLACES, F_OWN_START, F_OWN_END,
    F_EXTRA, F_PCLASS, F_TCLASS, F_BOX0, F_BOX1, F_MAX_BOXES, F_PSTAGE0, F_PSTAGE1,
    F_TSTAGE0, F_TSTAGE1, F_RULES, F_OWNER,
) = range(31)  # fmt: skip

# Columns of ``vehicle_money``.
M_FIXED, M_MAX_PENALTY, M_PAIR_PENALTY = range(3)

# Columns of ``pauses``: when a trip may start (FROM) and has to end (TO), when the transport may be taken and
# has to be left; limits of the first break, of the later ones and of rests, each in three columns: DRIVE,
# OPERATE, PAUSE; whether driving is counted from stop to stop; which limit of breaks is the looser one; the
# row of ``place_role``.
(
    B_FROM, B_TO, B_TAKE, B_LEAVE, B_FIRST, _, _, B_LATER, _, _, B_REST, _, _, B_CONTINUOUS, B_LOOSER,
    B_PLACES,
) = range(16)  # fmt: skip
DRIVE, OPERATE, PAUSE = range(3)
ALIKE, FIRST_LOOSER, LATER_LOOSER, EITHER = range(4)

# Bits of ``place_role``: time there is not counted; being there zeroes all counters (B4).
UNCOUNTED, RESETS = 1, 2

# Positions in ``uses``: 1 where the task has what the rule needs, so that others pay nothing for it.
# U_GROUPING says which measure of grouping the configuration wants, U_STOPS whether it counts stops.
# U_LIMITS: location limits count. U_LOWEST: the search too has to time trips by LOWEST_COST (W6).
(
    U_CARGO_MIX, U_ORDER_MIX, U_PLACE, U_CARRY, U_SOFT, U_PRECEDENCE, U_BOXES, U_PRICES, U_GROUPING, U_STOPS,
    U_LIVES, U_BREAKS, U_LIMITS, U_LOWEST, U_TIME,
) = range(15)  # fmt: skip
# U_TIME says what time is worth beside soft windows.
NO_GROUPING, BY_FLIGHT, BY_TRAVEL = range(3)
FREE_TIME, TIME_BY_SECOND, TIME_BY_TARIFF = range(3)


class Tables(NamedTuple):
    """The arrays; see the column constants of this module.

    Attributes
    ----------
    metres, seconds : (profiles, locations + 1, locations + 1) int32
        Metres of a leg; seconds of a leg with the parking after it and the leaving before it (W3).
        ``NO_LEG`` where the leg does not exist (T2). Zero on the diagonal, and for the last row and
        column, which stand for "nowhere". Read by `solver.problem.legs`, which computes legs instead where
        there are too many places: then (profiles, 1, 1).
    place : (locations, 2) int64
        Arrival and departure seconds (W3).
    point : (locations, 3) float64
        Points of the unit sphere, where there are too many places for matrices; else no rows.
    pace : (profiles, 4) float64
        How legs are computed, by the ``P_`` columns of `solver.problem.legs`; no rows where they are not.
    way : int64
        Empty; its number of dimensions, which the compiler knows, says whether legs are computed.
    flight : (locations, locations) int32
        Straight-line metres, where the configuration groups by them (G1) and the places are not too many;
        else (1, 1).
    windows : (w, 2) int64
        Service windows of visits: hard window cut by the place's work windows (W2).
    visit, demand, order, cargo, vehicle : int64
        Packed tables.
    visit_reward : (visits,) float64
    visit_fine : (visits,) float64
        Price of a violation of the soft window (Z12).
    visit_class : (locations,) int64
        Class of a location's transport restrictions.
    demand_load : (demands, k) float64
        Change of the load on board by the service: positive loads, negative unloads.
    demand_cargo : (rows,) int64
        Cargos of demands, by D_C0..D_C1.
    extra : (extra classes, demands) int64
        Additional service seconds (W4); row 0 is zero.
    cargo_size : (cargos, k) float64
    box_room, box_one : (boxes, k) float64
        Capacity of a box and of one cargo in it (L2), multipliers applied; by box row.
    box_held : (boxes,) int64
        1 for a box in which cargos of waiting orders lie to the end: it is used in any case (L5).
    cargo_box : (cargo classes, boxes) float64
        Price of a cargo of the class in the box; inf: not allowed (C1, C3, L3).
    cargo_mix : (cargo mixes, cargo mixes) float64
        Price of two cargos in one box at once (C2); inf: not allowed.
    order_performer : (order classes, performer classes) float64
    place_transport : (location classes, transport classes) float64
    order_mix : (order mixes, order mixes) float64
        Prices likewise (C1, C2); inf: not allowed.
    life : (rows, 2) int64
        Lists of windows in which features exist (W7); a trip or a service that needs them lies in one.
    order_life : (order classes, performer classes, 2) int64
        First and last + 1 row of ``life`` for services; an empty range: no lifetime binds.
    place_life : (location classes, transport classes, 2) int64
        Likewise for the trips that stop at a place.
    vehicle_life : (vehicles, 2) int64
        Likewise for all trips of a vehicle; one window alone is in F_READY and F_DUE already.
    room : (vehicles, k) float64
        Total capacity: boxes and max_capacity together.
    max_load : (vehicles, k) float64
        limits.max_capacity; inf without one.
    carry : (vehicles, k) float64
        transportation_cost for a unit of load over a metre (M2).
    vehicle_money : (vehicles, 3) float64
    stages : (rows, 2) float64
        Tariff stages: length, price of a unit.
    performer_count, transport_count : int64
        How many shifts of each kind there are (O6).
    performer_group : (performer kinds,) int64
        Row of ``group_limit`` for kinds bound by max_work_shifts (O4), or -1.
    group_limit : int64
    group_vehicle : (hardlink groups, vehicles) bool
        Whether the vehicle may carry the group's orders (O5).
    pauses : (rows, 16) int64
        Breaks and rests (B1-B5): the rows that ``F_RULES`` of a vehicle names; see the ``B_`` columns.
    place_role : (classes, locations) int8
        What locations do to the counters of breaks (B4); see `UNCOUNTED` and `RESETS`.
    limit_first : (locations + 1,) int64
        Limits of a location are the rows ``limit_first[l]:limit_first[l + 1]`` (Y1), where they count.
    limit_window : (limits, 2) int64
    limit_step : (steps, 5) float64
        Row of the limit, measure (or the number of measures for transports at once), 1 for a maximum or -1
        for a minimum, the border, the price of a unit beyond.
    limit_allowance : (2,) float64
        Most that the limits may cost in sum (Y2), and the order of magnitude of their price.
    uses : int64
        Which rarer rules the task needs; see the ``U_`` constants.
    """

    metres: Legs
    seconds: Legs
    place: Ints
    point: Floats
    pace: Floats
    way: Ints
    flight: Legs
    windows: Ints
    visit: Ints
    visit_reward: Floats
    visit_fine: Floats
    visit_class: Ints
    demand: Ints
    demand_load: Floats
    demand_cargo: Ints
    extra: Ints
    order: Ints
    cargo: Ints
    cargo_size: Floats
    box_room: Floats
    box_one: Floats
    box_held: Ints
    cargo_box: Floats
    cargo_mix: Floats
    order_performer: Floats
    place_transport: Floats
    order_mix: Floats
    life: Ints
    order_life: Ints
    place_life: Ints
    vehicle_life: Ints
    vehicle: Ints
    room: Floats
    max_load: Floats
    carry: Floats
    vehicle_money: Floats
    stages: Floats
    performer_count: Ints
    transport_count: Ints
    performer_group: Ints
    group_limit: Ints
    group_vehicle: npt.NDArray[np.bool_]
    pauses: Ints
    place_role: npt.NDArray[np.int8]
    limit_first: Ints
    limit_window: Ints
    limit_step: Floats
    limit_allowance: Floats
    uses: Ints


@dataclass(slots=True)
class Problem:
    """The arrays, the names behind them, and what the task asks for.

    Attributes
    ----------
    tables : Tables
    catalog : Catalog
    configuration : str
        Name of the objective (Z1-Z11), ``default`` resolved.
    lowest_cost : bool
        Strategy LOWEST_COST instead of EARLIEST_FINISH (W6).
    performer_shifts, transport_shifts : list of list of int
        Catalog indices of the shifts of each kind.
    """

    tables: Tables
    catalog: Catalog
    configuration: str
    lowest_cost: bool
    performer_shifts: list[list[int]]
    transport_shifts: list[list[int]]
