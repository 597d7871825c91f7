"""Sheet summary: the plan at a glance, for people; it is not read back."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from planning.xlsx.cells import Clock
from planning.xlsx.styles import (
    COUNT_FORMAT,
    DURATION_FORMAT,
    KILOMETRE_FORMAT,
    MOMENT_FORMAT,
    MONEY_FORMAT,
    SHARE_FORMAT,
    Styles,
    prepare_print,
)
from solver.contract.duration import parse_duration

NAME = "summary"

Line = tuple[str, Any, str]
"""What is told, the value, its number format."""


def write_summary(book: Any, styles: Styles, data: Mapping[str, Any], clock: Clock) -> None:
    """Write the sheet: figures of the task and the plan, then a line a trip."""
    page = book.add_worksheet(NAME)
    page.hide_gridlines(2)
    page.set_column(0, 3, 24)
    page.set_column(4, 10, 16)
    page.set_column(11, 11, 42)
    formats = {code: styles.add(num_format=code, align="left") for code in ("General", MOMENT_FORMAT)}
    formats |= {
        code: styles.add(num_format=code)
        for code in (COUNT_FORMAT, KILOMETRE_FORMAT, MONEY_FORMAT, SHARE_FORMAT, DURATION_FORMAT)
    }
    page.write_string(0, 0, data.get("dataset_name") or _("Plan"), styles.heading)
    row = 2
    for label, value, code in (*_task_lines(data, clock), *_plan_lines(data)):
        page.write_string(row, 0, label, styles.key)
        page.write(row, 1, value, formats[code])
        row += 1
    prepare_print(page)
    trips = list(_trip_lines(data, clock))
    if not trips:
        return
    row += 1
    last = len(trips[0]) - 1  # a text beside a number, which would touch it
    for number, (label, value, _code) in enumerate(trips[0]):
        title = styles.title if isinstance(value, str | datetime) else styles.number_title
        page.write_string(row, number, label, styles.apart_title if number == last else title)
    page.autofilter(row, 0, row + len(trips), last)
    for line in trips:
        row += 1
        for number, (_label, value, code) in enumerate(line):
            if isinstance(value, str):
                page.write_string(row, number, value, styles.apart if number == last else styles.plain)
            elif value is not None:
                page.write(row, number, value, formats[code])


def _task_lines(data: Mapping[str, Any], clock: Clock) -> Iterator[Line]:
    yield _("Time zone"), f"UTC{clock.offset}", "General"
    for name, label in (
        ("orders", _("Orders")),
        ("locations", _("Locations")),
        ("performers", _("Performers")),
        ("transports", _("Transports")),
    ):
        yield label, len(data.get(name) or ()), COUNT_FORMAT


def _plan_lines(data: Mapping[str, Any]) -> Iterator[Line]:
    statistics = data.get("statistics")
    if not statistics:
        return
    total = statistics["total_statistics"]
    measured = total["measurements"]
    yield _("Planned orders"), total["plan_orders_count"], COUNT_FORMAT
    yield _("Orders on waitlists"), total["waitlist_orders_count"], COUNT_FORMAT
    yield _("Trips"), total["trips_count"], COUNT_FORMAT
    yield _("Stops"), total["stops_count"], COUNT_FORMAT
    yield _("Distance, km"), measured["distance"] / 1000, KILOMETRE_FORMAT
    yield _("Driving"), _days(measured["driving_time"]), DURATION_FORMAT
    yield _("Services"), _days(measured["working_time"]), DURATION_FORMAT
    yield _("Waiting"), _days(measured["waiting_time"]), DURATION_FORMAT
    yield _("Cost"), total["cost"], MONEY_FORMAT
    yield _("Reward"), total["reward"], MONEY_FORMAT


def _trip_lines(data: Mapping[str, Any], clock: Clock) -> Iterator[list[Line]]:
    names = {
        kind: {item["key"]: item.get("name") or item["key"] for item in data.get(kind) or ()}
        for kind in ("performers", "transports")
    }
    told = (data.get("statistics") or {}).get("trips_statistics") or ()
    figures = {trip["trip_key"]: trip["general_statistics"] for trip in told}
    for trip in data.get("trips") or ():
        performer, transport = trip["performer"], trip["transport"]
        figure = figures.get(trip["key"])
        yield [
            (_("Performer"), _named(names["performers"], performer["performer_key"]), "General"),
            (_("Transport"), _named(names["transports"], transport["transport_key"]), "General"),
            (_("Start"), _wall(performer["shift_time"]["from"], clock), MOMENT_FORMAT),
            (_("Finish"), _wall(performer["shift_time"]["to"], clock), MOMENT_FORMAT),
            *_figures(figure),
            (_("Trip"), trip["key"], "General"),
        ]


def _figures(figure: dict[str, Any] | None) -> Iterator[Line]:
    measured = figure["measurements"] if figure else {}
    yield _("Orders"), figure and figure["orders_count"], COUNT_FORMAT
    yield _("Stops"), figure and figure["stops_count"], COUNT_FORMAT
    yield _("Distance, km"), figure and measured["distance"] / 1000, KILOMETRE_FORMAT
    yield _("Driving"), figure and _days(measured["driving_time"]), DURATION_FORMAT
    yield _("Mass on board"), figure and figure["max_transport_load"]["mass"], SHARE_FORMAT
    yield _("Volume on board"), figure and figure["max_transport_load"]["volume"], SHARE_FORMAT
    yield _("Cost"), figure and figure["cost"], MONEY_FORMAT


def _named(names: dict[str, str], key: str) -> str:
    return names.get(key, key)


def _days(duration: str) -> float:
    return parse_duration(duration) / 86_400


def _wall(moment: str, clock: Clock) -> datetime:
    return clock.local(datetime.fromisoformat(moment))
