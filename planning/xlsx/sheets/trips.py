"""Sheet trips; the states stand on a sheet of their own."""

from planning.xlsx.columns import Selection
from planning.xlsx.sheet import Area, Sheet
from solver.contract import Trip

SHEET = Sheet(
    name="trips",
    entity=Trip,
    place="trips",
    area=Area.RESULT,
    selection=Selection(without=frozenset({"states"})),
    usual=frozenset({"waitlist", "name"}),
)
