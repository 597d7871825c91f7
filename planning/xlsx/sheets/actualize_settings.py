"""Sheet actualize_settings: one object."""

from planning.xlsx.sheet import Area, Role, Sheet
from solver.contract import ActualizeSettings

SHEET = Sheet(
    name="actualize_settings",
    entity=ActualizeSettings,
    place="actualize_settings",
    role=Role.SINGLE,
    area=Area.SETTINGS,
    usual=frozenset({"current_time", "max_delay_duration"}),
)
