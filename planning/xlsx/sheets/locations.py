"""Sheet locations."""

from planning.xlsx.sheet import Sheet
from solver.contract import Location

SHEET = Sheet(
    name="locations",
    entity=Location,
    place="locations",
    aliases={
        "timetable.work_windows.from": ("timetable.work_window.from",),
        "timetable.work_windows.to": ("timetable.work_window.to",),
    },
    usual=frozenset(
        {
            "arrival_duration",
            "departure_duration",
            "timetable.work_window.from",
            "timetable.work_window.to",
            "compatibilities.transport_restrictions",
            "name",
        }
    ),
)
