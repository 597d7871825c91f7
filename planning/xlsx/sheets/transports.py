"""Sheet transports; the boxes stand on a sheet of their own, here are their keys."""

from planning.xlsx.columns import Selection
from planning.xlsx.sheet import Sheet
from solver.contract import Transport

SHEET = Sheet(
    name="transports",
    entity=Transport,
    place="transports",
    selection=Selection(references=frozenset({"boxes"})),
    # Described, but not in the contract: penalties are limited by the performer's tariff (C3).
    aliases={"shifts.tariff.max_penalty_cost": ()},
    usual=frozenset(
        {
            "transport_type",
            "boxes.key",
            "compatibilities.transport_features",
            "compatibilities.performer_restrictions",
            "name",
            "shifts.start_location_key",
            "shifts.finish_location_key",
            "shifts.tariff.cost_per_shift",
            "shifts.tariff.constraints.stage_length",
            "shifts.tariff.constraints.cost_per_unit",
        }
    ),
)
