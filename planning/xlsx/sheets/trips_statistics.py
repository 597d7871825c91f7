"""Sheet trips_statistics: the figures of each trip; stops and roundtrips stand on sheets of their own."""

from planning.xlsx.columns import Selection
from planning.xlsx.sheet import Area, Sheet
from solver.contract import TripStatistics

SHEET = Sheet(
    name="trips_statistics",
    entity=TripStatistics,
    place="statistics.trips_statistics",
    area=Area.RESULT,
    always=False,
    key="trip_key",
    selection=Selection(without=frozenset({"stop_statistics", "roundtrip_statistics"})),
)
