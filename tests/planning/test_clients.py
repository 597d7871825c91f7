"""The official Python clients against a live server and the real solver."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import vrt_lss_account as account
import vrt_lss_universal as universal
from django.db import connections

from accounts.models import User
from planning import jobs
from planning.models import Calculation
from solver.contract import CalculationState, PlanResult, TokenValidationResult, read
from tests.planning.conftest import PASSWORD
from tests.planning.fake_solver import example

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worker() -> Iterator[None]:
    """Runs what waits, as the queue's workers do, in a thread of this process."""
    done = threading.Event()

    def work() -> None:
        while not done.wait(0.05):
            for process_code in Calculation.objects.filter(status="WAITING").values_list("pk", flat=True):
                jobs.run(str(process_code))
        connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    yield
    done.set()
    thread.join()


@pytest.fixture
def token(live_server: Any, user: User) -> str:
    with account.ApiClient(account.Configuration(live_server.url)) as client:
        request = account.TokenRequest(username=user.username, password=PASSWORD, ttl_seconds=600)
        return str(account.AuthApi(client).run_token_generation(request))


@pytest.fixture
def plan_api(live_server: Any, token: str) -> Iterator[universal.PlanApi]:
    configuration = universal.Configuration(live_server.url, access_token=token)
    with universal.ApiClient(configuration) as client:
        yield universal.PlanApi(client)


@pytest.fixture
def task() -> universal.PlanTask:
    found = json.loads(example("plan.request"))
    found["plan_settings"]["geo_settings"]["flight_distance"] = True
    return universal.PlanTask.from_dict(found)


def ends(plan_api: universal.PlanApi, process_code: uuid.UUID) -> universal.CalculationState:
    began = time.monotonic()
    while True:
        state = plan_api.read_plan_state(process_code)
        if state.calculation_info.status not in {"WAITING", "IN_PROGRESS"}:
            return state
        assert time.monotonic() - began < 60
        time.sleep(0.1)


def test_account_client(live_server: Any, token: str) -> None:
    with account.ApiClient(account.Configuration(live_server.url)) as client:
        answer = account.AuthApi(client).run_token_validation_with_http_info(token)
        assert (answer.data.valid, [role.value for role in answer.data.roles]) == (True, ["USER"])
        assert read(TokenValidationResult, answer.raw_data).valid
        assert not account.AuthApi(client).run_token_validation("not-a-token").valid
        system = account.SystemApi(client)
        assert 0 <= system.check().health <= 1
        assert system.version().major == 7
        assert "</html>" in system.file("account_en.html")
        with pytest.raises(account.exceptions.NotFoundException) as missing:
            system.file("nothing.html")
        assert missing.value.data.resource_key == "nothing.html"
        wrong = account.TokenRequest(username="dispatcher", password="wrong-password")
        with pytest.raises(account.exceptions.UnauthorizedException):
            account.AuthApi(client).run_token_generation(wrong)


def test_plan_sync(plan_api: universal.PlanApi, task: universal.PlanTask, worker: None) -> None:
    answer = plan_api.run_plan_calculation_with_http_info(task)
    assert answer.status_code == 200
    assert answer.data.calculation_info.status == "FINISHED_IN_TIME"
    plan = read(PlanResult, answer.raw_data)
    assert plan.statistics.total_statistics.plan_orders_count == 3
    assert len(answer.data.trips) == 1


def test_plan_async(plan_api: universal.PlanApi, task: universal.PlanTask, worker: None) -> None:
    process_code = plan_api.run_plan_calculation_async(task).process_code
    state = ends(plan_api, process_code)
    assert (state.calculation_info.status, state.calculation_progress) == ("FINISHED_IN_TIME", 100)
    raw = plan_api.read_plan_state_with_http_info(process_code).raw_data
    assert read(CalculationState, raw).tracedata.process_code == process_code
    answer = plan_api.read_plan_result_with_http_info(process_code)
    assert read(PlanResult, answer.raw_data).statistics.total_statistics.plan_orders_count == 3
    assert plan_api.cancel_plan_calculation_with_http_info(process_code).status_code == 204
    assert plan_api.delete_plan_result_with_http_info(process_code).status_code == 204
    with pytest.raises(universal.exceptions.NotFoundException) as gone:
        plan_api.read_plan_result(process_code)
    assert gone.value.data.detail.tracedata.operation == "read_plan_result"


def test_cancel_of_a_waiting_one(plan_api: universal.PlanApi, task: universal.PlanTask) -> None:
    process_code = plan_api.run_plan_calculation_async(task).process_code
    waiting = plan_api.read_plan_result_with_http_info(process_code)
    assert (waiting.status_code, waiting.data.trips) == (202, [])
    plan_api.cancel_plan_calculation(process_code)
    canceled = plan_api.read_plan_result_with_http_info(process_code)
    assert (canceled.status_code, canceled.data.calculation_info.status) == (299, "CANCELED")
    assert read(PlanResult, canceled.raw_data).trips == []


def test_errors_parse_in_the_client(plan_api: universal.PlanApi, task: universal.PlanTask) -> None:
    task.orders[0].demands[0].possible_events[0].location_key = "nowhere"
    with pytest.raises(universal.exceptions.BadRequestException) as refused:
        plan_api.run_plan_calculation_async(task)
    assert [error.type.value for error in refused.value.data.logical_errors] == ["INCONSISTENT_REFERENCE"]
    plan_api.api_client.configuration.access_token = "expired"
    with pytest.raises(universal.exceptions.UnauthorizedException):
        plan_api.read_plan_state(uuid.uuid4())


def test_system_client(live_server: Any) -> None:
    with universal.ApiClient(universal.Configuration(live_server.url)) as client:
        system = universal.SystemApi(client)
        assert 0 <= system.check().health <= 1
        assert system.version().minor == 23
        assert "</html>" in system.file("universal_ru.html")
