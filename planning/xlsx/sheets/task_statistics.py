"""Sheet task_statistics: the figures of the task itself."""

from planning.xlsx.sheet import Area, Role, Sheet
from solver.contract import TaskStatistics

SHEET = Sheet(
    name="task_statistics",
    entity=TaskStatistics,
    place="statistics.task_statistics",
    role=Role.SINGLE,
    area=Area.RESULT,
    always=False,
)
