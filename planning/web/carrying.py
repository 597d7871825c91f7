"""What a worker does with a file that takes longer than a page may wait."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext, override

from audit import blobs
from planning import transfers
from planning.models import Transfer
from planning.web import shelf, uploads
from planning.web.shelf import Row
from planning.web.uploads import Findings, Unusable
from planning.xlsx import Unwritable, write_workbook

Tell = Callable[[float], None]
"""Told now and then which share of the work is done, 0..1."""


class Interrupted(Exception):  # noqa: N818 - a way out, not a failure
    """The work is to stop: the service ends, or nobody wants the file any more."""


class _Lost(Exception):  # noqa: N818 - a way out, not a failure
    """Somebody else has the transfer now."""


def carry(transfer: Transfer, is_lost: Callable[[], bool]) -> None:
    """Write or read the file of a transfer that was claimed.

    Raises
    ------
    Interrupted
        ``is_lost`` was true at a step of the work; nothing was stored.
    """

    def tell(share: float) -> None:
        if is_lost():
            raise Interrupted
        transfers.progress(transfer, int(100 * share))

    with override(transfer.language):
        if transfer.kind == Transfer.Kind.EXPORT:
            _export(transfer, tell)
        else:
            _import(transfer, tell)


def workbook_of(row: Row, tell: Tell = lambda share: None) -> bytes:
    """A plan's task, and its result if it has one, as a workbook in the plan's own times.

    Raises
    ------
    Unwritable
    """
    data = json.loads(shelf.task_bytes(row))
    if row.calculation and shelf.has_result(row.calculation):
        result = json.loads(blobs.read(row.calculation.result))
        data |= {name: result[name] for name in ("trips", "statistics") if name in result}
    hours = shelf.read_task(row).plan_settings.calculation_settings.result_timezone
    return write_workbook(data, hours, tell)


def _export(transfer: Transfer, tell: Tell) -> None:
    if transfer.dataset_id is None:
        return
    row = shelf.row_or_404(transfer.owner, transfer.dataset_id)
    try:
        transfers.finish(transfer, body=workbook_of(row, tell))
    except Unwritable as unwritable:
        transfers.refuse(transfer, asdict(unwritten(unwritable)))


def unwritten(unwritable: Unwritable) -> Findings:
    """What does not fit into a workbook, by its path."""
    rows = tuple(uploads.Row(said, path) for path, said in unwritable.problems[: uploads.SHOWN])
    return Findings(
        title=gettext("It does not fit into a workbook."),
        advice=gettext("Download the JSON instead."),
        rows=rows,
        left_out=len(unwritable.problems) - len(rows),
    )


def _import(transfer: Transfer, tell: Tell) -> None:
    data = blobs.read(transfer.input)
    try:
        file = uploads.read_file(data, tell)
        tell(uploads.SHARE_OF_READING)
        with transaction.atomic():
            plan = uploads.keep(transfer.owner, file, transfer.name, transfer.file_name)
            if not transfers.finish(transfer, dataset=plan):
                raise _Lost
    except Unusable as unusable:
        transfers.refuse(transfer, asdict(unusable.findings))
    except _Lost:
        blobs.delete(plan.task)
