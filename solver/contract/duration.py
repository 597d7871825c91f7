"""ISO 8601 durations of the contract as whole seconds."""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

PATTERN = (
    r"^P(?!$)((\d+Y)|(\d+\.\d+Y$))?((\d+M)|(\d+\.\d+M$))?((\d+W)|(\d+\.\d+W$))?((\d+D)|(\d+\.\d+D$))?"
    r"(T(?=\d)((\d+H)|(\d+\.\d+H$))?((\d+M)|(\d+\.\d+M$))?(\d+(\.\d+)?S)?)??$"
)
"""The contract's own pattern, to the letter."""

MIN_LENGTH, MAX_LENGTH = 3, 16
"""Characters a duration may have."""

MAX_SECONDS = 9_999_999_999_999
"""About 317,000 years: the longest duration that 64-bit sums hold and 16 characters can say."""

MINUTE, HOUR, DAY = 60, 3_600, 86_400

_SHAPE = re.compile(PATTERN, re.ASCII)
_PART = re.compile(r"(\d+(?:\.\d+)?)([A-Z])")
_DATE_UNITS = {"Y": 365 * DAY, "M": 30 * DAY, "W": 7 * DAY, "D": DAY}
_TIME_UNITS = {"H": HOUR, "M": MINUTE, "S": 1}


@lru_cache(maxsize=1 << 16)
def parse_duration(text: str) -> int:
    """Seconds of an ISO 8601 duration: a year is 365 days, a month 30, fractions are rounded half up.

    Raises
    ------
    ValueError
        If the text does not have the contract's pattern or length, or means more than `MAX_SECONDS`.
    """
    if not MIN_LENGTH <= len(text) <= MAX_LENGTH or text.endswith("\n") or not _SHAPE.match(text):
        raise ValueError("not an ISO 8601 duration")
    date, _, time = text[1:].partition("T")
    parts = [Decimal(n) * _DATE_UNITS[unit] for n, unit in _PART.findall(date)]
    parts += [Decimal(n) * _TIME_UNITS[unit] for n, unit in _PART.findall(time)]
    seconds = int(sum(parts, Decimal(0)).quantize(Decimal(1), ROUND_HALF_UP))
    if seconds > MAX_SECONDS:
        raise ValueError("longer than any calendar")
    return seconds


@lru_cache(maxsize=1 << 16)
def format_duration(seconds: int) -> str:
    """ISO 8601 text of a whole number of seconds: PT57M48S, P1DT2H, zero is PT0S.

    Raises
    ------
    ValueError
        If the duration is negative or longer than `MAX_SECONDS`.
    """
    if not 0 <= seconds <= MAX_SECONDS:
        raise ValueError(f"a duration has 0 to {MAX_SECONDS} seconds, not {seconds}")
    if seconds == 0:
        return "PT0S"
    days, rest = divmod(seconds, DAY)
    hours, rest = divmod(rest, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    date = f"{days}D" if days else ""
    time = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (rest, "S")) if n)
    text = f"P{date}" + (f"T{time}" if time else "")
    return text if len(text) <= MAX_LENGTH else f"PT{seconds}S"
