"""Why orders are not planned: what stands in their way in trips and on idle vehicles (rule U2)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from solver.contract import EntityPath, EntityType, EntityWarning, Placement, Trip, UnplannedOrder
from solver.problem import Problem
from solver.reasons.explain import Driven, Reasons
from solver.reasons.texts import of_obstacle, of_order, of_placement

LONGEST_INFO = 2048  # the contract's


def why(
    problem: Problem, driven: Sequence[Driven], trips: Sequence[Trip], keys: Sequence[str], language: str
) -> list[UnplannedOrder]:  # fmt: skip
    """Why orders are not planned; see `Reasons`.

    Parameters
    ----------
    keys : sequence of str
        Of the orders.
    """
    if not keys:
        return []
    index = {order.key: number for number, order in enumerate(problem.catalog.orders)}
    return Reasons(problem, driven, trips, language)([index[key] for key in keys])


def warnings(orders: Iterable[UnplannedOrder]) -> list[EntityWarning]:
    """One warning for each order: its sentence."""
    return [
        EntityWarning(
            type=order.type,
            info=order.info[:LONGEST_INFO],
            entities=[EntityPath(entity_key=order.order_key, entity_type=EntityType.ORDER)],
        )
        for order in orders
    ]


def retold(order: UnplannedOrder, language: str) -> UnplannedOrder:
    """The same reasons in another language."""

    def again(place: Placement) -> Placement:
        told = [replace(item, info=of_obstacle(item, language)) for item in place.obstacles]
        moved = replace(place, obstacles=told)
        return replace(moved, info=of_placement(moved, language))

    found = replace(
        order,
        trips=[again(place) for place in order.trips],
        vehicle=again(order.vehicle) if order.vehicle else None,
    )
    return replace(found, info=of_order(found, language))


__all__ = ["Driven", "Reasons", "retold", "warnings", "why"]
