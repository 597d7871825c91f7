"""Sheet total_statistics: the figures of the whole plan."""

from planning.xlsx.sheet import Area, Role, Sheet
from solver.contract import GeneralStatistics

SHEET = Sheet(
    name="total_statistics",
    entity=GeneralStatistics,
    place="statistics.total_statistics",
    role=Role.SINGLE,
    area=Area.RESULT,
)
