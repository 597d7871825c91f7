"""The sheets of the workbook, in their order (F1)."""

from planning.xlsx.sheet import Sheet
from planning.xlsx.sheets import (
    actualize_settings,
    boxes,
    cargos,
    external_routing,
    facts,
    hardlinks,
    info,
    locations,
    locations_statistics,
    orders,
    performers,
    plan_settings,
    quality,
    replan_settings,
    roundtrips,
    stops,
    task_statistics,
    total_statistics,
    transports,
    trip_states,
    trips,
    trips_statistics,
)

INFO = info.SHEET

SHEETS: tuple[Sheet, ...] = tuple(
    module.SHEET
    for module in (
        locations,
        performers,
        transports,
        boxes,
        orders,
        cargos,
        hardlinks,
        trips,
        trip_states,
        facts,
        plan_settings,
        actualize_settings,
        replan_settings,
        total_statistics,
        trips_statistics,
        stops,
        roundtrips,
        locations_statistics,
        task_statistics,
        quality,
        external_routing,
    )
)
