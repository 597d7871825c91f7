"""Sheet actualize_settings: one object."""

from planning.xlsx.sheet import Role, Sheet
from solver.contract import ActualizeSettings

SHEET = Sheet(
    name="actualize_settings",
    entity=ActualizeSettings,
    place="actualize_settings",
    role=Role.SINGLE,
    usual=frozenset({"current_time", "max_delay_duration"}),
)
