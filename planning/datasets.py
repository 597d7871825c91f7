"""Datasets: tasks somebody keeps (E4).

For pages::

    keep(user, data, source, name="", parent=None)   store a checked task, or Refused with every reason
    task_bytes(dataset)                              its JSON
    remove(dataset)                                  with its calculations; running ones are stopped
"""

import uuid
from collections.abc import Callable
from functools import partial

from django.db import transaction

from accounts.models import User
from audit import blobs
from planning import calculations, intake, outline, transfers
from planning.models import Dataset
from solver.contract import EntityWarning

Places = Callable[[list[EntityWarning]], dict[str, list[str | int | None]]]


def keep(
    user: User,
    data: bytes,
    source: Dataset.Source,
    name: str = "",
    parent: Dataset | None = None,
    *,
    places: Places = lambda warnings: {},
) -> Dataset:
    """Store a task as a new dataset.

    Parameters
    ----------
    places
        Tells where the entities of warnings stand in the workbook the task comes from.

    Raises
    ------
    Refused
        The task is not one; nothing was stored.
    """
    task, warnings = intake.check_task(data)
    key = uuid.uuid4()
    stored = blobs.save(f"datasets/{key}.json", data)
    try:
        return Dataset.objects.create(
            id=key,
            owner=user,
            company=user.company,
            name=outline.storable(name or task.dataset_name),
            source=source,
            task=stored,
            counts=outline.counts(task),
            places=places(warnings),
            parent=parent,
        )
    except BaseException:
        blobs.delete(stored)
        raise


def task_bytes(dataset: Dataset) -> bytes:
    """Return the JSON of a dataset's task."""
    return blobs.read(dataset.task)


def remove(dataset: Dataset) -> None:
    """Remove a dataset for good, and its calculations with their results; running ones are stopped first."""
    with transaction.atomic():
        for calculation in dataset.calculations.all():
            calculation.dataset = None
            calculation.save(update_fields=["dataset"])
            calculations.withdraw(calculation)
        transfers.forget(dataset)
        dataset.delete()
        transaction.on_commit(partial(blobs.delete, dataset.task))
