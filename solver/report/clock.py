"""Moments: unix seconds inside, date-times of the result's timezone outside."""

from datetime import UTC, datetime, timedelta, timezone

from solver.contract import TimeWindow

Span = tuple[int, int]  # unix seconds: from, to


def unix(moment: datetime) -> int:
    """Unix seconds of an aware date-time; fractions of a second are rounded half up."""
    return int(moment.timestamp() + 0.5) if moment.microsecond else int(moment.timestamp())


def span(window: TimeWindow) -> Span:
    """A time window in unix seconds."""
    return unix(window.start), unix(window.end)


class Clock:
    """Prints moments in the result's timezone.

    Parameters
    ----------
    hours : int
        ``calculation_settings.result_timezone``, hours from UTC.
    """

    def __init__(self, hours: int) -> None:
        self._zone = timezone(timedelta(hours=hours)) if hours else UTC

    def time(self, moment: int) -> datetime:
        """A moment as an aware date-time."""
        return datetime.fromtimestamp(moment, self._zone)

    def window(self, start: int, end: int) -> TimeWindow:
        """Two moments as a time window."""
        return TimeWindow(start=self.time(start), end=self.time(end))
