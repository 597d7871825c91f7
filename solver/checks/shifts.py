"""Working windows, shifts and lifetimes of features (W1, W2, W7)."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from solver.checks import places
from solver.checks.moments import Span, shift_spans, span
from solver.checks.places import Place
from solver.checks.rules import Effect, Issue, warning
from solver.checks.texts import Text
from solver.checks.view import View
from solver.contract import (
    EntityWarningType,
    FeatureLifetime,
    Performer,
    PerformerShift,
    TimeWindow,
    Transport,
)

T = TypeVar("T")


def touching(items: Iterable[T], window: Callable[[T], TimeWindow]) -> Iterator[T]:
    """Items whose windows start before or when an earlier one ends.

    What is yielded does not count as an earlier one, nor does a window that ends before it starts.
    """
    latest: float | None = None
    rows = [(*span(window(item)), number, item) for number, item in enumerate(items)]
    for start, end, _, item in sorted(rows, key=lambda row: row[:3]):
        if start > end:
            continue
        if latest is not None and start <= latest:
            yield item
        else:
            latest = end


@warning(
    EntityWarningType.LOCATION_WINDOWS_INTERSECTION_VIOLATION,
    cause=Text("Working windows of a location overlap or touch.",
               "Рабочие окна локации пересекаются или соприкасаются."),
    cure=Text("Join them into one window.", "Объедините их в одно окно."),
    example={
        "locations[1].timetable": [
            {"work_window": {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T12:00:00Z"}},
            {"work_window": {"from": "2025-09-08T12:00:00Z", "to": "2025-09-08T18:00:00Z"}},
        ],
    },
    near_miss={
        "locations[1].timetable": [
            {"work_window": {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T12:00:00Z"}},
            {"work_window": {"from": "2025-09-08T12:00:01Z", "to": "2025-09-08T18:00:00Z"}},
        ],
    },
)  # fmt: skip
def location_windows_intersection_violation(view: View) -> Iterator[Issue]:
    """W2: between two working windows the location is closed."""
    for location in view.task.locations:
        for element in touching(location.timetable, lambda item: item.work_window):
            yield Issue((places.location(location),), places.window(element.work_window))


@warning(
    EntityWarningType.PERFORMER_SHIFTS_INTERSECTION_VIOLATION,
    cause=Text("A performer's shift starts before or when an earlier one ends.",
               "Смена исполнителя начинается раньше или в момент окончания предыдущей."),
    cure=Text("Move the shifts apart or join them.", "Разведите смены по времени или объедините их."),
    example={
        "performers[0].shifts[1]": {
            "key": "performer_shift_2",
            "availability_time": {"from": "2025-09-08T18:00:00Z", "to": "2025-09-08T22:00:00Z"},
            "working_time": {"from": "2025-09-08T18:00:00Z", "to": "2025-09-08T22:00:00Z"},
        },
    },
    near_miss={
        "performers[0].shifts[1]": {
            "key": "performer_shift_2",
            "availability_time": {"from": "2025-09-08T18:00:01Z", "to": "2025-09-08T22:00:00Z"},
            "working_time": {"from": "2025-09-08T18:00:01Z", "to": "2025-09-08T22:00:00Z"},
        },
    },
)  # fmt: skip
def performer_shifts_intersection_violation(view: View) -> Iterator[Issue]:
    """Shifts of one performer lie apart; the later of two that do not is cut."""
    for performer in view.task.performers:
        for shift in touching(performer.shifts, lambda item: item.availability_time):
            yield Issue((places.performer_shift(performer, shift),), places.window(shift.availability_time))


@warning(
    EntityWarningType.TRANSPORT_SHIFTS_INTERSECTION_VIOLATION,
    cause=Text("A transport's shift starts before or when an earlier one ends.",
               "Смена транспорта начинается раньше или в момент окончания предыдущей."),
    cure=Text("Move the shifts apart or join them.", "Разведите смены по времени или объедините их."),
    example={
        "transports[0].shifts[1]": {
            "key": "transport_shift_2",
            "availability_time": {"from": "2025-09-08T18:00:00Z", "to": "2025-09-08T22:00:00Z"},
        },
    },
    near_miss={
        "transports[0].shifts[1]": {
            "key": "transport_shift_2",
            "availability_time": {"from": "2025-09-08T18:00:01Z", "to": "2025-09-08T22:00:00Z"},
        },
    },
)  # fmt: skip
def transport_shifts_intersection_violation(view: View) -> Iterator[Issue]:
    """Shifts of one transport lie apart; the later of two that do not is cut."""
    for transport in view.task.transports:
        for shift in touching(transport.shifts, lambda item: item.availability_time):
            yield Issue((places.transport_shift(transport, shift),), places.window(shift.availability_time))


@warning(
    EntityWarningType.SHIFT_RESTRICTIONS_COULD_BE_MORE_PRECISE,
    cause=Text("The working time goes beyond the availability time; only their overlap counts.",
               "Рабочее время выходит за время доступности; учитывается только их пересечение."),
    cure=Text("Keep the working time inside the availability time.",
              "Поместите рабочее время внутрь времени доступности."),
    example={"performers[0].shifts[0].working_time.to": "2025-09-08T18:00:01Z"},
    near_miss={"performers[0].shifts[0].working_time.to": "2025-09-08T17:00:00Z"},
    effect=Effect.TOLD,
)  # fmt: skip
def shift_restrictions_could_be_more_precise(view: View) -> Iterator[Issue]:
    """W1: who works is available."""
    for performer, shift in view.performers_with_shifts():
        if overlap(shift) != shift.working_time:
            windows = (shift.working_time, shift.availability_time)
            detail = " / ".join(places.window(window) for window in windows)
            yield Issue((places.performer_shift(performer, shift),), detail)


def overlap(shift: PerformerShift) -> TimeWindow:
    """The part of the working time in which the performer is available."""
    available, working = shift.availability_time, shift.working_time
    return TimeWindow(start=max(available.start, working.start), end=min(available.end, working.end))


@warning(
    EntityWarningType.FEATURE_LIFETIME_VIOLATION,
    cause=Text("Lifetimes of a feature overlap, or a shift has no moment inside them.",
               "Периоды действия свойства пересекаются, либо смена полностью вне этих периодов."),
    cure=Text("Join the lifetimes, or give the shift's time to one of them.",
              "Объедините периоды или включите в один из них время смены."),
    example={
        "performers[0].compatibilities": {
            "performer_features": ["licence"],
            "performer_features_lifetimes": [{
                "feature": "licence",
                "time_windows": [{"from": "2025-09-08T19:00:00Z", "to": "2025-09-08T20:00:00Z"}],
            }],
        },
    },
    near_miss={
        "performers[0].compatibilities": {
            "performer_features": ["licence"],
            "performer_features_lifetimes": [{
                "feature": "licence",
                "time_windows": [{"from": "2025-09-08T17:00:00Z", "to": "2025-09-08T20:00:00Z"}],
            }],
        },
    },
)  # fmt: skip
def feature_lifetime_violation(view: View) -> Iterator[Issue]:
    """W7: the windows of one feature lie apart, and every shift meets one of them."""
    for performer in view.task.performers:
        features = performer.compatibilities.performer_features_lifetimes
        yield from _lifetimes(view, performer, places.performer(performer), features)
    for transport in view.task.transports:
        features = transport.compatibilities.transport_features_lifetimes
        yield from _lifetimes(view, transport, places.transport(transport), features)


def _lifetimes(
    view: View, owner: Performer | Transport, place: Place, lifetimes: list[FeatureLifetime]
) -> Iterator[Issue]:
    if not lifetimes:
        return
    windows: dict[str, list[TimeWindow]] = {}
    for lifetime in lifetimes:
        valid = [window for window in lifetime.time_windows if window.start <= window.end]
        windows.setdefault(lifetime.feature, []).extend(valid)
    for feature, found in windows.items():
        for window in touching(found, lambda item: item):
            yield Issue((place,), f"{feature}: {places.window(window)}")
    for key, shift_span in shift_spans(view, owner).items():
        for feature, found in windows.items():
            if found and not any(meet(shift_span, span(window)) for window in found):
                yield Issue((places.shift_of(owner, key),), feature)


def meet(one: Span, other: Span) -> bool:
    """Whether two spans have a moment in common."""
    return max(one[0], other[0]) <= min(one[1], other[1])
