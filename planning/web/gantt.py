"""All trips on one time axis, drawn in seconds from its left end, so that one SVG scales to any width."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from planning.web import words
from planning.web.formats import clock, duration, span
from planning.web.results import PlanView, Service, TripView

STEPS = (900, 1800, 3600, 7200, 10800, 14400, 21600, 43200, 86400)
"""Seconds between ticks, from fine to coarse; the first that gives at most `MOST_TICKS` is taken."""

MOST_TICKS = 18
ZOOMS = (1, 2, 4, 8)
ROOM_FOR_NUMBER = 0.012
"""Share of the axis at zoom 1 that a service must last for its stop's number to be written on the bar."""

THINNEST = 600
"""The axis' length is so many times the width of the narrowest bar drawn."""

TOP, HEIGHT = 5, 16


@dataclass(frozen=True, slots=True)
class Tick:
    """A moment on the axis; `percent` of its width from the left."""

    moment: datetime
    percent: str
    day: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A service as a rectangle, in seconds from the left end.

    `window` is its hard window as `from to`; `label_from` the first zoom with room for the number, 0: none.
    """

    x: int
    width: int
    stop: int
    number: int | None
    percent: str
    place: str
    service: Service
    window: str
    label_from: int


@dataclass(frozen=True, slots=True)
class Lane:
    """One trip: services as bars one can point at, everything else as one path for each kind.

    Thousands of bars are written here and not by a template, which would take seconds for them.
    """

    trip: TripView
    bars: tuple[Bar, ...]
    drive: str
    park: str
    wait: str
    rest: str

    @property
    def rectangles(self) -> SafeString:
        """The bars, each with its words for whoever points at it."""
        return format_html_join(
            "",
            '<rect class="g-work{}" x="{}" y="5" width="{}" height="16" data-window="{}">'
            "<title>{}</title></rect>",
            (
                (
                    " violated" if bar.service.late or bar.service.early else "",
                    bar.x,
                    bar.width,
                    bar.window,
                    _title(bar),
                )
                for bar in self.bars
            ),
        )

    @property
    def numbers(self) -> SafeString:
        """The numbers of stops, on the bars that have room for them at some zoom."""
        return format_html_join(
            "",
            '<text class="z{}" x="{}" y="17">{}</text>',
            ((bar.label_from, bar.percent, bar.number) for bar in self.bars if bar.label_from and bar.number),
        )


def _title(bar: Bar) -> str:
    service = bar.service
    parts = [
        f"{bar.number} · {bar.place}",
        f"{service.order_name}, {words.of('kind', service.kind)}",
        f"{clock(service.start)}–{clock(service.end)}",
    ]
    if service.window:
        parts.append(gettext("window %(window)s") % {"window": span(service.window)})
    if service.late:
        parts.append(gettext("late by %(time)s") % {"time": duration(service.late)})
    if service.early:
        parts.append(gettext("early by %(time)s") % {"time": duration(service.early)})
    return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class Axis:
    """The common time axis; `seconds` is its length."""

    start: datetime
    end: datetime
    ticks: tuple[Tick, ...]

    @property
    def grid(self) -> str:
        """Upright lines at the ticks, midnights left out."""
        return "".join(f"M{self.x(tick.moment)} 0V28" for tick in self.ticks if not tick.day)

    @property
    def midnights(self) -> str:
        """Upright lines between days."""
        return "".join(f"M{self.x(tick.moment)} 0V28" for tick in self.ticks if tick.day)

    @property
    def seconds(self) -> int:
        """Length of the axis."""
        return int((self.end - self.start).total_seconds())

    def x(self, moment: datetime) -> int:
        """Seconds from the left end, clipped to the axis."""
        return min(self.seconds, max(0, int((moment - self.start).total_seconds())))

    def percent(self, moment: datetime) -> str:
        """The same as a share of the width, ready for an SVG attribute."""
        return f"{100 * self.x(moment) / self.seconds:.3f}%"


@dataclass(frozen=True, slots=True)
class Gantt:
    """A drawing of the plan; nothing in it depends on the width it is shown at."""

    axis: Axis
    lanes: tuple[Lane, ...]


def draw(plan: PlanView) -> Gantt | None:
    """The time axis of a plan, or None where nothing is planned."""
    if plan.span is None:
        return None
    axis = make_axis(*plan.span)
    return Gantt(axis, tuple(_lane(axis, trip) for trip in plan.trips))


def make_axis(start: datetime, end: datetime) -> Axis:
    """An axis over whole ticks around a stretch of time."""
    span = max(1.0, (end - start).total_seconds())
    step = next((step for step in STEPS if span / step <= MOST_TICKS), STEPS[-1])
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    first = midnight + timedelta(seconds=int((start - midnight).total_seconds() // step * step))
    count = int(-(-(end - first).total_seconds() // step)) or 1
    last = first + timedelta(seconds=count * step)
    bare = Axis(first, last, ())
    moments = [first + timedelta(seconds=index * step) for index in range(count + 1)]
    ticks = tuple(Tick(moment, bare.percent(moment), moment.hour == moment.minute == 0) for moment in moments)
    return Axis(first, last, ticks)


def _lane(axis: Axis, trip: TripView) -> Lane:
    stretches: dict[str, list[tuple[int, int]]] = {
        "drive": [],
        "park": [],
        "wait": [],
        "break": [],
        "rest": [],
    }
    for segment in trip.segments:
        if segment.kind in stretches:
            stretches[segment.kind].append((axis.x(segment.start), axis.x(segment.end)))
    middle = TOP + HEIGHT // 2
    return Lane(
        trip=trip,
        bars=tuple(_bars(axis, trip)),
        drive=_lines(stretches["drive"], middle),
        park=_boxes(stretches["park"], TOP + 4, HEIGHT - 8),
        wait=_boxes(stretches["wait"], TOP + 3, HEIGHT - 6),
        rest=_boxes(stretches["break"] + stretches["rest"], TOP + 1, HEIGHT - 2),
    )


def _bars(axis: Axis, trip: TripView) -> Iterable[Bar]:
    for stop in trip.stops:
        for service in stop.services:
            x, end = axis.x(service.start), axis.x(service.end)
            middle = service.start + (service.end - service.start) / 2
            yield Bar(
                x=x,
                width=max(end - x, axis.seconds // THINNEST),
                stop=stop.index,
                number=stop.number,
                percent=axis.percent(middle),
                place=stop.place.name,
                service=service,
                window=f"{axis.x(service.window[0])} {axis.x(service.window[1])}" if service.window else "",
                label_from=next((z for z in ZOOMS if (end - x) * z >= ROOM_FOR_NUMBER * axis.seconds), 0),
            )


def _lines(stretches: Iterable[tuple[int, int]], y: int) -> str:
    return "".join(f"M{start} {y}H{end}" for start, end in stretches)


def _boxes(stretches: Iterable[tuple[int, int]], y: int, height: int) -> str:
    return "".join(f"M{start} {y}H{end}v{height}H{start}z" for start, end in stretches)
