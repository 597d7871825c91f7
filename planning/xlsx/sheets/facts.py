"""Sheet facts."""

from planning.xlsx.sheet import Area, Sheet
from solver.contract import Fact

SHEET = Sheet(
    name="facts",
    entity=Fact,
    place="facts",
    area=Area.RESULT,
    usual=frozenset({"order_key", "demand_key", "performer_key", "location_key"}),
)
