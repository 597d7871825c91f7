"""Values of cells as values of the contract's JSON, by the kind of their column (F2).

Every reader of a kind takes what a spreadsheet holds and answers JSON, or raises `WrongCell` with a
message for the person who filled the cell in.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from django.utils.translation import gettext as _

from planning.xlsx.columns import Column, Kind
from planning.xlsx.texts import from_cell, split_list, split_pairs
from solver.contract.duration import format_duration

ERROR, FORMULA = "e", "f"
"""Types of cells that hold no value: an error such as #REF!, a formula."""

_CLOCK = re.compile(r"(\d+):([0-5]\d)(?::([0-5]\d))?")
_ISO_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[Tt ]+(\d\d:\d\d)(:\d\d)?(\.\d+)?\s*([Zz]|[+-]\d\d:?\d\d)?)?", re.ASCII
)
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_EPOCHS = (datetime(1899, 12, 30), datetime(1899, 12, 31), datetime(1904, 1, 1))


class WrongCell(ValueError):  # noqa: N818 - it carries a message for the user
    """The cell does not hold what its column needs."""


@dataclass(frozen=True, slots=True)
class Zone:
    """The time zone a workbook's times are local in: whole hours east of UTC."""

    hours: int

    @property
    def suffix(self) -> str:
        """As it ends an ISO 8601 time: +03:00."""
        return f"{self.hours:+03d}:00"

    def local(self, moment: datetime) -> datetime:
        """Wall clock time of an aware moment."""
        return moment.astimezone(timezone(timedelta(hours=self.hours))).replace(tzinfo=None)


def read_cell(value: Any, data_type: str, column: Column, zone: Zone) -> Any:
    """JSON value of a cell that is not empty.

    Raises
    ------
    WrongCell
        If the cell does not hold what the column needs.
    """
    if data_type == FORMULA:
        raise WrongCell(_("a formula; formulas are not calculated here, paste the value itself"))
    if data_type == ERROR:
        raise WrongCell(_("the spreadsheet shows the error %(error)s here") % {"error": value})
    if column.kind is Kind.PAIR:
        return _pairs(value)
    if column.many:
        return _many(value, column)
    if column.kind is Kind.MOMENT:
        return _moment(value, zone)
    return _READERS[column.kind](value, column)


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
    if isinstance(value, bool) or not isinstance(value, int | float):
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
    if isinstance(value, bool) or not isinstance(value, int | float):
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


def _duration(value: Any, _column: Column) -> str:
    """ISO 8601: as written in the text, or of a time that the spreadsheet keeps as such."""
    if isinstance(value, str):
        text = value.strip()
        clock = _CLOCK.fullmatch(text)
        if not clock:
            return text.upper()
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return format_duration(hours * 3600 + minutes * 60 + seconds)
    length = _length(value)
    if length is None or length < timedelta(0):
        raise WrongCell(
            _("%(value)s is not a duration; wanted a time such as 1:45 or a text such as PT1H45M")
            % {"value": _told(value)}
        )
    return format_duration(round(length.total_seconds()))


def _length(value: Any) -> timedelta | None:
    if isinstance(value, timedelta):
        return value
    if isinstance(value, time):
        return timedelta(
            hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond
        )
    if isinstance(value, datetime) and value.year <= 1904:
        return value - (
            _EPOCHS[2] if value.year == 1904 else _EPOCHS[1] if value < datetime(1900, 3, 1) else _EPOCHS[0]
        )
    return None


def _moment(value: Any, zone: Zone) -> str:
    """RFC 3339: a date of the spreadsheet is local, a text may name its own offset."""
    if isinstance(value, str):
        match = _ISO_MOMENT.fullmatch(value.strip())
        if match:
            day, minute, second, fraction, offset = match.groups()
            return f"{day}T{minute or '00:00'}{second or ':00'}{fraction or ''}{offset or zone.suffix}"
    elif isinstance(value, datetime) and value.year > 1904:
        return value.isoformat() + zone.suffix
    elif isinstance(value, date) and not isinstance(value, datetime):
        return f"{value.isoformat()}T00:00:00{zone.suffix}"
    raise WrongCell(
        _("%(value)s is not a date and time; wanted a date cell or a text such as 2026-06-17T08:30")
        % {"value": _told(value)}
    )


def _told(value: Any) -> str:
    text = str(value)
    return f'"{text[:60]}…"' if len(text) > 60 else f'"{text}"'


_READERS: dict[Kind, Callable[[Any, Column], Any]] = {
    Kind.TEXT: _text,
    Kind.CHOICE: _choice,
    Kind.NUMBER: _number,
    Kind.INTEGER: _integer,
    Kind.FLAG: _flag,
    Kind.DURATION: _duration,
}
