"""Files that take longer than a page may wait: written and read by a worker, with progress on a page."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit import blobs
from planning import datasets, jobs, transfers
from planning.models import Calculation, Dataset, Transfer
from planning.web import carrying
from planning.web.views import downloads, start
from planning.xlsx import Unwritable, read_workbook
from tests.planning.fake_solver import FakeSolver
from tests.web.scene import task_of
from tests.xlsx.same import typed

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}
Status = Transfer.Status


@pytest.fixture(autouse=True)
def _everything_is_large(monkeypatch: pytest.MonkeyPatch, solver: FakeSolver) -> None:
    """The fake solver's fixture also takes the pulse away, which would wait for a test's transaction."""
    monkeypatch.setattr(downloads, "MOST_ORDERS_AT_ONCE", 2)
    monkeypatch.setattr(start, "MOST_BYTES_AT_ONCE", 100)


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What was put into the queue."""
    sent: list[tuple[Any, ...]] = []
    monkeypatch.setattr(transfers, "async_task", lambda *args, **_name: sent.append(args))
    return sent


def text(answer: Any) -> str:
    return answer.content.decode()


def export(page: Client, plan: Calculation) -> Transfer:
    answer = page.get(reverse("web:workbook", args=[plan.dataset_id]))
    found = Transfer.objects.get()
    assert answer.headers["Location"] == reverse("web:transfer", args=[found.pk])
    return found


def drop(page: Client, body: bytes, file_name: str = "day.json", **headers: str) -> Any:
    file = io.BytesIO(body)
    file.name = file_name
    return page.post(reverse("web:new"), {"file": file}, headers=headers)


