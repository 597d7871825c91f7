"""What is wrong with a task: logical errors that refuse it, and warnings that cut entities from it.

One check is one function with one type, its cause, its cure and its example. Importing the modules below
registers them, and their order here is the order they run in.
"""

# isort: off
from solver.checks import references as references
from solver.checks import settings as settings
from solver.checks import windows as windows
from solver.checks import events as events
from solver.checks import shifts as shifts
from solver.checks import location_limits as location_limits
from solver.checks import routing as routing
from solver.checks import cargos as cargos
from solver.checks import boxes as boxes
from solver.checks import compatibility as compatibility
from solver.checks import fitting as fitting
from solver.checks import hardlinks as hardlinks
from solver.checks import beyond as beyond

# isort: on
from solver.checks.examine import Findings, check
from solver.checks.limits import Limits

__all__ = ["Findings", "Limits", "check"]
