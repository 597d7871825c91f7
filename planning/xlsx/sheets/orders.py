"""Sheet orders; the cargos stand on a sheet of their own, here are their keys."""

from planning.xlsx.columns import Selection
from planning.xlsx.sheet import Sheet
from solver.contract import Order

SHEET = Sheet(
    name="orders",
    entity=Order,
    place="orders",
    selection=Selection(references=frozenset({"cargos"})),
    usual=frozenset(
        {
            "cargos.key",
            "compatibilities.performer_restrictions",
            "name",
            "demands.target_cargos",
            "demands.possible_events.duration",
            "demands.possible_events.reward",
            "demands.possible_events.soft_time_window.from",
            "demands.possible_events.soft_time_window.to",
        }
    ),
)
