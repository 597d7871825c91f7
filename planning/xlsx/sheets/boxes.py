"""Sheet transports.boxes: the boxes that the sheet transports names.

Box keys are unique inside a transport only (K1), so a row may say whose box it describes; one that does
not describes the box of that key of every transport.
"""

from planning.xlsx.sheet import Role, Sheet
from solver.contract import Box

SHEET = Sheet(
    name="transports.boxes",
    entity=Box,
    place="transports.boxes",
    role=Role.JOINED,
    parent="transports.key",
    usual=frozenset({"capacity.mass", "capacity.volume", "compatibilities.box_features"}),
)
