"""Sheet external_routing: the points of each transport type's matrix, which stands on other sheets."""

from planning.xlsx.columns import Selection
from planning.xlsx.sheet import Sheet
from solver.contract import RoutingTransportMatrix

SHEET = Sheet(
    name="external_routing",
    entity=RoutingTransportMatrix,
    place="external_routing",
    always=False,
    key="transport_type",
    selection=Selection(without=frozenset({"matrix.distances", "matrix.durations"})),
)
