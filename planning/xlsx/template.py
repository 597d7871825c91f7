"""The empty workbook a dispatcher starts from: every column, help, and a small example (F5)."""

from io import BytesIO
from typing import Any

from planning.xlsx.cells import Clock
from planning.xlsx.guide import write_help
from planning.xlsx.pages import Pages
from planning.xlsx.sheet import Area
from planning.xlsx.sheets import SHEETS, plan_settings
from planning.xlsx.writer import new_book

TIMEZONE = 3


def write_template() -> bytes:
    """The template as an XLSX file.

    It has every sheet and column of a task with comments and drop-down lists, and a small day that can be
    planned as it is: two deliveries and a service from one depot.
    """
    stream = BytesIO()
    book = new_book(stream)
    pages, data = Pages(book, Clock(TIMEZONE), every_column=True), example()
    sheets = [
        sheet
        for sheet in SHEETS
        if (sheet.area is Area.TASK and sheet.always) or sheet is plan_settings.SHEET
    ]
    pages.info({"dataset_name": data["dataset_name"]})
    write_help(book, pages.styles, sheets)
    for sheet in sheets:
        pages.sheet(sheet, data)
    pages.lists_page()
    book.close()
    return stream.getvalue()


def example() -> dict[str, Any]:
    """The day in the template, as a plan task with the contract's names."""
    return {
        "locations": [
            _location("depot", 55.6858, 37.4318, "Depot", window=("07:00", "21:00")),
            _location("client-1", 55.7137, 37.6218, "First client"),
            _location("client-2", 55.6307, 37.6249, "Second client"),
            _location("client-3", 55.7228, 37.6750, "Third client", window=("10:00", "16:00")),
        ],
        "orders": [
            _delivery("order-1", "client-1", ("09:00", "13:00"), mass=12.5, volume=0.2),
            _delivery("order-2", "client-2", ("12:00", "18:00"), mass=40.0, volume=0.6),
            {
                "key": "order-3",
                "demands": [_demand("order-3", "WORK", "client-3", "PT45M", ("10:00", "16:00"))],
                "compatibilities": {"performer_restrictions": ["electrician"]},
                "name": "Service",
            },
        ],
        "performers": [
            {
                "key": "performer-1",
                "shifts": [_shift("performer-1", working_time=_window("08:00", "18:00"))],
                "compatibilities": {"performer_features": ["electrician"]},
                "name": "Ivan Petrov",
            }
        ],
        "transports": [
            {
                "key": "transport-1",
                "shifts": [_shift("transport-1")],
                "transport_type": "TRUCK_1500",
                "boxes": [{"key": "transport-1-box", "capacity": {"mass": 1500.0, "volume": 10.0}}],
                "name": "Van",
            }
        ],
        "plan_settings": {
            "trips_settings": {"configuration": "optimize_distance"},
            "calculation_settings": {"max_calculation_time": "PT2M", "result_timezone": TIMEZONE},
        },
        "dataset_name": "Example",
    }


def _window(start: str, end: str) -> dict[str, str]:
    zone = f"{TIMEZONE:+03d}:00"
    return {"from": f"2026-06-17T{start}:00{zone}", "to": f"2026-06-17T{end}:00{zone}"}


def _location(
    key: str, latitude: float, longitude: float, name: str, window: tuple[str, str] | None = None
) -> dict[str, Any]:
    return {
        "key": key,
        "geopoint": {"latitude": latitude, "longitude": longitude},
        "arrival_duration": "PT5M",
        "timetable": [{"work_window": _window(*window)}] if window else [],
        "name": name,
    }


def _delivery(
    key: str, location: str, hours: tuple[str, str], *, mass: float, volume: float
) -> dict[str, Any]:
    cargo = f"{key}-cargo"
    return {
        "key": key,
        "demands": [
            _demand(key, "PICKUP", "depot", "PT2M", ("07:00", "21:00"), cargo),
            _demand(key, "DROP", location, "PT10M", hours, cargo),
        ],
        "cargos": [{"key": cargo, "capacity": {"mass": mass, "volume": volume}}],
        "name": "Delivery",
    }


def _demand(
    order: str, kind: str, location: str, duration: str, hours: tuple[str, str], *cargos: str
) -> dict[str, Any]:
    key = f"{order}-{kind.lower()}"
    event = {
        "key": f"{key}-event",
        "location_key": location,
        "duration": duration,
        "hard_time_window": _window(*hours),
    }
    return {"key": key, "demand_type": kind, "target_cargos": list(cargos), "possible_events": [event]}


def _shift(owner: str, **more: Any) -> dict[str, Any]:
    return {
        "key": f"{owner}-shift",
        "availability_time": _window("08:00", "18:00"),
        "start_location_key": "depot",
        "finish_location_key": "depot",
        "tariff": {"cost_per_shift": 1000.0},
        **more,
    }
