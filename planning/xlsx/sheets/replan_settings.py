"""Sheet replan_settings: one object."""

from planning.xlsx.sheet import Area, Role, Sheet
from solver.contract import ReplanSettings

SHEET = Sheet(
    name="replan_settings",
    entity=ReplanSettings,
    place="replan_settings",
    role=Role.SINGLE,
    area=Area.SETTINGS,
    usual=frozenset(
        {
            "replan_strategy.reorder",
            "replan_strategy.plan_new_orders",
            "replan_strategy.create_new_trips",
        }
    ),
)
