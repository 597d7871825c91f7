"""A dropped file becomes a task, or findings that say where it has to be mended."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath
from typing import Any

from django.core.files import File
from django.utils.translation import gettext, ngettext

from accounts.models import User
from accounts.refusal import Refused
from planning import datasets, outline
from planning.models import Dataset
from planning.web import formats, words
from planning.xlsx import Reading, read_workbook
from solver.contract import EntityError, EntityPath, EntityWarning

SHOWN = 1000
"""Findings shown at once; the rest is counted."""

ENTITIES_NAMED = 5
PLACED = 500
"""Warnings of a stored workbook whose cells are kept: as many as its page lists."""

LISTS = {
    "ORDER": "orders",
    "PERFORMER": "performers",
    "TRANSPORT": "transports",
    "LOCATION": "locations",
    "HARDLINK": "hardlinks",
    "DEMAND": "demands",
    "EVENT": "possible_events",
    "CARGO": "cargos",
    "BOX": "boxes",
    "PERFORMER_SHIFT": "shifts",
    "TRANSPORT_SHIFT": "shifts",
}
"""The contract's lists by the type of their entities."""

SHARE_OF_READING = 0.7
"""What a workbook's reading takes of all the work; the rest is checking."""

ZIP_MAGIC = b"PK\x03\x04"
OLD_EXCEL_MAGIC = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Row:
    """One finding: by sheet, row and column in a workbook, by path elsewhere."""

    message: str
    place: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that is wrong with a file."""

    title: str
    advice: str
    rows: tuple[Row, ...] = ()
    by_sheet: bool = False
    left_out: int = 0


class Unusable(Exception):  # noqa: N818 - an answer to a bad file, not a failure of ours
    """The file is no task; `findings` say why."""

    def __init__(self, findings: Findings) -> None:
        super().__init__(findings.title)
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file as far as it could be read: JSON of a task, and what is known of a workbook it comes from."""

    task: bytes
    source: Dataset.Source
    reading: Reading | None = None


def check_size(file: File[bytes], max_bytes: int) -> None:
    """Refuse a file that is too large to be read at all.

    Raises
    ------
    Unusable
    """
    if (file.size or 0) > max_bytes:
        size, limit = formats.bytes_size(file.size or 0), formats.bytes_size(max_bytes)
        raise Unusable(
            _trouble(
                gettext("The file has %(size)s, at most %(limit)s can be read.")
                % {"size": size, "limit": limit}
            )
        )


def keep_upload(user: User, data: bytes, name: str, file_name: str) -> Dataset:
    """Store an uploaded file as a plan that is not planned yet.

    Raises
    ------
    Unusable
        With all its errors at once; nothing was stored.
    """
    return keep(user, read_file(data), name, file_name)


def read_file(data: bytes, tell: Callable[[float], None] = lambda share: None) -> Dropped:
    """Read a file by its kind; ``tell`` is told which share of reading and checking is done, 0..1.

    Raises
    ------
    Unusable
        It is a workbook with something wrong in its cells, or no file that can be read.
    """
    if data.startswith(OLD_EXCEL_MAGIC):
        raise Unusable(
            _trouble(gettext("This is a workbook of the old XLS kind. Save it as XLSX and drop it again."))
        )
    if not data.startswith(ZIP_MAGIC):
        return Dropped(data, Dataset.Source.JSON)
    reading = read_workbook(data, lambda share: tell(SHARE_OF_READING * share))
    if reading.findings:
        rows = [
            Row(item.message, "", item.sheet, item.row, item.column or item.cell) for item in reading.findings
        ]
        raise Unusable(_findings(rows, by_sheet=True))
    task = json.dumps(reading.data, ensure_ascii=False, separators=(",", ":")).encode()
    return Dropped(task, Dataset.Source.XLSX, reading)


def keep(user: User, file: Dropped, name: str, file_name: str) -> Dataset:
    """Store what was read, checked; errors as in `keep_upload`."""
    try:
        plan = datasets.keep(
            user, file.task, file.source, name.strip(), places=partial(_places, file.reading)
        )
    except Refused as refused:
        raise Unusable(_refusal(refused, file.reading)) from None
    if not plan.name:
        plan.name = PurePath(file_name).stem.replace("\0", "")[:512]
        plan.save(update_fields=["name"])
    return plan


def no_file() -> Findings:
    """What to say when nothing was dropped."""
    return _trouble(gettext("No file was chosen."))


def _refusal(refused: Refused, reading: Reading | None) -> Findings:
    rows: list[Row] = []
    for error in refused.schema_errors:
        place = reading.locate(error.entity or "") if reading else None
        if place and place.sheet:
            rows.append(Row(error.message, "", place.sheet, place.row, place.column))
        else:
            rows.append(Row(error.message, error.entity or gettext("the whole file")))
    rows.extend(_issues(refused.logical_errors, "error", reading))
    rows.extend(_issues(refused.warnings, "warning", reading))
    if not rows:
        return _trouble(refused.message)
    return _findings(rows, by_sheet=any(row.sheet for row in rows))


def _issues(
    issues: Iterable[EntityError | EntityWarning], table: str, reading: Reading | None
) -> Iterable[Row]:
    for issue in issues:
        message = issue.info or words.of(table, issue.type.value)
        entities = "; ".join(formats.path(entity) for entity in issue.entities[:ENTITIES_NAMED])
        place = (
            reading.locate(_contract_path(issue.entities[0], reading.data))
            if reading and issue.entities
            else None
        )
        if place and place.sheet:
            yield Row(f"{message} ({entities})", "", place.sheet, place.row, place.column)
        else:
            yield Row(message, entities)


def _places(reading: Reading | None, warnings: Iterable[EntityWarning]) -> dict[str, list[str | int | None]]:
    """Where what the first warnings are about stands in the workbook: sheet, row, column."""
    found: dict[str, list[str | int | None]] = {}
    for entity in [warning.entities[0] for warning in warnings if warning.entities][:PLACED]:
        place = reading.locate(_contract_path(entity, reading.data)) if reading else None
        if place and place.sheet:
            found[outline.path_key(entity)] = [place.sheet, place.row, place.column]
    return found


def _contract_path(entity: EntityPath, data: dict[str, Any]) -> str:
    """Where an entity stands in the data, as ``orders[3].demands[0]``; as far as its keys lead."""
    path, here = "", data
    step: EntityPath | None = entity
    while step is not None and (name := LISTS.get(step.entity_type.value)):
        keys = [item.get("key") for item in here.get(name, [])]
        if step.entity_key not in keys:
            break
        index = keys.index(step.entity_key)
        path, here = f"{path}.{name}[{index}]".lstrip("."), here[name][index]
        step = step.child_entity
    return path


def _findings(rows: list[Row], *, by_sheet: bool) -> Findings:
    return Findings(
        title=ngettext("The file has an error.", "The file has %(count)d errors.", len(rows))
        % {"count": len(rows)},
        advice=gettext(
            "All of them are listed: mend them in the file and drop it again. Nothing was stored."
        ),
        rows=tuple(rows[:SHOWN]),
        by_sheet=by_sheet,
        left_out=max(0, len(rows) - SHOWN),
    )


def _trouble(title: str) -> Findings:
    return Findings(title=title, advice=gettext("Nothing was stored."))
