"""What is known of a task before it is planned: its counts, and the result that plans nothing."""

from solver.checks.moments import horizon
from solver.contract import ActualizeTask, EntityPath, PlanTask, ReplanTask, TimeWindow, write
from solver.report.statistics import statistics

Task = PlanTask | ActualizeTask | ReplanTask


def counts(task: Task) -> dict[str, int]:
    """Return how many entities of each kind a task has."""
    return {
        "locations": len(task.locations),
        "orders": len(task.orders),
        "demands": sum(len(order.demands) for order in task.orders),
        "performers": len(task.performers),
        "transports": len(task.transports),
    }


def path_key(entity: EntityPath | None) -> str:
    """Return an entity's path as text: ``ORDER order_1 > DEMAND demand_2``."""
    parts = []
    while entity:
        parts.append(f"{entity.entity_type} {entity.entity_key}")
        entity = entity.child_entity
    return " > ".join(parts)


def storable(text: str) -> str:
    """Return a text of a task without the character that databases refuse."""
    return text.replace("\x00", "")


def nothing_planned(task: Task) -> bytes:
    """Return the stored result of a calculation that has no plan yet, or never will (table H)."""
    first, last = horizon(task)
    settings = task.plan_settings
    empty = PlanTask(locations=[], orders=[], performers=[], transports=[], plan_settings=settings)
    zeros = statistics(empty, [], TimeWindow(start=first, end=last))
    return b'{"trips":[],"statistics":%s}' % write(zeros)
