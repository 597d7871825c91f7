"""What a replan may change (rule Q10)."""

from dataclasses import dataclass

from solver.contract import ActualizeTask, ReplanTask


@dataclass(frozen=True, slots=True)
class Freedom:
    """The three switches of a strategy, and what they mean together.

    Attributes
    ----------
    reorder, new_orders, new_trips : bool
        ``reorder``, ``plan_new_orders`` and ``create_new_trips``; none of them for actualize (Q9).
    """

    reorder: bool = False
    new_orders: bool = False
    new_trips: bool = False

    @classmethod
    def of(cls, task: ActualizeTask | ReplanTask) -> "Freedom":
        """What a task allows."""
        if isinstance(task, ActualizeTask):
            return cls()
        strategy = task.replan_settings.replan_strategy
        return cls(strategy.reorder, strategy.plan_new_orders, strategy.create_new_trips)

    @property
    def is_fixed(self) -> bool:
        """Whether nothing but times is planned: there is no search."""
        return not (self.reorder or self.new_orders)

    @property
    def keeps_trips(self) -> bool:
        """Whether orders stay in their trips; without it only what is on board or being served does."""
        return not (self.reorder and self.new_trips)
