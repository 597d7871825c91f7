"""Windows and durations as such: order, length, distance from now (X7)."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from solver.checks import places
from solver.checks.moments import horizon, lifetime_windows
from solver.checks.places import Place
from solver.checks.rules import Effect, Issue, error, warning
from solver.checks.texts import Text
from solver.checks.view import View
from solver.contract import EntityErrorType, EntityWarningType, TimeWindow
from solver.contract.duration import DAY, format_duration

LONGEST_HORIZON = timedelta(days=366)
LONGEST_DURATION = 30 * DAY
ROAD_DATA_YEARS = timedelta(days=3653)
"""Ten years: further from now no road data holds."""


def _horizon(view: View) -> tuple[datetime, datetime]:
    return horizon(view.task)


def _all_windows(day: str) -> dict[str, Any]:
    """Changes that move the whole sample to another day."""
    window = {"from": f"{day}T08:00:00Z", "to": f"{day}T18:00:00Z"}
    return {
        "orders[0].demands[0].possible_events[0].hard_time_window": window,
        "orders[0].demands[1].possible_events[0].hard_time_window": window,
        "performers[0].shifts[0].availability_time": window,
        "performers[0].shifts[0].working_time": window,
        "transports[0].shifts[0].availability_time": window,
    }


@error(
    EntityErrorType.PLANNING_HORIZON_EXCEEDED,
    cause=Text("The earliest and the latest moment of the task are more than 366 days apart.",
               "Между самым ранним и самым поздним моментом задачи больше 366 дней."),
    cure=Text("Correct the odd date, or plan shorter periods one after another.",
              "Исправьте выбивающуюся дату или планируйте более короткие периоды по очереди."),
    example={"transports[0].shifts[0].availability_time.to": "2026-09-10T18:00:00Z"},
    near_miss={"transports[0].shifts[0].availability_time.to": "2026-09-09T08:00:00Z"},
)  # fmt: skip
def planning_horizon_exceeded(view: View) -> Iterator[Issue]:
    """X7: everything the task names lies inside 366 days."""
    if not (view.task.orders or view.task.performers or view.task.transports):
        return
    first, last = view.once(_horizon)
    if last - first > LONGEST_HORIZON:
        yield Issue((places.TASK,), f"{first.isoformat()} – {last.isoformat()}")


@warning(
    EntityWarningType.GEODATA_TIME_WINDOW_VIOLATION,
    cause=Text("The task names a moment more than 10 years from now, where no road data holds.",
               "В задаче есть момент дальше 10 лет от текущего: дорожных данных на него нет."),
    cure=Text("Correct the date, or accept travel times of other years.",
              "Исправьте дату или примите времена в пути других лет."),
    example=_all_windows("2035-09-10"),
    near_miss=_all_windows("2035-09-08"),
    effect=Effect.TOLD,
)  # fmt: skip
def geodata_time_window_violation(view: View) -> Iterator[Issue]:
    """Moments so far away that no road data holds."""
    if not (view.task.orders or view.task.performers or view.task.transports):
        return
    first, last = view.once(_horizon)
    for moment in (first, last):
        if abs(moment - view.limits.now) > ROAD_DATA_YEARS:
            yield Issue((places.TASK,), moment.isoformat())
            return


@warning(
    EntityWarningType.TIME_WINDOW_VIOLATION,
    cause=Text("A time window ends before it starts.",
               "Временное окно заканчивается раньше, чем начинается."),
    cure=Text("Swap or correct the window's borders.", "Поменяйте местами или исправьте границы окна."),
    example={"orders[0].demands[1].possible_events[0].hard_time_window.to": "2025-09-08T07:59:59Z"},
    near_miss={
        "orders[0].demands[1].possible_events[0].hard_time_window.to": "2025-09-08T08:00:00Z",
        "orders[0].demands[1].possible_events[0].duration": None,
    },
)  # fmt: skip
def time_window_violation(view: View) -> Iterator[Issue]:
    """Every window starts before or when it ends."""
    for window, place, owners in _windows(view):
        if window.start > window.end:
            yield Issue((place(*owners),), places.window(window))


def _windows(view: View) -> Iterator[tuple[TimeWindow, Callable[..., Place], tuple[Any, ...]]]:
    """Every window with how to say its place: a place costs more than the comparison."""
    for location in view.task.locations:
        for element in location.timetable:
            yield element.work_window, places.location, (location,)
            yield from ((limit.time_window, places.location, (location,)) for limit in element.limits)
    for owners in view.events():
        event = owners[-1]
        yield event.hard_time_window, places.event, owners
        if event.soft_time_window is not None:
            yield event.soft_time_window, places.event, owners
    for performer, shift in view.performers_with_shifts():
        yield shift.availability_time, places.performer_shift, (performer, shift)
        yield shift.working_time, places.performer_shift, (performer, shift)
    for performer in view.task.performers:
        for window in lifetime_windows(performer.compatibilities.performer_features_lifetimes):
            yield window, places.performer, (performer,)
    for transport, transport_shift in view.transports_with_shifts():
        yield transport_shift.availability_time, places.transport_shift, (transport, transport_shift)
    for transport in view.task.transports:
        for window in lifetime_windows(transport.compatibilities.transport_features_lifetimes):
            yield window, places.transport, (transport,)


@warning(
    EntityWarningType.DURATION_VIOLATION,
    cause=Text("A duration is longer than 30 days.", "Длительность больше 30 дней."),
    cure=Text("Shorten it, or split the work into several demands.",
              "Сократите её или разделите работу на несколько заявок."),
    example={
        "orders[0].demands[1].possible_events[0].duration": "P31D",
        "orders[0].demands[1].possible_events[0].hard_time_window.to": "2025-10-20T08:00:00Z",
    },
    near_miss={
        "orders[0].demands[1].possible_events[0].duration": "P30D",
        "orders[0].demands[1].possible_events[0].hard_time_window.to": "2025-10-20T08:00:00Z",
    },
)  # fmt: skip
def duration_violation(view: View) -> Iterator[Issue]:
    """Services, parking and extra durations last 30 days at most."""
    for duration, place, owners in _durations(view):
        if duration > LONGEST_DURATION:
            yield Issue((place(*owners),), format_duration(duration))


def _durations(view: View) -> Iterator[tuple[int, Callable[..., Place], tuple[Any, ...]]]:
    for location in view.task.locations:
        yield location.arrival_duration, places.location, (location,)
        yield location.departure_duration, places.location, (location,)
    for owners in view.events():
        yield owners[-1].duration, places.event, owners
    for performer in view.task.performers:
        for extra in performer.limits.demand_extra_durations:
            yield extra.additional_duration, places.performer, (performer,)
