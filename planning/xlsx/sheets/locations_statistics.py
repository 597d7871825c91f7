"""Sheet locations_statistics: what was moved at each location with limits."""

from planning.xlsx.sheet import Area, Sheet
from solver.contract import LocationStatistics

SHEET = Sheet(
    name="locations_statistics",
    entity=LocationStatistics,
    place="statistics.locations_statistics",
    area=Area.RESULT,
    always=False,
    key="location_key",
)
