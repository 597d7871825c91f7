"""Sheet performers."""

from planning.xlsx.sheet import Sheet
from solver.contract import Performer

_FIRST_BREAK = "shifts.work_and_rest_rules.break_rules.first"

SHEET = Sheet(
    name="performers",
    entity=Performer,
    place="performers",
    aliases={
        # Work includes driving: a limit of driving that equals the limit of work adds nothing to it (B1).
        "shifts.work_and_rest_rules.first_break.max_work_duration_sum": (
            f"{_FIRST_BREAK}.operating_duration_sum",
            f"{_FIRST_BREAK}.relocating_duration_sum",
        ),
        "shifts.work_and_rest_rules.first_break.duration": (f"{_FIRST_BREAK}.duration",),
    },
    usual=frozenset(
        {
            "own_transport_type",
            "compatibilities.performer_features",
            "compatibilities.transport_restrictions",
            "name",
            "shifts.start_location_key",
            "shifts.finish_location_key",
            "shifts.max_stops",
            "shifts.tariff.cost_per_shift",
            "shifts.tariff.constraints.stage_length",
            "shifts.tariff.constraints.cost_per_unit",
        }
    ),
)
