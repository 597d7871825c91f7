"""Error answers (H1): one shape for each code, tracedata in all of them, internals in none."""

from __future__ import annotations

import json
import uuid
from threading import BoundedSemaphore
from typing import Any

import pytest

from accounts.models import User
from planning import calculations
from planning.models import Calculation
from solver import Finish
from solver.contract import General404, General500, PlanResult, Tracedata, read
from tests.planning.conftest import Api, read_body, run
from tests.planning.fake_solver import FakeSolver, example

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("solver")]
START = "/universal/plan/calculation-async"
SYNC = "/universal/plan/calculation"
OPERATIONS = [("GET", "state"), ("GET", "result"), ("DELETE", "result"), ("DELETE", "calculation-async")]
UNKNOWN = ["/universal/", "/universal/nothing", "/account/x/y", "/universal/plan/state/a/b"]


def trace(answer: Any) -> Tracedata:
    found = read(General500, answer.content)
    assert found.message
    assert b"Traceback" not in answer.content
    return found.tracedata


@pytest.mark.parametrize("code", ["11111111-2222-3333-4444-555555555555", "no-uuid", "{}", "%00"])
def test_h1_404_names_what_was_asked(api: Api, code: str) -> None:
    for method, operation in OPERATIONS:
        answer = api(method, f"/universal/plan/{operation}/{code}")
        found = read(General404, answer.content)
        assert answer.status_code == 404
        assert found.resource_key
        assert found.detail
        assert found.detail.tracedata.username == "dispatcher"


def test_h1_somebody_elses_process_is_unknown(api: Api, stranger: User, solver: FakeSolver) -> None:
    calculation = run(api.submit())
    other = Api(stranger)
    for method, operation in OPERATIONS:
        assert other(method, f"/universal/plan/{operation}/{calculation.pk}").status_code == 404
    assert api("GET", f"/universal/plan/result/{calculation.pk}").status_code == 200


def test_a_colleagues_process_is_unknown_too(api: Api, user: User, solver: FakeSolver) -> None:
    calculation = api.submit()
    colleague = User.objects.create_user("colleague", None, user.company, roles=["ADMIN"])
    assert Api(colleague)("GET", f"/universal/plan/state/{calculation.pk}").status_code == 404


def test_h1_other_codes(api: Api) -> None:
    state = f"/universal/plan/state/{uuid.uuid4()}"
    assert trace(api("PUT", START)).operation == "run_plan_calculation_async"
    assert api("PUT", START).status_code == 405
    assert api("OPTIONS", START).status_code == 405
    assert api("GET", START)["allow"] == "POST"
    assert api("GET", state, accept="text/html").status_code == 406
    assert trace(api("GET", state, accept="text/html")).operation == "read_plan_state"
    posted = api.client.post(START, b"<task/>", content_type="text/xml", headers=api.headers)
    assert posted.status_code == 415
    assert trace(posted).username == "dispatcher"


@pytest.mark.parametrize("path", UNKNOWN)
def test_h1_unknown_addresses_answer_json(db: None, path: str) -> None:
    answer = Api(None)("GET", path)
    found = read(General404, answer.content)
    assert (answer.status_code, found.resource_key) == (404, path)
    assert found.detail
    assert found.detail.tracedata.company == "anonymous"


def test_h1_wrong_host_answers_json(db: None) -> None:
    answer = Api(None)("GET", "/universal/system/version", host="elsewhere.example")
    assert answer.status_code == 400
    trace(answer)


def test_h1_500_tells_nothing_of_the_inside(
    api: Api, solver: FakeSolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calculations, "submit", lambda *_args, **_more: 1 / 0)
    answer = api("POST", START, b"{}")
    assert answer.status_code == 500
    assert trace(answer).operation == "run_plan_calculation_async"
    assert b"division" not in answer.content


class Worker:
    """Runs what was submitted while somebody waits for it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("planning.api.views.time.sleep", self.work)

    def work(self, _seconds: float) -> None:
        for calculation in Calculation.objects.filter(status="WAITING"):
            run(calculation)


def test_e1_sync_answers_with_the_plan(api: Api, solver: FakeSolver, monkeypatch: pytest.MonkeyPatch) -> None:
    Worker(monkeypatch)
    answer = api("POST", SYNC, example("plan.request"))
    assert answer.status_code == 200
    plan = read(PlanResult, b"".join(answer.streaming_content))
    assert plan.tracedata.operation == "run_plan_calculation"
    assert plan.calculation_info.status == "FINISHED_IN_TIME"
    assert len(plan.trips) == 1


def test_e1_sync_failure(api: Api, solver: FakeSolver, monkeypatch: pytest.MonkeyPatch) -> None:
    Worker(monkeypatch)
    solver.fails = ZeroDivisionError()
    answer = api("POST", SYNC, example("plan.request"))
    assert answer.status_code == 500
    assert trace(answer).process_code == Calculation.objects.get().pk


def test_e1_sync_canceled_by_somebody_answers_with_the_best_plan(
    api: Api, solver: FakeSolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    Worker(monkeypatch)
    solver.finish = Finish.STOPPED
    answer = api("POST", SYNC, example("plan.request"))
    assert answer.status_code == 200
    assert read_body(answer)["calculation_info"]["status"] == "CANCELED"


def test_e1_sync_refuses_what_takes_too_long(api: Api, solver: FakeSolver, settings: Any) -> None:
    task = json.loads(example("plan.request"))
    task["plan_settings"]["calculation_settings"] = {"max_calculation_time": "PT20M1S"}
    answer = api("POST", SYNC, task)
    assert answer.status_code == 400
    assert "calculation-async" in answer.json()["message"]
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"sync_orders": 2})
    answer = api("POST", SYNC, example("plan.request"))
    assert answer.status_code == 400
    assert "2 orders" in answer.json()["message"]


def test_h1_429_when_too_many_wait(api: Api, solver: FakeSolver, monkeypatch: pytest.MonkeyPatch) -> None:
    full = BoundedSemaphore(1)
    full.acquire()
    monkeypatch.setattr("planning.api.views.waiting_rooms", full)
    answer = api("POST", SYNC, example("plan.request"))
    assert (answer.status_code, answer["retry-after"]) == (429, "5")
    trace(answer)
    assert not Calculation.objects.exists()
