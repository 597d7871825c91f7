"""The sheets of the workbook, in their order (F1)."""

from planning.xlsx.sheet import Sheet
from planning.xlsx.sheets import boxes, cargos, info, locations, orders, performers, plan_settings, transports

INFO = info.SHEET

SHEETS: tuple[Sheet, ...] = (
    locations.SHEET,
    performers.SHEET,
    transports.SHEET,
    boxes.SHEET,
    orders.SHEET,
    cargos.SHEET,
    plan_settings.SHEET,
)
