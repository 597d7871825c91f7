"""The life of a calculation beside the API: races, lost workers, datasets, what is stored."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from django_q.exceptions import TimeoutException
from django_q.models import OrmQ
from django_q.signing import SignedPackage

from accounts.models import User
from accounts.refusal import Refused
from audit import blobs
from audit.models import Process
from planning import calculations, datasets, jobs, results
from planning.models import Calculation, Dataset
from solver import Finish, Halted
from tests.planning.conftest import run
from tests.planning.fake_solver import FakeSolver, example

pytestmark = pytest.mark.django_db
Status = Calculation.Status
LONG_AGO = timedelta(hours=1)


@pytest.fixture
def waiting(user: User, solver: FakeSolver) -> Calculation:
    return calculations.submit(user, example("plan.request"))


def silent(calculation: Calculation) -> Calculation:
    """A claimed calculation whose worker is gone."""
    claimed = calculations.claim(calculation.pk)
    assert claimed
    Calculation.objects.filter(pk=claimed.pk).update(heartbeat=timezone.now() - LONG_AGO)
    claimed.refresh_from_db()
    return claimed


@pytest.mark.django_db(transaction=True)
def test_only_the_id_crosses_the_queue(waiting: Calculation) -> None:
    task = SignedPackage.loads(OrmQ.objects.get().payload)
    assert (task["func"], task["args"], task["kwargs"]) == ("planning.jobs.run", (str(waiting.pk),), {})


@pytest.mark.django_db(transaction=True)
def test_nothing_is_stored_of_what_fails_to_be_accepted(
    user: User, solver: FakeSolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.journal.record", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        calculations.submit(user, example("plan.request"))
    assert not Calculation.objects.exists()
    assert not Process.objects.exists()
    assert not OrmQ.objects.exists()
    assert default_storage.listdir("calculations")[0] == []


def test_refused_task_leaves_nothing(user: User, solver: FakeSolver) -> None:
    with pytest.raises(Refused) as refused:
        calculations.submit(user, b"{}")
    assert len(refused.value.schema_errors) == 4
    assert not default_storage.exists("calculations")


def test_input_and_result_are_gzip_files(waiting: Calculation) -> None:
    with default_storage.open(waiting.input) as file:
        assert gzip.decompress(file.read()) == example("plan.request")
    assert json.loads(blobs.read(waiting.result))["trips"] == []


def test_only_one_worker_claims(waiting: Calculation) -> None:
    first = calculations.claim(waiting.pk)
    assert first
    assert (first.status, first.attempts) == (Status.IN_PROGRESS, 1)
    assert calculations.claim(waiting.pk) is None


def test_lost_race_changes_nothing(waiting: Calculation) -> None:
    first = calculations.claim(waiting.pk)
    assert first
    Calculation.objects.filter(pk=waiting.pk).update(attempts=2)
    assert not calculations.beat(first)
    assert not calculations.keep_best(first, b"{}", {})
    assert not calculations.finish(first, Status.FINISHED_IN_TIME, b"{}", {}, {})
    assert not calculations.fail(first, "")
    waiting.refresh_from_db()
    assert (waiting.status, waiting.result_version) == (Status.IN_PROGRESS, 0)
    files = default_storage.listdir(f"calculations/{waiting.pk}")[1]
    assert sorted(files) == ["input.json.gz", "result-0.json.gz"]


def test_e5_lost_worker_is_replaced_once(waiting: Calculation) -> None:
    silent(waiting)
    calculations.sweep()
    waiting.refresh_from_db()
    assert (waiting.status, waiting.attempts) == (Status.WAITING, 1)
    silent(waiting)
    calculations.sweep()
    waiting.refresh_from_db()
    assert (waiting.status, waiting.message) == (Status.FAILED, "Its worker died twice.")


def test_e5_retaken_after_max_waiting_is_not_canceled(waiting: Calculation) -> None:
    Calculation.objects.filter(pk=waiting.pk).update(max_waiting=1)
    silent(waiting)
    Calculation.objects.filter(pk=waiting.pk).update(created_at=timezone.now() - LONG_AGO)
    calculations.sweep()
    calculations.sweep()
    assert calculations.claim(waiting.pk)


def test_e5_lost_while_canceling_is_canceled(waiting: Calculation) -> None:
    calculations.cancel(silent(waiting))
    calculations.sweep()
    waiting.refresh_from_db()
    assert waiting.status == Status.CANCELED


def test_beating_worker_is_left_alone(waiting: Calculation) -> None:
    claimed = calculations.claim(waiting.pk)
    assert claimed
    assert calculations.beat(claimed)
    calculations.sweep()
    claimed.refresh_from_db()
    assert claimed.status == Status.IN_PROGRESS


@pytest.mark.django_db(transaction=True)
def test_e5_lost_message_is_sent_again(waiting: Calculation) -> None:
    OrmQ.objects.all().delete()
    calculations.sweep()
    assert not OrmQ.objects.exists(), "not before its time"
    Calculation.objects.update(queued_at=timezone.now() - LONG_AGO)
    calculations.sweep()
    calculations.sweep()
    assert OrmQ.objects.count() == 1


@pytest.mark.parametrize(("reports", "trips"), [([], 0), ([10, 20], 1)])
def test_h_halted_calculation_keeps_the_plan_that_is_stored(
    waiting: Calculation, solver: FakeSolver, reports: list[int], trips: int
) -> None:
    solver.reports, solver.fails = reports, Halted()
    assert run(waiting).status == Status.CANCELED
    assert len(results.read_result(waiting).trips) == trips


def test_halted_calculation_is_given_back_by_a_stopping_service(
    waiting: Calculation, solver: FakeSolver
) -> None:
    solver.meanwhile, solver.fails = jobs.stopping.set, Halted()
    try:
        assert run(waiting).status == Status.WAITING
    finally:
        jobs.stopping.clear()


def test_stopping_service_gives_its_calculation_back(
    waiting: Calculation, solver: FakeSolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    solver.meanwhile = jobs.stopping.set
    solver.finish = Finish.STOPPED
    try:
        run(waiting)
    finally:
        jobs.stopping.clear()
    assert (waiting.status, waiting.attempts, waiting.result_version) == (Status.WAITING, 0, 1)
    solver.meanwhile, solver.finish = (lambda: None), Finish.CONVERGED
    assert run(waiting).status == Status.FINISHED_IN_TIME


@pytest.mark.django_db(transaction=True)
def test_e5_cancel_reaches_the_search(
    waiting: Calculation, solver: FakeSolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "PULSE_SECONDS", 0.05)
    solver.held = True
    solver.meanwhile = lambda: calculations.cancel(Calculation.objects.get())
    assert run(waiting).status == Status.CANCELED
    assert len(results.read_result(waiting).trips) == 1


@pytest.mark.django_db(transaction=True)
def test_replaced_results_are_removed(waiting: Calculation, solver: FakeSolver) -> None:
    run(waiting)
    assert waiting.result_version == 2
    files = sorted(default_storage.listdir(f"calculations/{waiting.pk}")[1])
    last = "result-2.json.gz"
    assert files == ["input.json.gz", "result-0.json.gz", last, f"{last}.reasons.gz"]


def test_figures_and_curve(waiting: Calculation, solver: FakeSolver) -> None:
    solver.reports = [5, 20, 30]
    run(waiting)
    assert waiting.figures["planned"] == 3
    assert waiting.counts == {"locations": 4, "orders": 3, "demands": 5, "performers": 1, "transports": 1}
    assert [point[1:] for point in waiting.curve] == [[3, 0.0, 100.0]], "told once a second"
    assert waiting.settings_used["configuration"] == "optimize_distance"
    process = Process.objects.get(pk=waiting.pk)
    assert (process.status, process.points) == ("FINISHED_IN_TIME", 5)


def test_long_curve_is_thinned() -> None:
    curve: list[list[float]] = []
    for second in range(2000):
        curve = jobs.thinned([*curve, [second]])
    assert len(curve) <= jobs.LONGEST_CURVE
    assert (curve[0], curve[-1]) == ([0], [1999])


def test_result_replaced_while_it_is_opened(waiting: Calculation, solver: FakeSolver) -> None:
    stale = Calculation.objects.get()
    run(waiting)
    blobs.delete(stale.result)
    assert len(results.read_result(stale).trips) == 1


def test_ceilings_are_told(user: User, solver: FakeSolver, settings: Any) -> None:
    ceilings = {"max_calculation_seconds": 60, "max_waiting_seconds": 60, "max_ttl_seconds": 60}
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=ceilings)
    calculation = run(calculations.submit(user, example("plan.request")))
    assert (calculation.max_calculation, calculation.max_waiting, calculation.result_ttl) == (60, 60, 60)
    assert [effort.seconds for effort in solver.efforts] == [60]
    found = {warning.type.value for warning in results.read_result(calculation).warnings}
    assert found == {"MAX_CALCULATION_TIME_VIOLATION", "MAX_WAITING_TIME_VIOLATION"}


def test_warnings_as_errors(user: User, solver: FakeSolver, settings: Any) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"max_calculation_seconds": 60})
    task = json.loads(example("plan.request"))
    task["plan_settings"]["calculation_settings"] = {"treat_warnings_as_errors": True}
    with pytest.raises(Refused) as refused:
        calculations.submit(user, json.dumps(task).encode())
    assert [warning.type.value for warning in refused.value.warnings] == ["MAX_CALCULATION_TIME_VIOLATION"]


def test_characters_a_database_refuses_are_left_out(user: User, solver: FakeSolver) -> None:
    task = json.loads(example("plan.request"))
    task["dataset_name"] = "Mon\x00day"
    calculation = calculations.submit(user, json.dumps(task).encode())
    calculation.refresh_from_db()
    assert calculation.name == "Monday"
    assert datasets.keep(user, json.dumps(task).encode(), Dataset.Source.JSON).name == "Monday"


def test_queues_timeout_is_a_failure(waiting: Calculation, solver: FakeSolver) -> None:
    solver.fails = TimeoutException("Task exceeded maximum timeout value")
    assert run(waiting).status == Status.FAILED


@pytest.fixture
def dataset(user: User, solver: FakeSolver) -> Dataset:
    return datasets.keep(user, example("plan.request"), Dataset.Source.JSON, name="Monday")


def test_e4_dataset_is_a_row_with_its_task(dataset: Dataset, user: User) -> None:
    assert (dataset.owner, dataset.company, dataset.name, dataset.counts["orders"]) == (
        user,
        user.company,
        "Monday",
        3,
    )
    assert datasets.task_bytes(dataset) == example("plan.request")


@pytest.mark.django_db(transaction=True)
def test_e3_a_datasets_calculation_outlives_the_apis_result(dataset: Dataset, user: User) -> None:
    calculation = run(calculations.submit(user, datasets.task_bytes(dataset), dataset=dataset))
    Calculation.objects.update(expires_at=timezone.now())
    assert calculations.clean() == 1
    assert calculations.of_api(user, calculation.pk, "plan") is None
    assert list(calculations.visible(user)) == [calculation]
    assert len(results.read_result(calculation).trips) == 1
    datasets.remove(dataset)
    assert not Calculation.objects.exists()
    assert default_storage.listdir("datasets")[1] == default_storage.listdir("calculations")[0] == []


@pytest.mark.django_db(transaction=True)
def test_removed_dataset_stops_what_runs(dataset: Dataset, user: User, solver: FakeSolver) -> None:
    calculation = calculations.submit(user, datasets.task_bytes(dataset), dataset=dataset)
    solver.meanwhile = lambda: datasets.remove(dataset)
    solver.finish = Finish.STOPPED
    jobs.run(str(calculation.pk))
    assert not Calculation.objects.exists()
    assert default_storage.listdir("calculations")[0] == []
