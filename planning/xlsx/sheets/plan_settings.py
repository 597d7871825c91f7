"""Sheet plan_settings: one object."""

from planning.xlsx.sheet import Area, Role, Sheet
from solver.contract import PlanSettings

SHEET = Sheet(
    name="plan_settings",
    entity=PlanSettings,
    place="plan_settings",
    role=Role.SINGLE,
    area=Area.SETTINGS,
    usual=frozenset(
        {
            "trips_settings.configuration",
            "trips_settings.expectations.trip_start_time_strategy",
            "geo_settings.flight_distance",
            "calculation_settings.max_calculation_time",
            "calculation_settings.result_timezone",
            "calculation_settings.treat_warnings_as_errors",
        }
    ),
)
