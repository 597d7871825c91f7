"""Settings: what they ask for, and what the server allows (Z13)."""

from collections.abc import Iterator

from solver.checks import places
from solver.checks.engines import ENGINE_ATTRIBUTE, shortcomings
from solver.checks.rules import Effect, Issue, error, warning
from solver.checks.texts import Text
from solver.checks.view import View
from solver.contract import EntityErrorType, EntityWarningType
from solver.contract.duration import format_duration

CONFIGURATIONS = (
    "default",
    "optimize_distance",
    "optimize_transports",
    "optimize_cars_then_distance",
    "optimize_time",
    "optimize_cars_then_time",
    "optimize_money",
    "optimize_locality_grouping",
    "visual_grouping",
    "optimize_visual_grouping",
    "optimize_cars_then_locality_grouping",
    "optimize_cars_then_single_location_grouping_sequenced",
)
"""Names a task may give as its configuration (Z1-Z11)."""


@error(
    EntityErrorType.MEANINGLESS_RESTRICTIONS,
    cause=Text("The settings ask for what does not exist: a configuration, an extension, a capable engine.",
               "Настройки требуют несуществующего: конфигурации, расширения, подходящего движка."),
    cure=Text("Use a known configuration, leave enable_extension false and the engine to the service.",
              "Укажите известную конфигурацию, enable_extension равным false, не выбирайте движок."),
    example={"plan_settings.trips_settings.configuration": "optimize_everything"},
    near_miss={"plan_settings.trips_settings.configuration": "optimize_money"},
)  # fmt: skip
def meaningless_restrictions(view: View) -> Iterator[Issue]:
    """Z13; an address in a task is never fetched."""
    configuration = view.task.plan_settings.trips_settings.configuration
    if configuration not in CONFIGURATIONS:
        detail = f"{configuration}; {', '.join(CONFIGURATIONS)}"
        yield Issue((places.settings("configuration"),), detail)
    if view.task.plan_settings.extension_settings.enable_extension:
        yield Issue((places.settings("enable_extension"),), "true")
    for shortcoming in shortcomings(view):
        yield Issue((places.settings(ENGINE_ATTRIBUTE),), shortcoming)


@error(
    EntityErrorType.INVALID_GEO_PROVIDER,
    cause=Text("The geo provider is unknown or not available.", "Геопровайдер неизвестен или недоступен."),
    cure=Text("Name one of the providers of this server, or set flight_distance.",
              "Укажите один из провайдеров этого сервера или включите flight_distance."),
    example={"plan_settings.geo_settings.geo_provider": "nowhere"},
    near_miss={
        "plan_settings.geo_settings.geo_provider": "nowhere",
        "plan_settings.geo_settings.flight_distance": True,
    },
)  # fmt: skip
def invalid_geo_provider(view: View) -> Iterator[Issue]:
    """T1: a provider that is asked for distances exists."""
    geo, known = view.task.plan_settings.geo_settings, view.limits.geo_providers
    asked = not (geo.flight_distance or view.task.external_routing)
    if asked and known is not None and geo.geo_provider not in known:
        yield Issue((places.settings("geo_provider"),), f"{geo.geo_provider}; {', '.join(sorted(known))}")


@warning(
    EntityWarningType.MAX_CALCULATION_TIME_VIOLATION,
    cause=Text("max_calculation_time is over the server's ceiling and is cut to it.",
               "max_calculation_time больше предела сервера и уменьшается до него."),
    cure=Text("Ask for less time.", "Запросите меньше времени."),
    example={"plan_settings.calculation_settings.max_calculation_time": "PT1H1S"},
    near_miss={"plan_settings.calculation_settings.max_calculation_time": "PT1H"},
    effect=Effect.TOLD,
)  # fmt: skip
def max_calculation_time_violation(view: View) -> Iterator[Issue]:
    """Time a calculation may take."""
    asked = view.task.plan_settings.calculation_settings.max_calculation_time
    return _over("max_calculation_time", asked, view.limits.max_calculation_seconds)


@warning(
    EntityWarningType.MAX_WAITING_TIME_VIOLATION,
    cause=Text("max_waiting_time is over the server's ceiling and is cut to it.",
               "max_waiting_time больше предела сервера и уменьшается до него."),
    cure=Text("Ask for less time.", "Запросите меньше времени."),
    example={"plan_settings.calculation_settings.max_waiting_time": "PT1H1S"},
    near_miss={"plan_settings.calculation_settings.max_waiting_time": "PT1H"},
    effect=Effect.TOLD,
)  # fmt: skip
def max_waiting_time_violation(view: View) -> Iterator[Issue]:
    """Time a calculation may wait in the queue."""
    asked = view.task.plan_settings.calculation_settings.max_waiting_time
    return _over("max_waiting_time", asked, view.limits.max_waiting_seconds)


def _over(name: str, asked: int, ceiling: int | None) -> Iterator[Issue]:
    if ceiling is not None and asked > ceiling:
        yield Issue((places.settings(name),), f"{format_duration(asked)} > {format_duration(ceiling)}")


@warning(
    EntityWarningType.INCOMPATIBLE_REQUIREMENTS,
    cause=Text("Location limits and soft time windows are asked for together; neither may be kept well.",
               "Одновременно заданы лимиты локаций и мягкие окна; то и другое может соблюдаться хуже."),
    cure=Text("Set disable_location_limits, or take the soft windows out.",
              "Включите disable_location_limits или уберите мягкие окна."),
    example={
        "plan_settings.trips_settings.assumptions.disable_location_limits": False,
        "orders[0].demands[1].possible_events[0].soft_time_window":
            {"from": "2025-09-08T09:00:00Z", "to": "2025-09-08T10:00:00Z"},
        "locations[0].timetable": [{
            "work_window": {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"},
            "limits": [{
                "key": "limit_1",
                "time_window": {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"},
                "max_transports": [{"count": 2, "penalty": 100}],
            }],
        }],
    },
    near_miss={
        "orders[0].demands[1].possible_events[0].soft_time_window":
            {"from": "2025-09-08T09:00:00Z", "to": "2025-09-08T10:00:00Z"},
        "locations[0].timetable": [{
            "work_window": {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"},
            "limits": [{
                "key": "limit_1",
                "time_window": {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"},
                "max_transports": [{"count": 2, "penalty": 100}],
            }],
        }],
    },
    effect=Effect.TOLD,
)  # fmt: skip
def incompatible_requirements(view: View) -> Iterator[Issue]:
    """Y, W5: limits that count, beside soft windows."""
    if view.assumptions.disable_location_limits:
        return
    limited = any(element.limits for item in view.task.locations for element in item.timetable)
    if limited and any(event.soft_time_window is not None for _, _, event in view.events()):
        yield Issue((places.settings("disable_location_limits"),))
