"""Sheet facts."""

from planning.xlsx.sheet import Sheet
from solver.contract import Fact

SHEET = Sheet(
    name="facts",
    entity=Fact,
    place="facts",
    usual=frozenset({"order_key", "demand_key", "performer_key", "location_key"}),
)
