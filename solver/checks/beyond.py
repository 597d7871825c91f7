"""Types that no check of the task alone can find, and those about the findings themselves."""

from solver.checks.rules import Effect, elsewhere
from solver.checks.texts import Text
from solver.contract import EntityErrorType, EntityWarningType

elsewhere(
    EntityErrorType.TOO_MANY_WARNINGS,
    cause=Text("There are more than 15001 warnings.", "Предупреждений больше 15001."),
    cure=Text("Correct what most of them have in common, and try again.",
              "Исправьте то, что у большинства из них общее, и повторите запрос."),
    effect=Effect.REFUSES,
    note=Text("Counted after all checks.", "Подсчитывается после всех проверок."),
)  # fmt: skip
elsewhere(
    EntityWarningType.REMOVED_ITEMS_NOT_EMPTY,
    cause=Text("Entities were cut from the task; removed_items lists them.",
               "Из задачи вырезаны сущности; они перечислены в removed_items."),
    cure=Text("See the other warnings for the reasons.", "Причины указаны в остальных предупреждениях."),
    effect=Effect.TOLD,
    note=Text("Added after all checks.", "Добавляется после всех проверок."),
    example={"orders[0].cargos[0].capacity.mass": 10.5},
)  # fmt: skip
elsewhere(
    EntityWarningType.MAX_LOCATIONS_LIMITS_PENALTY_EXCEEDED,
    cause=Text("The plan's penalty for location limits is over max_locations_limits_penalty.",
               "Штраф плана за лимиты локаций больше max_locations_limits_penalty."),
    cure=Text("Allow a higher penalty, widen the limits, or give the calculation more time.",
              "Разрешите больший штраф, ослабьте лимиты или дайте расчёту больше времени."),
    effect=Effect.TOLD,
    note=Text("Found by a calculation, in its plan.", "Обнаруживается расчётом в готовом плане."),
    example={
        "plan_settings.trips_settings.assumptions.disable_location_limits": False,
        "locations[1].timetable": [{
            "work_window": {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"},
            "limits": [{
                "key": "limit_1",
                "time_window": {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"},
                "max_cargos": [{
                    "capacity": {"mass": 1, "volume": 1, "capacity_a": 1, "capacity_b": 1, "capacity_c": 1},
                    "penalty": {"mass": 1, "volume": 1, "capacity_a": 1, "capacity_b": 1, "capacity_c": 1},
                }],
            }],
        }],
    },
)  # fmt: skip
elsewhere(
    EntityWarningType.QUOTA_EXCEEDED,
    cause=Text("The task has more points than the quota allows; a calculation would be refused.",
               "В задаче больше точек, чем разрешает квота; расчёт будет отклонён."),
    cure=Text("Plan fewer demands, or ask for a larger quota.",
              "Планируйте меньше заявок или запросите большую квоту."),
    effect=Effect.TOLD,
    note=Text("Told by validation and refining, where the user's quota is known; the sample has two points.",
              "Сообщается при проверке и очистке, где известна квота пользователя; в образце две точки."),
)  # fmt: skip
