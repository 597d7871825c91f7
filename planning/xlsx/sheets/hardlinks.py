"""Sheet hardlinks."""

from planning.xlsx.sheet import Sheet
from solver.contract import Hardlink

SHEET = Sheet(name="hardlinks", entity=Hardlink, place="hardlinks")
