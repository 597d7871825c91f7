"""Objects of the sheets put together to the model."""

from collections import defaultdict
from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _

from planning.fields import fields_of
from planning.xlsx.grids import Grid, GridRow, grid_place
from planning.xlsx.reading import Reading
from planning.xlsx.rows import Entity, Json, fill_required, object_at
from planning.xlsx.sheet import Role, Sheet
from planning.xlsx.sheets import SHEETS, external_routing
from solver.contract import PlanStatistics

Found = dict[str, list[Entity]]


def assemble(reading: Reading, found: Found, grids: dict[Grid, list[GridRow]]) -> None:
    """Put the objects of each sheet, by its name, into the reading's data and tell what does not fit."""
    for sheet in SHEETS:
        if sheet.role in (Role.LIST, Role.SINGLE):
            _take(reading, sheet, found.get(sheet.name))
    for sheet in SHEETS:
        if sheet.role is Role.JOINED:
            _join(reading, sheet, found.get(sheet.name, []))
        elif sheet.role is Role.PART:
            _complete(reading, sheet, found.get(sheet.name, []))
    for grid, rows in grids.items():
        _fill_grid(reading, grid, rows)
    if "statistics" in reading.data:
        for field in fields_of(PlanStatistics):
            if field.depth:
                reading.data["statistics"].setdefault(field.name, [])


def _take(reading: Reading, sheet: Sheet, entities: list[Entity] | None) -> None:
    """Put the objects of a sheet at their place."""
    *path, name = sheet.place.split(".")
    if not entities:
        return
    holder = object_at(reading.data, tuple(path))
    holder[name] = [entity.item for entity in entities] if sheet.many else entities[0].item
    for index, entity in enumerate(entities):
        _remember(reading, sheet, f"{sheet.place}[{index}]" if sheet.many else sheet.place, entity)


def _remember(reading: Reading, sheet: Sheet, base: str, entity: Entity, *, whole: bool = True) -> None:
    rows = entity.rows.items()
    reading.knows_rows(sheet, ((base + path, row) for path, row in rows if path or whole))


def _items(reading: Reading, place: str) -> list[Json]:
    found: Any = reading.data
    for name in place.split("."):
        found = found.get(name, {})
    return found or []


def _join(reading: Reading, sheet: Sheet, entities: list[Entity]) -> None:
    """Put the objects of a sheet into those that name their keys."""
    owners, name = sheet.place.split(".")
    by_key = {(entity.parent, entity.item.get(sheet.key)): entity for entity in entities}
    used: set[int] = set()
    for index, owner in enumerate(_items(reading, owners)):
        base = f"{owners}[{index}].{name}"
        named: list[Json] = []
        for key in owner.pop(name, []):
            entity = by_key.get((owner.get("key", ""), key)) or by_key.get(("", key))
            if entity is None:
                message = _("%(key)s is not on the sheet %(sheet)s") % {"key": key, "sheet": sheet.name}
                reading.tell(reading.locate(f"{base}.key"), message)
                continue
            _remember(reading, sheet, f"{base}[{len(named)}]", entity)
            named.append(deepcopy(entity.item) if id(entity) in used else entity.item)
            used.add(id(entity))
        if named:
            owner[name] = named
    for entity in entities:
        if id(entity) not in used:
            _tell_orphan(reading, sheet, owners, entity)


def _tell_orphan(reading: Reading, sheet: Sheet, owners: str, entity: Entity) -> None:
    if sheet.key in entity.item:
        message = _("no row of the sheet %(sheet)s names this key") % {"sheet": owners}
        reading.tell(reading.place(sheet, entity.rows[""], sheet.key), message)


def _complete(reading: Reading, sheet: Sheet, entities: list[Entity]) -> None:
    """Give the objects of another sheet what this one tells of them."""
    main = next(other for other in SHEETS if other.role is Role.LIST and other.place == sheet.place)
    owners = _items(reading, sheet.place)
    indices = {owner.get(sheet.key): index for index, owner in enumerate(owners)}
    for entity in entities:
        index = indices.get(entity.item.get(sheet.key))
        if index is None:
            _tell_orphan(reading, sheet, main.name, entity)
            continue
        for group in sheet.group.groups:
            name = group.path[0]
            if name in entity.item:
                owners[index][name] = entity.item[name]
        _remember(reading, sheet, f"{sheet.place}[{index}]", entity, whole=False)
    for owner in owners:
        fill_required(owner, sheet.group)


def _fill_grid(reading: Reading, grid: Grid, rows: list[GridRow]) -> None:
    """Put the rows of a grid into the matrices of their transport types."""
    main = external_routing.SHEET
    matrices = _items(reading, main.place)
    indices = {matrix.get(main.key): index for index, matrix in enumerate(matrices)}
    taken: dict[int, list[list[int]]] = defaultdict(list)
    for row in rows:
        index = indices.get(row.owner)
        if index is None:
            message = _("no row of the sheet %(sheet)s names this key") % {"sheet": main.name}
            reading.tell(grid_place(grid, row.row, 1), message)
            continue
        path = f"{main.place}[{index}].matrix.{grid.field}[{len(taken[index])}]"
        reading.knows_rows(grid, [(path, row.row)])
        taken[index].append(row.values)
    for index, values in taken.items():
        object_at(matrices[index], ("matrix",))[grid.field] = values
