"""Values of cells as values of the contract's JSON, by the kind of their column (F2).

Every reader of a kind takes what a spreadsheet holds and answers JSON, or raises `WrongCell` with a
message for the person who filled the cell in.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from planning.fields import Kind
from planning.xlsx.columns import Column
from planning.xlsx.parts import DATE, ERROR, FORMULA, NUMBER, TEXT, Cell
from planning.xlsx.texts import from_cell, split_list, split_pairs
from solver.contract.duration import format_duration, parse_duration

_HOURS = re.compile(r"(\d{1,6}):([0-5]\d)(?::([0-5]\d))?")
_ISO_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[Tt ]+(\d\d:\d\d)(:\d\d)?(\.\d+)?\s*([Zz]|[+-]\d\d:?\d\d)?)?", re.ASCII
)
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_MOST_DAYS = 36_500.0
"""A hundred years: more is no duration but a date."""


class WrongCell(ValueError):  # noqa: N818 - it carries a message for the user
    """The cell does not hold what its column needs."""


@dataclass(frozen=True, slots=True)
class Clock:
    """How a workbook tells times.

    Attributes
    ----------
    zone : int
        Hours east of UTC that its times are local in.
    epoch_1904 : bool
        Its days count from 1904, not from 1900.
    """

    zone: int = 0
    epoch_1904: bool = False

    @property
    def offset(self) -> str:
        """The zone as it ends an ISO 8601 time: +03:00."""
        return f"{self.zone:+03d}:00"

    def local(self, moment: datetime) -> datetime:
        """Wall clock time of an aware moment."""
        return moment.astimezone(timezone(timedelta(hours=self.zone))).replace(tzinfo=None)

    def days(self, moment: str) -> float | None:
        """A spreadsheet's number of days of an ISO 8601 time; None if it would not keep it exactly."""
        try:
            local = self.local(datetime.fromisoformat(moment))
        except OverflowError:
            return None
        if local.microsecond % 1000 or local.year < 1905:
            return None
        return (local - datetime(1899, 12, 30)) / timedelta(days=1)

    def wall(self, days: float) -> datetime | None:
        """Wall clock time of a spreadsheet's number of days, to the millisecond; None if it is no date.

        Less than a day is a time without a date, and the calendar has an end.
        """
        epoch = datetime(1904, 1, 1) if self.epoch_1904 else datetime(1899, 12, 30)
        try:
            return epoch + timedelta(milliseconds=round(days * 86_400_000)) if days >= 1 else None
        except OverflowError:
            return None


def read_cell(cell: Cell, column: Column, clock: Clock) -> Any:
    """JSON value of a cell.

    Raises
    ------
    WrongCell
        If the cell does not hold what the column needs.
    """
    kind = column.kind
    if cell.type == TEXT and kind is Kind.TEXT and not column.many:
        return from_cell(cell.value)
    if cell.type == NUMBER and kind is Kind.NUMBER:
        return _number(cell.value, column)
    if cell.type == FORMULA:
        raise WrongCell(_("a formula; formulas are not calculated here, paste the value itself"))
    if cell.type == ERROR:
        raise WrongCell(_("the spreadsheet shows the error %(error)s here") % {"error": cell.value})
    if kind is Kind.MOMENT:
        return _moment(cell, clock)
    if kind is Kind.DURATION:
        return _duration(cell)
    if cell.type == DATE:
        raise WrongCell(_("a date or time; format the cell as a text or a number and fill it in again"))
    if kind is Kind.PAIR:
        return _pairs(cell.value)
    if column.many:
        return _many(cell.value, column)
    return _READERS[kind](cell.value, column)


def duration_days(duration: str) -> float | None:
    """A spreadsheet's number of days of an ISO 8601 duration; None if it would be told in other words."""
    seconds = parse_duration(duration)
    return seconds / 86_400 if format_duration(seconds) == duration else None


def whole(cell: Cell) -> int:
    """Whole number of a cell that stands in no column of the contract.

    Raises
    ------
    WrongCell
    """
    return int(read_cell(cell, _WHOLE, Clock()))


def _many(value: Any, column: Column) -> list[str]:
    items = split_list(value) if isinstance(value, str) else [_text(value, column)]
    if column.kind is Kind.CHOICE:
        return [_choice(item, column) for item in items]
    return items


def _pairs(value: Any) -> list[dict[str, str]]:
    try:
        pairs = split_pairs(value) if isinstance(value, str) else [(_told(value), "")]
    except ValueError as wrong:
        raise WrongCell(
            _("%(part)s has no equals sign; wanted pairs such as floor=2, gate=B")
            % {"part": _told(wrong.args[0])}
        ) from None
    return [{"key": key, "value": text} for key, text in pairs]


