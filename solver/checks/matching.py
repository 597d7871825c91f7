"""Which orders somebody can carry out, and which performers and transports are of any use (V2).

Nearly every order suits one of the first few asked, and nearly everybody suits one of a few orders. A small
sample settles most of them, and only those it leaves open are compared with all the others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from solver.checks.classes import Flags
from solver.checks.compatibility import prices
from solver.checks.suitability import Suitability, Suits
from solver.checks.view import View
from solver.contract import Order, Performer, Transport

Owner = TypeVar("Owner", Performer, Transport)
Judge = Callable[[Suitability, Owner], Suits]

OWNER_SAMPLES = (16, 128)
"""How many performers or transports are asked about all orders, then about those still open."""
ORDER_SAMPLES = (64, 1024)
"""How many orders everybody is asked about, then those still open."""


@dataclass(slots=True)
class Side:
    """Orders against all performers, or against all transports.

    Attributes
    ----------
    anybody : bool
        Whether there is anybody on this side.
    suitable : (orders,) bool
        Whether somebody has a shift for the order and goes together with it.
    available, compatible : (orders,) bool
        Of an order that nobody suits: whether somebody has a shift for it, and whether somebody goes together
        with it. True of every other order.
    useless : dict of str to bool
        By key of who suits no order that can be carried out: whether he goes together with one of those.
    """

    anybody: bool
    suitable: Flags
    available: Flags
    compatible: Flags
    useless: dict[str, bool]


@dataclass(slots=True)
class Matching:
    """Orders that are left against performers and transports that are left."""

    orders: list[Order]
    performers: Side
    transports: Side


def match(view: View) -> Matching:
    """Match everything that is not cut yet."""
    orders = Suitability(view, list(view.left_orders()), prices(view))
    performers, transports = list(view.left_performers()), list(view.left_transports())
    one = _side(orders, performers, Suitability.of_performer)
    other = _side(orders, transports, Suitability.of_transport)
    possible = one.suitable & other.suitable
    one.useless = _useless(orders, possible, performers, Suitability.of_performer)
    other.useless = _useless(orders, possible, transports, Suitability.of_transport)
    return Matching(orders.orders, one, other)


def _side(orders: Suitability, owners: list[Owner], judge: Judge[Owner]) -> Side:
    """Compare orders with owners, fewer orders with more owners each time; nobody is called useless yet."""
    suitable = np.zeros(len(orders.orders), dtype=np.bool_)
    rows, asked = np.arange(len(suitable)), orders
    for step in _steps(len(owners), OWNER_SAMPLES):
        found = np.zeros(len(rows), dtype=np.bool_)
        for owner in owners[::step]:
            found |= judge(asked, owner).both
        suitable[rows] |= found
        # Columns of nearly as many orders would cost more than they save.
        if 2 * np.count_nonzero(suitable[rows]) >= len(rows):
            rows = rows[~suitable[rows]]
            asked = orders.only(rows)
    available, compatible = suitable.copy(), suitable.copy()
    for owner in owners if len(rows) else ():
        suits = judge(asked, owner)
        suitable[rows] |= suits.both
        available[rows] |= suits.available
        compatible[rows] |= suits.compatible
    return Side(bool(owners), suitable, available, compatible, {})


def _useless(
    orders: Suitability, possible: Flags, owners: list[Owner], judge: Judge[Owner]
) -> dict[str, bool]:
    """Who suits no possible order; where none is, that says nothing about who could have done it."""
    if not possible.any():
        return {}
    rows = np.flatnonzero(possible)
    for step in _steps(len(rows), ORDER_SAMPLES):
        asked = orders.only(rows[::step])
        owners = [owner for owner in owners if not judge(asked, owner).both.any()]
    found = {}
    for owner in owners:
        suits = judge(orders, owner)
        if not (suits.both & possible).any():
            found[owner.key] = bool((suits.compatible & possible).any())
    return found


def _steps(items: int, sizes: tuple[int, ...]) -> list[int]:
    """Steps between the items of evenly spread samples; none for a sample of most of the items."""
    return [items // size for size in sizes if items >= 2 * size]
