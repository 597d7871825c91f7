"""Sheet quality: how far the plan keeps the wishes."""

from planning.xlsx.sheet import Area, Role, Sheet
from solver.contract import Quality

SHEET = Sheet(
    name="quality",
    entity=Quality,
    place="statistics.quality",
    role=Role.SINGLE,
    area=Area.RESULT,
    always=False,
)
