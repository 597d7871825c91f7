"""Sheet orders.cargos: the cargos that the sheet orders names."""

from planning.xlsx.sheet import Role, Sheet
from solver.contract import Cargo

SHEET = Sheet(
    name="orders.cargos",
    entity=Cargo,
    place="orders.cargos",
    role=Role.JOINED,
    parent="orders.key",
    usual=frozenset({"capacity.mass", "capacity.volume", "compatibilities.box_restrictions"}),
)
