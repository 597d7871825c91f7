"""Windows and durations of possible events (W2, W4, W5)."""

from collections.abc import Iterable, Iterator

from solver.checks import places
from solver.checks.moments import seconds
from solver.checks.rules import Effect, Issue, warning
from solver.checks.texts import Text
from solver.checks.view import View
from solver.contract import Demand, EntityWarningType, Order, PossibleEvent, TimeWindow
from solver.contract.duration import format_duration


@warning(
    EntityWarningType.ORDER_WINDOWS_INTERSECTION_VIOLATION,
    cause=Text("The soft window goes beyond the hard one.", "Мягкое окно выходит за границы жёсткого."),
    cure=Text("Keep the soft window inside the hard one.", "Поместите мягкое окно внутрь жёсткого."),
    example={
        "orders[0].demands[1].possible_events[0].soft_time_window":
            {"from": "2025-09-08T07:00:00Z", "to": "2025-09-08T12:00:00Z"},
    },
    near_miss={
        "orders[0].demands[1].possible_events[0].soft_time_window":
            {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T12:00:00Z"},
    },
)  # fmt: skip
def order_windows_intersection_violation(view: View) -> Iterator[Issue]:
    """W5: a soft window lies inside its hard window."""
    for order, demand, event in _events_with_windows_of_their_own(view):
        soft, hard = event.soft_time_window, event.hard_time_window
        if soft is not None and (soft.start < hard.start or soft.end > hard.end):
            yield Issue(
                (places.event(order, demand, event),), f"{places.window(soft)} / {places.window(hard)}"
            )


def _events_with_windows_of_their_own(view: View) -> Iterable[tuple[Order, Demand, PossibleEvent]]:
    """Events, unless all get the same window anyway (A1)."""
    return () if view.assumptions.same_order_time_window else view.events()


@warning(
    EntityWarningType.DURATION_DOES_NOT_FIT_INTO_HARD_WINDOW,
    cause=Text("The event's duration does not fit into its hard window.",
               "Длительность события не помещается в его жёсткое окно."),
    cure=Text("Widen the hard window or shorten the duration.",
              "Расширьте жёсткое окно или сократите длительность."),
    example={"orders[0].demands[1].possible_events[0].duration": "PT10H1S"},
    near_miss={"orders[0].demands[1].possible_events[0].duration": "PT10H"},
)  # fmt: skip
def duration_does_not_fit_into_hard_window(view: View) -> Iterator[Issue]:
    """W2: a service lies inside its hard window."""
    for order, demand, event in _events_with_windows_of_their_own(view):
        if 0 <= seconds(event.hard_time_window) < event.duration:
            yield _too_short(order, demand, event, event.duration, event.hard_time_window)


@warning(
    EntityWarningType.DURATION_DOES_NOT_FIT_INTO_SOFT_WINDOW,
    cause=Text("The event's duration does not fit into its soft window, which will be violated.",
               "Длительность события не помещается в его мягкое окно, и оно будет нарушено."),
    cure=Text("Widen the soft window or shorten the duration.",
              "Расширьте мягкое окно или сократите длительность."),
    example={
        "orders[0].demands[1].possible_events[0].soft_time_window":
            {"from": "2025-09-08T09:00:00Z", "to": "2025-09-08T09:09:59Z"},
    },
    near_miss={
        "orders[0].demands[1].possible_events[0].soft_time_window":
            {"from": "2025-09-08T09:00:00Z", "to": "2025-09-08T09:10:00Z"},
    },
    effect=Effect.TOLD,
)  # fmt: skip
def duration_does_not_fit_into_soft_window(view: View) -> Iterator[Issue]:
    """W5: a service that cannot keep its soft window."""
    for order, demand, event in _events_with_windows_of_their_own(view):
        soft = event.soft_time_window
        if soft is not None and 0 <= seconds(soft) < event.duration:
            yield _too_short(order, demand, event, event.duration, soft)


@warning(
    EntityWarningType.EXTRA_DURATION_DOES_NOT_FIT_INTO_SOFT_WINDOW,
    cause=Text("With a performer's extra duration the event does not fit into its soft window.",
               "С дополнительным временем исполнителя событие не помещается в его мягкое окно."),
    cure=Text("Widen the soft window, or let another performer serve the demand.",
              "Расширьте мягкое окно или поручите заявку другому исполнителю."),
    example={
        "orders[0].demands[1].possible_events[0].soft_time_window":
            {"from": "2025-09-08T09:00:00Z", "to": "2025-09-08T09:15:00Z"},
        "performers[0].limits.demand_extra_durations":
            [{"demand_key": "drop_1", "additional_duration": "PT6M"}],
    },
    near_miss={
        "orders[0].demands[1].possible_events[0].soft_time_window":
            {"from": "2025-09-08T09:00:00Z", "to": "2025-09-08T09:15:00Z"},
        "performers[0].limits.demand_extra_durations":
            [{"demand_key": "drop_1", "additional_duration": "PT5M"}],
    },
    effect=Effect.TOLD,
)  # fmt: skip
def extra_duration_does_not_fit_into_soft_window(view: View) -> Iterator[Issue]:
    """W4, W5: a service that fits its soft window, but not with every performer."""
    for order, demand, event in _events_with_windows_of_their_own(view):
        soft, extra = event.soft_time_window, view.extra_durations.get(demand.key, 0)
        if soft is not None and event.duration <= seconds(soft) < event.duration + extra:
            yield _too_short(order, demand, event, event.duration + extra, soft)


def _too_short(
    order: Order, demand: Demand, event: PossibleEvent, duration: int, window: TimeWindow
) -> Issue:
    return Issue(
        (places.event(order, demand, event),), f"{format_duration(duration)} / {places.window(window)}"
    )
