"""What the audit holds of each request (AC4, AC5)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from audit.models import Process, Request
from solver.contract import General500, Tracedata, read
from tests.planning.conftest import PASSWORD, Api, read_body, run
from tests.planning.fake_solver import FakeSolver

pytestmark = pytest.mark.django_db
READS = ("state", "result")


def held(tracedata: dict[str, Any]) -> Request:
    return Request.objects.select_related("process").get(pk=tracedata["request_code"])


def test_ac5_one_process_holds_all_its_requests(api: Api, solver: FakeSolver) -> None:
    calculation = run(api.submit())
    asked = [
        read_body(api("GET", f"/universal/plan/{name}/{calculation.pk}")) for name in ("state", "result")
    ]
    api("DELETE", f"/universal/plan/result/{calculation.pk}")
    process = Process.objects.get(pk=calculation.pk)
    assert (process.process_type, process.service, process.status) == (
        "PLAN",
        "UNIVERSAL",
        "FINISHED_IN_TIME",
    )
    requests = [(item.operation, item.http_status) for item in process.requests.order_by("time")]
    assert requests == [
        ("run_plan_calculation_async", 200),
        ("read_plan_state", 200),
        ("read_plan_result", 200),
        ("delete_plan_result", 204),
    ]
    for answer in asked:
        request = held(answer["tracedata"])
        told = read(Tracedata, json.dumps(answer["tracedata"]).encode())
        assert (request.env, request.pod, request.username) == (told.env, told.pod, told.username)
        assert (request.company_key, request.process_id, request.time) == (
            told.company,
            told.process_code,
            told.time,
        )


def test_refused_request_is_a_process_of_its_own(api: Api, solver: FakeSolver) -> None:
    answer = api("POST", "/universal/plan/calculation-async", b"{}")
    request = held(answer.json()["tracedata"])
    assert (request.http_status, request.process.process_type) == (400, "PLAN")
    assert (request.process.status, request.process.points) == ("FAILED", None)


def test_somebody_elses_process_gets_no_request(api: Api, stranger: User, solver: FakeSolver) -> None:
    calculation = api.submit()
    answer = Api(stranger)("GET", f"/universal/plan/state/{calculation.pk}")
    request = held(answer.json()["detail"]["tracedata"])
    assert request.process_id != calculation.pk
    assert request.process.username == "stranger"
    assert Request.objects.filter(process_id=calculation.pk).count() == 1


def test_ac4_account_and_system_operations_are_notrace(db: None, user: User) -> None:
    anonymous = Api(None)
    anonymous("POST", "/account/token/generation", {"username": user.username, "password": PASSWORD})
    anonymous("POST", "/account/token/generation", {"username": user.username, "password": "x" * 10})
    for service in ("universal", "account"):
        anonymous("GET", f"/{service}/system/version")
        anonymous("GET", f"/{service}/system/check")
    found = set(Request.objects.values_list("operation", "username", "process__process_type", "http_status"))
    assert found == {
        ("run_token_generation", "dispatcher", "NOTRACE", 200),
        ("run_token_generation", "anonymous", "NOTRACE", 401),
        ("version", "anonymous", "NOTRACE", 200),
        ("check", "anonymous", "NOTRACE", 200),
    }
    assert set(Process.objects.values_list("service", flat=True)) == {"UNIVERSAL", "ACCOUNT"}


def test_names_stay_when_the_user_goes(user: User) -> None:
    Api(user)("GET", "/universal/plan/state/x")
    user.delete()
    process = Process.objects.get()
    assert (process.user, process.username, process.company_key) == (None, "dispatcher", "acme")


def test_answer_does_not_wait_for_a_broken_audit(
    api: Api, solver: FakeSolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.journal.open_process", lambda trace: 1 / 0)
    answer = Client().get("/universal/system/version")
    assert answer.status_code == 200


def test_h2_env_and_pod_are_the_installations(api: Api, settings: Any) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"env": "edge7", "pod": "pod-3"})
    told = read(General500, Client().get("/universal/plan/state/x").content).tracedata
    assert (told.env, told.pod, told.company, told.username) == ("edge7", "pod-3", "anonymous", "anonymous")