def done(transfer: Transfer) -> Transfer:
    """What the queue does, here and now."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        jobs.transfer(str(transfer.pk))
    transfer.refresh_from_db()
    return transfer


def files() -> list[str]:
    """Stored files of transfers."""
    folder = "transfers"
    if not default_storage.exists(folder):
        return []
    return [
        name
        for inner in default_storage.listdir(folder)[0]
        for name in default_storage.listdir(f"{folder}/{inner}")[1]
    ]


def test_a_large_workbook_is_written_by_a_worker(page: Client, plan: Calculation) -> None:
    transfer = export(page, plan)
    there = reverse("web:transfer", args=[transfer.pk])
    assert "Waiting for a free worker" in text(page.get(there))
    assert page.get(reverse("web:transfer-file", args=[transfer.pk])).status_code == 404
    assert done(transfer).status == Status.FINISHED
    link = reverse("web:transfer-file", args=[transfer.pk])
    assert link in text(page.get(there))
    book = page.get(link)
    assert book.headers["Content-Disposition"] == 'attachment; filename="tokyo-morning.xlsx"'
    found = read_workbook(b"".join(book.streaming_content))
    assert found.findings == []
    task = json.loads(blobs.read(plan.input))
    assert typed({name: found.data[name] for name in task if name in found.data}) == typed(task)
    assert len(found.data["trips"]) == 1


def test_the_page_shows_the_progress_and_asks_again(page: Client, plan: Calculation) -> None:
    transfer = export(page, plan)
    assert transfers.claim(transfer.pk)
    transfer.refresh_from_db()
    transfers.progress(transfer, 37)
    transfers.progress(transfer, 12)
    there = reverse("web:transfer-progress", args=[transfer.pk])
    found = text(page.get(there, headers=HX))
    assert "37%" in found
    assert f'hx-get="{there}"' in found
    assert "Writing the workbook" in found
    transfers.finish(transfer, body=b"PK")
    assert page.get(there, headers=HX).headers["HX-Refresh"] == "true"


def test_progress_goes_up_while_a_workbook_is_written(
    page: Client, plan: Calculation, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    monkeypatch.setattr(transfers, "progress", lambda _transfer, percent: told.append(percent))
    assert done(export(page, plan)).progress == 100
    assert told == sorted(told)
    assert len(set(told)) > 10


def test_one_workbook_is_not_written_twice_at_once(
    page: Client, plan: Calculation, queued: list[Any]
) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        first, second = export(page, plan), export(page, plan)
    assert first.pk == second.pk
    assert queued == [("planning.jobs.transfer", str(first.pk))]


def test_F2_what_does_not_fit_is_told_by_path(
    page: Client, plan: Calculation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: Any) -> bytes:
        raise Unwritable([("orders[1]", "the key one is there twice")])

    monkeypatch.setattr(carrying, "write_workbook", refuse)
    transfer = done(export(page, plan))
    found = text(page.get(reverse("web:transfer", args=[transfer.pk])))
    assert (transfer.status, "orders[1]" in found, "is there twice" in found) == (Status.REFUSED, True, True)


def test_a_large_file_becomes_a_plan(page: Client, user: User) -> None:
    answer = drop(page, json.dumps(task_of(name="")).encode(), "Monday tour.json", **HX)
    transfer = Transfer.objects.get()
    there = reverse("web:transfer", args=[transfer.pk])
    assert answer.headers["HX-Redirect"] == there
    assert "Monday tour.json" in text(page.get(there))
    assert not Dataset.objects.exists()
    assert done(transfer).status == Status.FINISHED
    plan = Dataset.objects.get(owner=user)
    assert (plan.name, plan.counts["orders"], transfer.dataset_id) == ("Monday tour", 4, plan.pk)
    on = reverse("web:plan", args=[plan.pk])
    assert page.get(there).headers["Location"] == on
    progress = page.get(reverse("web:transfer-progress", args=[transfer.pk]), headers=HX)
    assert progress.headers["HX-Redirect"] == on
    assert files() == [], "what was read is not kept twice"


def test_F4_findings_of_a_large_workbook_are_told_by_their_cells(page: Client) -> None:
    from tests.xlsx.broken import KINDS, changed

    drop(page, changed(KINDS["everything at once"]), "day.xlsx")
    transfer = done(Transfer.objects.get())
    found = text(page.get(reverse("web:transfer", args=[transfer.pk])))
    assert transfer.status == Status.REFUSED
    assert "The file has 4 errors." in found
    assert (
        '<td class="place">locations</td><td class="num">2</td><td class="place">geopoint.latitude</td>'
        in found
    )
    assert not Dataset.objects.exists()
    assert files() == []


def test_findings_are_in_the_language_of_who_dropped_the_file(page: Client) -> None:
    drop(page, b"{" + b" " * 200, **{"Accept-Language": "ru"})
    transfer = done(Transfer.objects.get())
    assert transfer.findings["title"] == "В файле 1 ошибка."


def test_AC1_nobody_sees_somebody_elses_files(page: Client, plan: Calculation, stranger: User) -> None:
    transfer = done(export(page, plan))
    other = Client()
    other.force_login(stranger)
    for name in ("transfer", "transfer-progress", "transfer-file"):
        assert other.get(reverse(f"web:{name}", args=[transfer.pk])).status_code == 404


def test_a_failure_is_told(page: Client, plan: Calculation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrying, "write_workbook", lambda *_: 1 / 0)
    transfer = done(export(page, plan))
    assert transfer.status == Status.FAILED
    assert "It failed inside the service" in text(page.get(reverse("web:transfer", args=[transfer.pk])))


def test_a_service_that_stops_puts_the_work_back_in_line(
    page: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(page, json.dumps(task_of()).encode())
    transfer = Transfer.objects.get()

    def interrupted(*_args: Any) -> None:
        raise carrying.Interrupted

    monkeypatch.setattr(jobs, "carry", interrupted)
    assert (done(transfer).status, transfer.attempts) == (Status.WAITING, 0)


def test_work_stops_at_its_next_step_once_it_is_lost(page: Client) -> None:
    drop(page, json.dumps(task_of()).encode())
    taken = transfers.claim(Transfer.objects.get().pk)
    assert taken
    with pytest.raises(carrying.Interrupted):
        carrying.carry(taken, lambda: True)
    assert not Dataset.objects.exists()


def silent(transfer: Transfer) -> None:
    Transfer.objects.filter(pk=transfer.pk).update(heartbeat=timezone.now() - timedelta(hours=1))


def test_E5_a_transfer_whose_worker_died_is_taken_up_once_more_then_it_fails(page: Client) -> None:
    drop(page, json.dumps(task_of()).encode())
    transfer = Transfer.objects.get()
    for expected in (Status.WAITING, Status.FAILED):
        assert transfers.claim(transfer.pk)
        silent(transfer)
        transfers.sweep()
        transfer.refresh_from_db()
        assert transfer.status == expected


def test_E5_who_lost_a_transfer_stores_nothing(page: Client, user: User) -> None:
    drop(page, json.dumps(task_of()).encode())
    stale = transfers.claim(Transfer.objects.get().pk)
    assert stale
    silent(stale)
    transfers.sweep()
    fresh = transfers.claim(stale.pk)
    assert fresh
    assert not transfers.beat(stale)
    carrying.carry(stale, lambda: False)
    assert not Dataset.objects.exists()
    assert default_storage.listdir("datasets")[1] == []
    carrying.carry(fresh, lambda: False)
    assert Dataset.objects.count() == 1


def test_E5_a_lost_message_is_sent_again(page: Client, queued: list[Any]) -> None:
    drop(page, json.dumps(task_of()).encode())
    transfer = Transfer.objects.get()
    transfers.sweep()
    assert queued == []
    Transfer.objects.update(queued_at=timezone.now() - timedelta(minutes=1))
    transfers.sweep()
    transfers.sweep()
    assert queued == [("planning.jobs.transfer", str(transfer.pk))]


def test_old_files_are_removed(page: Client, plan: Calculation) -> None:
    transfer = done(export(page, plan))
    assert len(files()) == 1
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert transfers.clean() == 0
        Transfer.objects.update(expires_at=timezone.now())
        assert transfers.clean() == 1
    assert files() == []
    assert page.get(reverse("web:transfer", args=[transfer.pk])).status_code == 404


def test_the_files_of_a_plan_go_with_it(page: Client, plan: Calculation) -> None:
    done(export(page, plan))
    assert plan.dataset
    with TestCase.captureOnCommitCallbacks(execute=True):
        datasets.remove(plan.dataset)
    assert (Transfer.objects.count(), files()) == (0, [])
