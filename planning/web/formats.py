"""Figures in the reader's words: durations as 1 h 45 min, distances as 12.4 km, local times as 14:05."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, ngettext, pgettext

from planning import outline
from planning.web import words
from solver.contract import CapacityStatisticsLoad, CapacityStatisticsSum, EntityPath, EntityWarning

MEASURES = ("mass", "volume", "capacity_a", "capacity_b", "capacity_c")
LESS_THAN_A_MINUTE = 60

Absent = Literal[""] | None
"""What a template has for something that is not there."""


def _number(value: float, decimals: int = 0) -> str:
    """A rounded number by the reader's locale, thousands grouped; Django alone would cut it off."""
    text = number_format(round(value, decimals), decimals, force_grouping=True)
    return str(text).replace("-", "−")


def duration(seconds: float | Absent) -> str:
    """Seconds in words: 1 h 45 min, 12 min, 40 s; a dash for nothing."""
    if seconds is None or seconds == "":
        return "—"
    if abs(seconds) < LESS_THAN_A_MINUTE:
        return gettext("%(seconds)d s") % {"seconds": round(seconds)} if seconds else gettext("0 min")
    hours, minutes = divmod(round(seconds / 60), 60)
    if not hours:
        return gettext("%(minutes)d min") % {"minutes": minutes}
    if not minutes:
        return gettext("%(hours)d h") % {"hours": hours}
    return gettext("%(hours)d h %(minutes)02d min") % {"hours": hours, "minutes": minutes}


def km(metres: float | Absent) -> str:
    """Metres as a number of kilometres without the unit, one decimal below 1,000 km."""
    if metres is None or metres == "":
        return "—"
    return _number(metres / 1000, 1 if metres < 1_000_000 else 0)


def way(metres: float | Absent) -> str:
    """Metres as kilometres with the unit: 12.4 km."""
    return gettext("%(distance)s km") % {"distance": km(metres)}


def amount(value: float | Absent, decimals: int = 0) -> str:
    """A number by the reader's locale, thousands grouped."""
    return "—" if value is None or value == "" else _number(value, decimals)


def short(value: float) -> str:
    """A measure with as many decimals as it needs, three at most."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return number_format(text, force_grouping=True)


def percent(share: float | None) -> str:
    """A share as a whole percentage."""
    return "—" if share is None else gettext("%(percent)d%%") % {"percent": round(share * 100)}


def clock(moment: datetime | None) -> str:
    """The time of day on the clock the moment carries, as 14:05."""
    return f"{moment:%H:%M}" if moment else "—"


def day(moment: date | None) -> str:
    """The date with its weekday, as Mon 8 Sep 2025."""
    if moment is None:
        return "—"
    # Translators: a date with its weekday in Django's format characters
    return date_format(moment, pgettext("date", "D j M Y"))


def iso(moment: datetime | None) -> str:
    """The moment for machines (the `datetime` attribute of `time`)."""
    return moment.isoformat() if moment else ""


def stamp(moment: datetime | None) -> str:
    """Seconds since 1970, to sort by."""
    return str(int(moment.timestamp())) if moment else ""


def span(window: tuple[datetime, datetime] | None) -> str:
    """A window as 14:05-16:00; the days are added where it does not lie in one."""
    if not window:
        return "—"
    start, end = window
    if start.date() == end.date():
        return f"{clock(start)}–{clock(end)}"
    return f"{day(start)} {clock(start)} – {day(end)} {clock(end)}"


def load(capacity: CapacityStatisticsSum) -> str:
    """The measures that are not zero, each with its name."""
    parts = [
        f"{words.MEASURES[measure]} {short(getattr(capacity, measure))}"
        for measure in MEASURES
        if getattr(capacity, measure)
    ]
    return ", ".join(parts) or "—"


def highest(shares: CapacityStatisticsLoad | Absent) -> float | None:
    """The largest of five shares: the measure that fills up first."""
    return None if not shares else max(float(getattr(shares, measure)) for measure in MEASURES)


def bytes_size(count: int) -> str:
    """A file's size in MB or kB, of 1024 each."""
    kilo = 1024
    if count >= kilo * kilo:
        return gettext("%(size)s MB") % {"size": short(round(count / kilo / kilo, 1))}
    return gettext("%(size)s kB") % {"size": _number(max(1, count / kilo), 0)}


def orders(count: int) -> str:
    """A number of orders in words."""
    return ngettext("%(count)d order", "%(count)d orders", count) % {"count": count}


def path(entity: EntityPath) -> str:
    """An entity path as people read it: order A-17 > demand drop."""
    parts = []
    step: EntityPath | None = entity
    while step is not None:
        kind = words.entity(step.entity_type.value)
        parts.append(f"{kind} {step.entity_key}" if step.entity_key else kind)
        step = step.child_entity
    return " › ".join(parts)


def place(warning: EntityWarning, places: dict[str, list[str | int | None]] | Absent) -> str:
    """Where what a warning is about stood in the workbook: orders, row 5, demands.key; empty elsewhere."""
    found = (places or {}).get(outline.path_key(warning.entities[0])) if warning.entities else None
    if not found:
        return ""
    sheet, row, column = found
    told = gettext("row %(row)d") % {"row": row} if row else ""
    return ", ".join(str(part) for part in (sheet, told, column) if part)