def _text(value: Any, _column: Column) -> str:
    if isinstance(value, str):
        return from_cell(value)
    if isinstance(value, bool):
        raise WrongCell(_("%(value)s is not a text; format the cell as text") % {"value": _told(value)})
    return str(int(value)) if float(value).is_integer() else repr(value)


def _choice(value: Any, column: Column) -> str:
    text = _text(value, column).upper()
    if text not in column.choices:
        raise WrongCell(
            _("%(value)s is not one of %(choices)s")
            % {"value": _told(value), "choices": ", ".join(column.choices)}
        )
    return text


def _number(value: Any, _column: Column) -> int | float:
    if isinstance(value, str):
        text = value.strip()
        if _DECIMAL_COMMA.fullmatch(text):
            point = text.replace(",", ".")
            raise WrongCell(
                _("%(value)s is a text with a decimal comma; enter the number %(point)s")
                % {"value": _told(value), "point": point}
            )
        if not _NUMBER.fullmatch(text):
            raise WrongCell(_("%(value)s is not a number") % {"value": _told(value)})
        return _plain(float(text))
    if isinstance(value, bool) or not isfinite(value):
        raise WrongCell(_("%(value)s is not a number") % {"value": _told(value)})
    return _plain(value)


def _plain(value: int | float) -> int | float:
    """The number as JSON says it; a spreadsheet does not tell 5 from 5.0."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def _integer(value: Any, column: Column) -> int:
    number = _number(value, column)
    if not isinstance(number, int):
        raise WrongCell(_("%(value)s is not a whole number") % {"value": _told(value)})
    return number


def _flag(value: Any, _column: Column) -> bool:
    if isinstance(value, bool):
        return value
    known = {"TRUE": True, "FALSE": False, "1": True, "0": False}
    text = str(value).strip().upper()
    if text not in known:
        raise WrongCell(_("%(value)s is neither TRUE nor FALSE") % {"value": _told(value)})
    return known[text]


def _duration(cell: Cell) -> str:
    """ISO 8601: as written in the text, or of a time that the spreadsheet keeps as such."""
    if cell.type == TEXT:
        text = str(cell.value).strip().upper()
        hours = _HOURS.fullmatch(text)
        if hours:
            whole_hours, minutes, seconds = (int(part or 0) for part in hours.groups())
            return format_duration(whole_hours * 3600 + minutes * 60 + seconds)
        if text.startswith("P"):
            return text
    elif cell.type == DATE and 0 <= cell.value <= _MOST_DAYS:
        return format_duration(round(cell.value * 86_400))
    raise WrongCell(
        _("%(value)s is not a duration; wanted a time such as 1:45 or a text such as PT1H45M")
        % {"value": _told_cell(cell, Clock())}
    )


def _moment(cell: Cell, clock: Clock) -> str:
    """RFC 3339: a date of the spreadsheet is local, a text may name its own offset."""
    if cell.type == TEXT:
        match = _ISO_MOMENT.fullmatch(cell.value.strip())
        if match:
            day, minute, second, fraction, offset = match.groups()
            return f"{day}T{minute or '00:00'}{second or ':00'}{fraction or ''}{offset or clock.offset}"
    elif cell.type in (DATE, NUMBER) and (wall := clock.wall(cell.value)):
        if cell.type == DATE:
            return wall.isoformat() + clock.offset
        raise WrongCell(
            _("the number %(value)s; format the cell as a date and time if %(date)s is meant")
            % {"value": cell.value, "date": wall.isoformat(" ", "minutes")}
        )
    raise WrongCell(
        _("%(value)s is not a date and time; wanted a date cell or a text such as 2026-06-17T08:30")
        % {"value": _told_cell(cell, clock)}
    )


def _told_cell(cell: Cell, clock: Clock) -> str:
    """Value of a cell as the spreadsheet shows it."""
    if cell.type != DATE:
        return _told(cell.value)
    wall = clock.wall(cell.value)
    if wall:
        return _told(wall.isoformat(" ", "minutes"))
    minutes = round(cell.value * 1440)
    return _told(f"{minutes // 60}:{minutes % 60:02d}" if minutes >= 0 else f"{cell.value}")


def _told(value: Any) -> str:
    text = str(value).upper() if isinstance(value, bool) else str(value)
    return f'"{text[:60]}…"' if len(text) > 60 else f'"{text}"'


_WHOLE = Column(title="", path=(), kind=Kind.INTEGER)

_READERS: dict[Kind, Callable[[Any, Column], Any]] = {
    Kind.TEXT: _text,
    Kind.CHOICE: _choice,
    Kind.NUMBER: _number,
    Kind.INTEGER: _integer,
    Kind.FLAG: _flag,
}
