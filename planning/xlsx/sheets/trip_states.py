"""Sheet trips.states: what happens in the trips, in the order of time."""

from planning.xlsx.columns import Selection
from planning.xlsx.sheet import Area, Role, Sheet
from solver.contract import Trip

SHEET = Sheet(
    name="trips.states",
    entity=Trip,
    place="trips",
    role=Role.PART,
    area=Area.RESULT,
    always=False,
    selection=Selection(only=frozenset({"key", "states"})),
    usual=frozenset(
        {
            "states.order_key",
            "states.demand_key",
            "states.event_key",
            "states.location_key",
            "states.flags",
            "states.distance",
            "states.cost",
            "states.reward",
            "states.cargo_actions.box_key",
            "states.cargo_actions.cargo_key",
            "states.cargo_actions.cargo_action_type",
        }
    ),
)
