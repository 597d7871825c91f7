"""How long a search may go on: by the clock, or by iterations where a run has to be repeatable."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field


class Halted(Exception):  # noqa: N818 - a way out, not a failure
    """Somebody stopped the search before there was a plan."""


def never() -> bool:
    """Nobody stops it."""
    return False


@dataclass(slots=True)
class Budget:
    """Limits of a search.

    Attributes
    ----------
    seconds : float
        Wall time.
    iterations : int or None
        Iterations of one thread; the clock then only cuts off.
    """

    seconds: float
    iterations: int | None = None
    clock: Callable[[], float] = time.monotonic
    started: float = field(init=False)

    def __post_init__(self) -> None:
        self.started = self.clock()

    def restart(self) -> None:
        """Start the clock anew: what came before was preparation."""
        self.started = self.clock()

    def elapsed(self) -> float:
        """Seconds since the search began."""
        return self.clock() - self.started

    def left(self) -> float:
        """Seconds until the clock stops the search."""
        return self.seconds - self.elapsed()


@dataclass(slots=True)
class Share:
    """A part of the budget that one thread works through.

    Attributes
    ----------
    seconds : float
        Length of the part by the clock.
    iterations : int or None
        Length in iterations instead.
    halted : callable
        Whether the whole search is over.
    whole : Share or None
        What this is a part of.
    """

    seconds: float
    iterations: int | None
    halted: Callable[[], bool]
    whole: "Share | None" = None
    done: int = 0
    started: float = field(default_factory=time.monotonic)

    def progress(self) -> float:
        """How much of the part is used, from 0 to 1; 1 when the search was halted."""
        if self.halted():
            return 1.0
        if self.iterations is not None:
            return min(1.0, self.done / max(1, self.iterations))
        return min(1.0, (time.monotonic() - self.started) / max(1e-6, self.seconds))

    def spend(self, iterations: int) -> None:
        """Count iterations that were done."""
        self.done += iterations
        if self.whole is not None:
            self.whole.spend(iterations)

    def part(self, share: float) -> "Share":
        """A part of this part, beginning now."""
        iterations = None if self.iterations is None else max(1, int(self.iterations * share))
        return Share(self.seconds * share, iterations, self.halted, self)
