"""Moving the borders of windows (rule Q3)."""

from datetime import datetime, timedelta

from solver.contract import TimeWindow


def later(window: TimeWindow, delay: int, limit: datetime | None = None) -> TimeWindow:
    """A window whose right border is moved by some seconds, but not past a limit."""
    end = window.end + timedelta(seconds=delay)
    if limit is not None:
        end = max(window.end, min(end, limit))
    return TimeWindow(start=window.start, end=end)


def not_before(window: TimeWindow, moment: datetime) -> TimeWindow:
    """A window that begins at a moment or later; of no length where it would end before."""
    return TimeWindow(start=min(max(window.start, moment), window.end), end=window.end)
