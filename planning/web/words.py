"""The dispatcher's words for the codes of the contract and the engine."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

STATUS: Words = {
    "WAITING": _("Waiting"),
    "IN_PROGRESS": _("Planning"),
    "FINISHED_IN_TIME": _("Planned"),
    "FINISHED_OUT_OF_TIME": _("Planned, time used up"),
    "CANCELED": _("Stopped"),
    "CANCELED_BY_TIMEOUT": _("Waited too long"),
    "CANCELED_BY_QUOTA": _("Stopped by quota"),
    "FAILED": _("Failed"),
}

KINDS: Words = {
    "PICKUP": _("pickup"),
    "DROP": _("delivery"),
    "WORK": _("work"),
    "PICKUP_TO_BOX": _("pickup to the end"),
    "DROP_FROM_BOX": _("delivery from the box"),
}

PHASES: Words = {
    "construct": _("Making a first plan"),
    "improve": _("Improving the plan"),
    "report": _("Writing the result"),
}

MEASURES: Words = {
    "mass": _("mass"),
    "volume": _("volume"),
    "capacity_a": _("capacity A"),
    "capacity_b": _("capacity B"),
    "capacity_c": _("capacity C"),
}

CONFIGURATIONS: Words = {
    "optimize_distance": _("Shortest distance"),
    "optimize_transports": _("Fewest trips, then least time"),
    "optimize_cars_then_distance": _("Fewest trips, then distance"),
    "optimize_time": _("Least time"),
    "optimize_cars_then_time": _("Fewest trips, then time"),
    "optimize_money": _("Most profit"),
    "optimize_locality_grouping": _("Compact areas"),
    "visual_grouping": _("Fewest trips, then compact areas"),
    "optimize_visual_grouping": _("Compact areas of even size"),
    "optimize_cars_then_locality_grouping": _("Fewest trips, then compact areas (locality)"),
    "optimize_cars_then_single_location_grouping_sequenced": _("Fewest trips, each place once"),
}
"""Goals by configuration (Z1-Z11), each after planning as many orders as possible."""

WARNINGS: Words = {
    "NO_AVAILABLE_TRANSPORT": _("No vehicle has time for it"),
    "NO_AVAILABLE_PERFORMER": _("No driver has time for it"),
    "NO_COMPATIBLE_TRANSPORT": _("No vehicle suits it"),
    "NO_COMPATIBLE_PERFORMER": _("No driver suits it"),
    "NO_AVAILABLE_ORDER_FOR_TRANSPORT": _("The vehicle has no order in its time"),
    "NO_AVAILABLE_ORDER_FOR_PERFORMER": _("The driver has no order in his time"),
    "NO_COMPATIBLE_ORDER_FOR_TRANSPORT": _("The vehicle suits no order"),
    "NO_COMPATIBLE_ORDER_FOR_PERFORMER": _("The driver suits no order"),
    "PICKUP_AND_DROP_VIOLATION": _("A cargo needs exactly one loading and one unloading"),
    "PICKUP_AND_DROP_VIOLATION_PRECEDENCE_IN_ORDER": _("Unloading comes before loading in the order"),
    "PICKUP_AND_DROP_VIOLATION_PRECEDENCE_IN_TRIP": _("Unloading comes before loading in the trip"),
    "VIOLATION_PRECEDENCE_IN_TRIP_AND_ORDER": _("The sequences in trip and order contradict each other"),
    "TIME_WINDOW_VIOLATION": _("A time window ends before it starts"),
    "DURATION_VIOLATION": _("A duration is negative or too long"),
    "ORDER_WINDOWS_INTERSECTION_VIOLATION": _("The soft window lies outside the hard one"),
    "PERFORMER_SHIFTS_INTERSECTION_VIOLATION": _("The driver's shifts overlap"),
    "TRANSPORT_SHIFTS_INTERSECTION_VIOLATION": _("The vehicle's shifts overlap"),
    "LOCATION_WINDOWS_INTERSECTION_VIOLATION": _("The location's opening hours overlap"),
    "NO_TRANSPORT_BOXES": _("The vehicle has no box"),
    "MAX_CAPACITY_VIOLATION": _("The vehicle's total capacity contradicts its boxes"),
    "MAX_BOXES_VIOLATION": _("The limit of boxes contradicts the boxes"),
    "TOO_MANY_CARGOS_FOR_DROP_VIOLATION": _("A delivery unloads more than one cargo"),
    "EMPTY_CARGOES_LIST": _("A pickup or delivery names no cargo"),
    "CARGO_WORK_VIOLATION": _("Work names a cargo"),
    "GEODATA_TIME_WINDOW_VIOLATION": _("The date is too far away for road data"),
    "SHIFT_RESTRICTIONS_COULD_BE_MORE_PRECISE": _("Working time exceeds the time of availability"),
    "DURATION_DOES_NOT_FIT_INTO_HARD_WINDOW": _("The service is longer than its hard window"),
    "DURATION_DOES_NOT_FIT_INTO_SOFT_WINDOW": _("The service is longer than its soft window"),
    "EXTRA_DURATION_DOES_NOT_FIT_INTO_SOFT_WINDOW": _(
        "With the extra time the service is longer than its soft window"
    ),
    "MAX_CALCULATION_TIME_VIOLATION": _("The calculation time was cut to the server's limit"),
    "MAX_WAITING_TIME_VIOLATION": _("The waiting time was cut to the server's limit"),
    "INVALID_HARDLINK": _("The hardlink cannot be kept"),
    "CARGO_BOX_VIOLATION": _("The cargo suits no box"),
    "CARGO_MULTIBOX_VIOLATION": _("The order's cargos suit no set of boxes"),
    "CARGO_CAPACITY_VIOLATION": _("The cargo is larger than every box"),
    "CARGO_ORDER_VIOLATION": _("A demand names a cargo of another order"),
    "FEATURE_LIFETIME_VIOLATION": _("The life time of a tag contradicts itself"),
    "QUOTA_EXCEEDED": _("The task is larger than the quota"),
    "MAX_LOCATIONS_LIMITS_PENALTY_EXCEEDED": _("The locations' limits are exceeded"),
    "REMOVED_ITEMS_NOT_EMPTY": _("Parts of the task were cut out"),
    "INCOMPATIBLE_REQUIREMENTS": _("Some requirements do not go together"),
}

ERRORS: Words = {
    "INCONSISTENT_REFERENCE": _("A key leads nowhere"),
    "UNIQUE_IDS_VIOLATION": _("A key is used twice"),
    "INVALID_ROUTING_MATRIX": _("The distance matrix does not fit the task"),
    "INVALID_GEO_PROVIDER": _("The road data source is unknown or unavailable"),
    "COMPATIBILITY_CARGO_BOX": _("No cargo suits any box"),
    "COMPATIBILITY_TRANSPORT_PERFORMER": _("No driver suits any vehicle"),
    "COMPATIBILITY_TRANSPORT_LOCATION": _("No vehicle suits any location"),
    "COMPATIBILITY_ORDER_PERFORMER": _("No driver suits any order"),
    "INCONSISTENT_HARDLINK": _("Hardlinks contradict each other"),
    "PLANNING_HORIZON_EXCEEDED": _("The task spans too long a time"),
    "MEANINGLESS_RESTRICTIONS": _("The settings contradict each other"),
    "LOCATION_LIMITS_VIOLATION": _("A location's limits contradict each other"),
    "TOO_MANY_WARNINGS": _("Too many warnings"),
}

ENTITIES: Words = {
    "TASK": _("task"),
    "SETTINGS": _("settings"),
    "ORDER": _("order"),
    "PERFORMER": _("driver"),
    "TRANSPORT": _("vehicle"),
    "HARDLINK": _("hardlink"),
    "LOCATION": _("location"),
    "BOX": _("box"),
    "TRIP": _("trip"),
    "CARGO": _("cargo"),
    "DEMAND": _("demand"),
    "EVENT": _("event"),
    "PERFORMER_SHIFT": _("driver's shift"),
    "TRANSPORT_SHIFT": _("vehicle's shift"),
    "FACT": _("fact"),
}

TABLES: dict[str, Words] = {
    "status": STATUS,
    "phase": PHASES,
    "kind": KINDS,
    "configuration": CONFIGURATIONS,
    "warning": WARNINGS,
    "error": ERRORS,
}

DEFAULT_CONFIGURATION = "optimize_distance"
"""What the value `default` stands for (Z1)."""


def of(table: str, code: str) -> str:
    """The words for a code; a code without words is shown as it is, made readable."""
    if table == "configuration" and code in {"", "default"}:
        code = DEFAULT_CONFIGURATION
    known = TABLES[table].get(code)
    return str(known) if known is not None else capfirst(code.replace("_", " ").lower())


def entity(kind: str) -> str:
    """The words for an entity type; a link to an entity is called as the entity."""
    known = ENTITIES.get(kind.removesuffix("_LINK"))
    return str(known) if known is not None else kind.lower()
