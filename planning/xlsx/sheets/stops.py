"""Sheet trips_statistics.stops: the figures of each stop of each trip."""

from planning.xlsx.columns import Selection
from planning.xlsx.sheet import Area, Role, Sheet
from solver.contract import TripStatistics

SHEET = Sheet(
    name="trips_statistics.stops",
    entity=TripStatistics,
    place="statistics.trips_statistics",
    role=Role.PART,
    area=Area.RESULT,
    always=False,
    key="trip_key",
    selection=Selection(only=frozenset({"trip_key", "stop_statistics"})),
)
