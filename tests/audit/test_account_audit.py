"""The account's audit, kept bodies, statistics and report, through the official client (AC1, AC5, AC6)."""

from __future__ import annotations

import io
import json
import random
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
import vrt_lss_account as account
from django.utils import timezone

from accounts.models import Company, User
from accounts.tokens import issue_token
from accounts.trace import Points, Trace
from audit import journal, retention, statistics
from audit.models import DailyCounter, DailyPlace, Process, Request
from solver.contract import (
    AccountAuditResult,
    CalculationInfo,
    CalculationStatus,
    General400,
    General404,
    ProcessType,
    Service,
    UserStatistics,
    read,
)
from tests.planning.conftest import PASSWORD, Api, read_body, run
from tests.planning.fake_solver import FakeSolver, example

pytestmark = pytest.mark.django_db
AUDIT = "/account/audit"
BEGINNING = "2000-01-01T00:00:00Z"


def listed(user: User, **asked: Any) -> AccountAuditResult:
    answer = Api(user).client.get(
        AUDIT, {"from": BEGINNING, **asked}, headers={"authorization": f"Bearer {issue_token(user, 600)}"}
    )
    assert answer.status_code == 200, answer.content
    return read(AccountAuditResult, answer.content)


@pytest.fixture
def history(user: User) -> list[Process]:
    """Two hundred processes of three weeks, made by chance."""
    chance = random.Random(7)
    made = []
    for number in range(200):
        kind = chance.choice(["PLAN", "VALIDATE", "CONVERT", "NOTRACE"])
        time = timezone.now() - timedelta(minutes=chance.randint(1, 30_000))
        process = Process.objects.create(
            service="ACCOUNT" if kind == "NOTRACE" else "UNIVERSAL",
            process_type=kind,
            user=user,
            username=user.username,
            company=user.company,
            company_key=user.company.key,
            created_at=time,
            status=chance.choice(["FINISHED_IN_TIME", "FAILED", "CANCELED"]),
            points=chance.choice([None, number % 9]),
            elements=chance.choice([None, number % 5]),
        )
        for later in range(chance.randint(1, 3)):
            Request.objects.create(
                process=process,
                operation=chance.choice(["run_plan_calculation_async", "read_plan_state", "read_audit"]),
                username=user.username,
                company_key=user.company.key,
                env="test",
                pod="pod",
                time=time + timedelta(seconds=later),
                http_status=200,
            )
        made.append(process)
    return made


def codes(result: AccountAuditResult) -> list[uuid.UUID]:
    return [action.process_code for action in result.actions]


# --- audit ---


@pytest.mark.parametrize(
    ("asked", "passes"),
    [
        ({}, lambda _process: True),
        ({"service": "ACCOUNT"}, lambda process: process.service == "ACCOUNT"),
        ({"process_type": "PLAN"}, lambda process: process.process_type == "PLAN"),
        ({"status": "FAILED"}, lambda process: process.status == "FAILED"),
        (
            {"operation": "read_plan_state"},
            lambda process: "read_plan_state" in {item.operation for item in process.requests.all()},
        ),
        (
            {"process_type": "VALIDATE", "status": "CANCELED", "operation": "read_audit"},
            lambda process: (
                (process.process_type, process.status) == ("VALIDATE", "CANCELED")
                and "read_audit" in {item.operation for item in process.requests.all()}
            ),
        ),
        ({"service": "PACKER"}, lambda _process: False),
    ],
)
def test_ac5_filters_and_counters_agree_with_a_recount(
    user: User, history: list[Process], asked: dict[str, str], passes: Callable[[Process], bool]
) -> None:
    wanted = [process for process in history if passes(process)]
    found = listed(user, limit=2001, **asked)
    assert set(codes(found)) == {process.pk for process in wanted}
    assert found.counters.overall.total == 200
    assert found.counters.filter.total == len(wanted)


@pytest.mark.parametrize("direction", ["ASC", "DESC"])
@pytest.mark.parametrize(
    ("field", "key"),
    [
        ("time", lambda process: process.created_at),
        ("process_code", lambda process: str(process.pk)),
        ("process_type", lambda process: process.process_type),
        ("service", lambda process: process.service),
        ("status", lambda process: process.status),
        ("username", lambda process: process.username),
        ("company", lambda process: process.company_key),
        ("request_points_count", lambda process: -1 if process.points is None else process.points),
        ("result_elements_count", lambda process: -1 if process.elements is None else process.elements),
    ],
)
def test_ac5_sorting(user: User, history: list[Process], field: str, key: Any, direction: str) -> None:
    found = listed(user, limit=2001, sort_field=field, sort_direction=direction)
    by_code = {process.pk: process for process in history}
    values = [key(by_code[code]) for code in codes(found)]
    assert values == sorted(values, reverse=direction == "DESC")


def test_ac5_pages_hold_everything_once(user: User, history: list[Process]) -> None:
    now = timezone.now().isoformat()  # without what this test asks
    pages = [
        listed(user, to=now, offset=offset, limit=30, sort_field="status") for offset in range(0, 240, 30)
    ]
    assert [len(page.actions) for page in pages] == [30] * 6 + [20, 0]
    assert {code for page in pages for code in codes(page)} == {process.pk for process in history}
    assert {page.counters.filter.total for page in pages} == {200}
    assert len(listed(user, to=now).actions) == 100, "the default"


def test_ac5_period_includes_both_ends(user: User, history: list[Process]) -> None:
    times = sorted(process.created_at for process in history)
    first, last = times[40], times[80]
    found = listed(user, **{"from": first.isoformat(), "to": last.isoformat(), "limit": "2001"})
    assert sorted(action.time for action in found.actions) == times[40:81]
    assert found.counters.overall.total == 41


TO_THE_BYTE = """{"actions":[{
"process_code":"00000000-0000-0000-0000-00000000000a","process_type":"PLAN","username":"dispatcher",
"company":"acme","service":"UNIVERSAL","time":"2026-03-01T09:00:00Z","requests":[{
"process_code":"00000000-0000-0000-0000-00000000000a","request_code":"00000000-0000-0000-0000-000000000001",
"username":"dispatcher","company":"acme","service":"UNIVERSAL","operation":"run_plan_calculation_async",
"env":"test","pod":"под","time":"2026-03-01T09:00:00Z"},{
"process_code":"00000000-0000-0000-0000-00000000000a","request_code":"00000000-0000-0000-0000-000000000002",
"username":"dispatcher","company":"acme","service":"UNIVERSAL","operation":"read_plan_result",
"env":"test","pod":"под","time":"2026-03-01T09:00:00.120000Z"}],
"statistics":{"request_points_count":5,"calculation_info":{
"status":"FAILED","message":"Не \\"вышло\\"","result_version":2,
"preparing_time":"PT1S","business_validation_time":"PT0S","math_validation_time":"PT0S","waiting_time":"PT1H",
"calculation_time":"PT57M48S"}},"input_file_exists":true,"output_file_exists":false},{
"process_code":"00000000-0000-0000-0000-00000000000b","process_type":"NOTRACE","username":"dispatcher",
"company":"acme","service":"ACCOUNT","time":"2026-03-01T09:00:00.000001Z","requests":[],
"statistics":{"result_elements_count":0,"calculation_info":{"status":"FINISHED_IN_TIME","result_version":0,
"preparing_time":"PT0S","business_validation_time":"PT0S","math_validation_time":"PT0S","waiting_time":"PT0S",
"calculation_time":"PT0S"}},"input_file_exists":false,"output_file_exists":false}],
"counters":{"overall":{"total":2},"filter":{"total":2}}}"""


def test_ac5_every_database_gives_the_same_bytes(user: User) -> None:
    nine = datetime(2026, 3, 1, 9, tzinfo=UTC)
    whose = {"user": user, "username": user.username, "company": user.company, "company_key": "acme"}
    told = CalculationInfo(
        status=CalculationStatus.FAILED, message='Не "вышло"', result_version=2, preparing_time=1,
        business_validation_time=0, math_validation_time=0, waiting_time=3600, calculation_time=3468,
    )  # fmt: skip
    plan = Process.objects.create(
        process_code=uuid.UUID(int=10), service="UNIVERSAL", process_type="PLAN", created_at=nine, points=5,
        input_file="audit/input", **whose,
    )  # fmt: skip
    journal.note_calculation(plan.pk, told)
    Process.objects.create(
        process_code=uuid.UUID(int=11), service="ACCOUNT", process_type="NOTRACE", elements=0,
        created_at=nine + timedelta(microseconds=1), **whose,
    )  # fmt: skip
    for code, operation, later in ((2, "read_plan_result", 120), (1, "run_plan_calculation_async", 0)):
        Request.objects.create(
            request_code=uuid.UUID(int=code), process=plan, operation=operation, username=user.username,
            company_key="acme", env="test", pod="под", time=nine + timedelta(milliseconds=later),
            http_status=200,
        )  # fmt: skip
    answer = Api(user)("GET", f"{AUDIT}?from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z")
    assert answer.content.decode() == TO_THE_BYTE.replace("\n", "")


@pytest.mark.parametrize("offset", ["%2B23:02", "-23:59"])
def test_ac5_a_period_in_any_time_zone_the_contract_allows(user: User, offset: str) -> None:
    answer = Api(user)("GET", f"/account/audit?from=2000-01-01T00:47:39.63{offset}")
    assert answer.status_code == 200


@pytest.mark.parametrize("hours", [-12, -5, 0, 3, 12])
def test_ac5_by_default_today_of_the_user(user: User, hours: int) -> None:
    user.timezone = hours
    user.save()
    midnight = (timezone.now() + timedelta(hours=hours)).replace(
        hour=0, minute=0, second=0, microsecond=0
    ) - timedelta(hours=hours)
    for minutes in (-1, 0):
        Process.objects.create(
            service="UNIVERSAL", process_type="PLAN", user=user, username="u1", company=user.company,
            company_key="acme", created_at=midnight + timedelta(minutes=minutes), status="FAILED",
        )  # fmt: skip
    answer = read(AccountAuditResult, Api(user)("GET", AUDIT).content)
    assert [action.time for action in answer.actions] == [midnight]


@pytest.mark.parametrize(
    ("asked", "entity"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "2002"}, "limit"),
        ({"limit": "x"}, "limit"),
        ({"offset": "-1"}, "offset"),
        ({"from": "2025-09-21"}, "from"),
        ({"to": "yesterday"}, "to"),
        ({"service": "UNKNOWN"}, "service"),
        ({"process_type": "plan"}, "process_type"),
        ({"status": "DONE"}, "status"),
        ({"operation": "xy"}, "operation"),
        ({"operation": "read\x00audit"}, "operation"),
        ({"sort_field": "password"}, "sort_field"),
        ({"sort_direction": "UP"}, "sort_direction"),
    ],
)
def test_h1_wrong_parameters_are_named(user: User, asked: dict[str, str], entity: str) -> None:
    answer = Api(user).client.get(AUDIT, asked, headers={"authorization": f"Bearer {issue_token(user, 60)}"})
    told = read(General400, answer.content)
    assert (answer.status_code, [error.entity for error in told.schema_errors]) == (400, [entity])


def test_ac1_who_sees_whose_processes(user: User, stranger: User, company: Company) -> None:
    colleague = User.objects.create_user("colleague", PASSWORD, company, roles=["USER"])
    for person in (user, colleague, stranger):
        Api(person)("GET", "/account/quota")

    def seen(*roles: str, assigned: Company | None = None) -> set[str]:
        user.roles = list(roles)
        user.save()
        user.assigned_companies.set([assigned] if assigned else [])
        return {action.username for action in listed(user, operation="read_quota").actions}

    everybody = {"dispatcher", "colleague", "stranger"}
    assert seen("USER") == seen("BOT") == seen() == {"dispatcher"}
    assert seen("COMPANYOWNER") == seen("ADMIN") == {"dispatcher", "colleague"}
    assert seen("PARTNER") == {"dispatcher"}
    assert seen("PARTNER", assigned=stranger.company) == {"dispatcher", "stranger"}
    assert seen("USER", assigned=stranger.company) == {"dispatcher"}, "only partners have companies"
    assert seen("OVERLORD") == everybody


# --- kept bodies ---


@pytest.mark.django_db(transaction=True)
def test_ac5_input_and_output_of_a_calculation_are_kept(api: Api, user: User, solver: FakeSolver) -> None:
    calculation = api.submit()
    (action,) = listed(user, operation="run_plan_calculation_async").actions
    assert (action.input_file_exists, action.output_file_exists) == (True, False)
    run(calculation)
    result = read_body(api("GET", f"/universal/plan/result/{calculation.pk}"))
    api("DELETE", f"/universal/plan/result/{calculation.pk}")
    (action,) = listed(user, operation="run_plan_calculation_async").actions
    assert (action.input_file_exists, action.output_file_exists) == (True, True)
    assert action.statistics.request_points_count == 5
    assert action.statistics.calculation_info.status == "FINISHED_IN_TIME"
    assert [item.operation for item in action.requests] == [
        "run_plan_calculation_async", "read_plan_result", "delete_plan_result",
    ]  # fmt: skip
    there = f"/account/data/{calculation.pk}"
    kept = api("GET", there)
    assert b"".join(kept.streaming_content) == example("plan.request")
    assert kept["content-type"] == "application/octet-stream"
    output = read_body(api("GET", f"{there}?data_flow_type=OUTPUT&data_flow_stage=RAW"))
    assert output.pop("tracedata")["request_code"] == str(action.requests[0].request_code)
    result.pop("tracedata")
    assert output == result


@pytest.mark.parametrize("operation", ["plan/validation", "plan/refine", "convert/json-to-xlsx"])
def test_ac5_other_operations_keep_what_came_and_went(api: Api, operation: str) -> None:
    answer = api("POST", f"/universal/{operation}", example("plan.request"))
    process = Process.objects.get(service="UNIVERSAL")
    there = f"/account/data/{process.pk}"
    assert b"".join(api("GET", there).streaming_content) == example("plan.request")
    assert b"".join(api("GET", f"{there}?data_flow_type=OUTPUT").streaming_content) == answer.content


def test_ac5_a_refused_task_is_kept_with_its_errors(api: Api) -> None:
    answer = api("POST", "/universal/plan/calculation-async", b'{"orders": 7}')
    there = f"/account/data/{answer.json()['tracedata']['process_code']}"
    assert b"".join(api("GET", there).streaming_content) == b'{"orders": 7}'
    assert b"".join(api("GET", f"{there}?data_flow_type=OUTPUT").streaming_content) == answer.content


def test_ac5_bodies_of_nobody_and_of_the_account_are_not_kept(user: User) -> None:
    wanted = {"username": user.username, "password": PASSWORD}
    Api(None)("POST", "/account/token/generation", wanted)
    Api(None)("POST", "/universal/plan/validation", example("plan.request"))
    Api(user)("PUT", "/account/info", {"specification": "Dana"})
    assert set(Process.objects.values_list("input_file", "output_file")) == {("", "")}


def test_ac5_data_of_others_and_of_nothing_is_404(api: Api, stranger: User) -> None:
    api("POST", "/universal/plan/validation", example("plan.request"))
    code = Process.objects.get(service="UNIVERSAL").pk
    for who, asked in ((Api(stranger), str(code)), (api, str(uuid.uuid4())), (api, "no-code")):
        answer = who("GET", f"/account/data/{asked}")
        told = read(General404, answer.content)
        assert (answer.status_code, told.resource_key) == (404, asked)
        assert told.detail is not None
        assert told.detail.tracedata.operation == "read_data"
    assert api("GET", f"/account/data/{code}?data_flow_type=BOTH").status_code == 400


# --- retention ---


def test_ac5_retention_lets_go_of_bodies_first_and_of_rows_later(api: Api, user: User) -> None:
    api("POST", "/universal/plan/validation", example("plan.request"))
    process = Process.objects.get()
    assert retention.apply(timezone.now() + timedelta(days=29))["bodies"] == 0
    assert retention.apply(timezone.now() + timedelta(days=31)) == {
        "bodies": 1, "processes": 0, "places": 4, "sign_ins": 0,
    }  # fmt: skip
    assert api("GET", f"/account/data/{process.pk}").status_code == 404
    (action,) = listed(user, operation="run_plan_validation").actions
    assert (action.input_file_exists, action.output_file_exists) == (False, False)
    done = retention.apply(timezone.now() + timedelta(days=401))
    assert done["processes"] >= 2
    assert not Request.objects.filter(process=process).exists()
    assert DailyCounter.objects.get().points == 5, "statistics stay"
    assert not DailyPlace.objects.exists()


def test_ac5_retention_works_in_batches(
    user: User, history: list[Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 30)
    assert retention.remove_processes(timezone.now()) == 30
    times = sorted(process.created_at for process in history)
    assert Process.objects.order_by("created_at").values_list("created_at", flat=True)[0] == times[30]
    later = timezone.now() + timedelta(days=401)
    assert retention.apply(later, seconds=0)["processes"] == 0, "the rest waits for the next time"
    assert retention.apply(later)["processes"] == 170


# --- statistics and report ---


def spend(user: User, moment: datetime, kind: ProcessType, count: int) -> None:
    trace = Trace(Service.UNIVERSAL, "run_plan_calculation_async", kind, user, time=moment)
    places = frozenset(random.Random(count).sample(range(20), min(count, 12)))
    journal.accept(trace, Points(count, places), elements=count // 2)
    Process.objects.filter(pk=trace.process_code).update(created_at=moment)


@pytest.fixture
def month(company: Company, stranger: User) -> list[User]:
    """A month of activity of users from all around the world."""
    chance = random.Random(3)
    people = [
        User.objects.create_user(f"user{hours}", None, company, roles=["USER"], timezone=hours)
        for hours in (-12, -5, 0, 3, 12)
    ]
    for person in [*people, stranger]:
        for _ in range(60):
            moment = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=chance.randint(0, 31 * 24 * 60))
            kind = chance.choice([ProcessType.PLAN, ProcessType.VALIDATE, ProcessType.CONVERT])
            spend(person, moment, kind, chance.randint(0, 15))
    return people


Figures = dict[tuple[str, date, str], tuple[int, int, int]]


def of_audit(owner: User) -> Figures:
    """Points, elements and processes by user, his day and type, counted from the audit's answer alone."""
    hours = dict(User.objects.values_list("username", "timezone"))
    found: dict[tuple[str, date, str], Counter[str]] = {}
    for action in listed(owner, limit=2001, service="UNIVERSAL").actions:
        day = (action.time + timedelta(hours=hours[action.username])).date()
        line = found.setdefault((action.username, day, action.process_type.value), Counter())
        line["points"] += action.statistics.request_points_count or 0
        line["elements"] += action.statistics.result_elements_count or 0
        line["processes"] += 1
    return {key: (line["points"], line["elements"], line["processes"]) for key, line in found.items()}


def of_statistics(people: list[User]) -> tuple[Figures, dict[Any, int]]:
    figures: Figures = {}
    unique = {}
    for person in people:
        answer = Api(person)("GET", "/account/statistics?from=2026-02-27&to=2026-04-02")
        told = read(UserStatistics, answer.content)
        assert (told.username, len(told.dates)) == (person.username, 35)
        for day in told.dates:
            for item in (process for service in day.services for process in service.processes):
                key = (person.username, day.date, item.process_type.value)
                figures[key] = (item.points_per_day, item.elements_per_day, item.processes_per_day)
                unique[key] = item.unique_points_per_day
                assert item.unique_points_per_day <= item.points_per_day
    return figures, unique


def sheet(answer: Any, title: str) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return list(book[title].iter_rows(min_row=2, values_only=True))


def test_ac6_report_equals_statistics_equals_audit(month: list[User], company: Company) -> None:
    owner = User.objects.create_user("owner", None, company, roles=["COMPANYOWNER"])
    figures, unique = of_statistics(month)
    assert figures == of_audit(owner)
    assert len({day for _name, day, _kind in figures}) >= 31
    answer = Api(owner)("GET", "/account/report?from=2026-02-27&to=2026-04-02")
    assert answer["content-type"] == "application/octet-stream"
    lines = sheet(answer, "Days")
    assert {line[1] for line in lines} == {"acme"}
    told = {(line[2], line[0].date(), line[4]): line[5:] for line in lines}
    assert told == {
        key: (points, unique[key], elements, processes)
        for key, (points, elements, processes) in figures.items()
    }
    totals = sheet(answer, "Sums")
    assert sum(line[4] for line in totals) == sum(line[0] for line in figures.values())
    assert sum(line[7] for line in totals) == 300


def test_ac6_report_of_one_user_holds_his_lines_only(month: list[User]) -> None:
    lines = sheet(Api(month[0])("GET", "/account/report?from=2026-03-01&to=2026-03-31"), "Days")
    assert {line[2] for line in lines} == {month[0].username}


def test_ac6_filters_of_statistics(month: list[User]) -> None:
    def types(asked: str) -> set[str]:
        answer = Api(month[1])("GET", f"/account/statistics?from=2026-03-01&to=2026-03-31{asked}")
        found = read(UserStatistics, answer.content).dates
        return {item.process_type.value for day in found for one in day.services for item in one.processes}

    assert types("") == types("&service=UNIVERSAL") == {"PLAN", "VALIDATE", "CONVERT"}
    assert types("&process_type=PLAN") == {"PLAN"}
    assert types("&service=ROUTING") == types("&process_type=ROUTE") == set()


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ({}, ("2026-03-01", "2026-03-09")),
        ({"start": date(2026, 2, 3)}, ("2026-02-03", "2026-03-09")),
        ({"end": date(2026, 3, 10)}, ("2026-03-01", "2026-03-10")),
        ({"start": date(2026, 3, 5), "end": date(2026, 3, 5)}, ("2026-03-05", "2026-03-05")),
    ],
)
def test_ac6_the_day_of_to_counts_and_without_it_yesterday_is_the_last(
    user: User, asked: dict[str, date], days: tuple[str, str]
) -> None:
    user.timezone = 3
    now = datetime(2026, 3, 9, 22, 30, tzinfo=UTC)  # the tenth, where the user is
    period = statistics.Period.asked(user, now, asked.get("start"), asked.get("end"))
    found = [day.isoformat() for day in period.days()]
    assert (found[0], found[-1]) == days


def test_ac6_on_the_first_of_a_month_there_is_nothing_yet(user: User) -> None:
    period = statistics.Period.asked(user, datetime(2026, 3, 1, 12, tzinfo=UTC), None, None)
    assert list(period.days()) == []


@pytest.mark.parametrize("operation", ["statistics", "report"])
def test_h1_wrong_days(user: User, operation: str) -> None:
    api = Api(user)
    for asked in ("from=yesterday", "to=2026-02-30", "service=x", "from=2000-01-01&to=2026-01-01"):
        answer = api("GET", f"/account/{operation}?{asked}")
        assert (answer.status_code, len(read(General400, answer.content).schema_errors)) == (400, 1)


# --- the official client ---


@pytest.fixture
def client(live_server: Any, user: User) -> Iterator[account.ApiClient]:
    configuration = account.Configuration(live_server.url, access_token=issue_token(user, 600))
    with account.ApiClient(configuration) as found:
        yield found


@pytest.mark.django_db(transaction=True)
def test_ac5_official_client_reads_all_of_it(
    client: account.ApiClient, user: User, solver: FakeSolver
) -> None:
    api = Api(user)
    calculation = run(api.submit())
    audit = account.AuditApi(client)
    found = audit.read_audit(
        offset=0, limit=10, var_from=timezone.now() - timedelta(days=1), to=timezone.now(),
        service=account.Service.UNIVERSAL, operation="run_plan_calculation_async",
        process_type=account.ProcessType.PLAN, status=account.CalculationStatus.FINISHED_IN_TIME,
        sort_field="time", sort_direction="DESC",
    )  # fmt: skip
    assert [action.process_code for action in found.actions] == [calculation.pk]
    assert (found.actions[0].input_file_exists, found.actions[0].output_file_exists) == (True, True)
    assert found.counters.filter.total == 1
    assert len(audit.read_audit().actions) == Process.objects.count() - 1, "its own comes after it"
    data = account.DataApi(client)
    assert bytes(data.read_data(calculation.pk)) == example("plan.request")
    output = data.read_data(calculation.pk, account.FlowType.OUTPUT, account.FlowStage.RAW)
    assert json.loads(bytes(output))["calculation_progress"] == 100
    today = timezone.now().date()
    api_of_days = account.StatisticsApi(client)
    told = api_of_days.generate_statistics(
        var_from=today, to=today, service=account.Service.UNIVERSAL, process_type=account.ProcessType.PLAN
    )
    assert told.dates[0].services[0].processes[0].points_per_day == 5
    book = bytes(api_of_days.generate_report(var_from=today, to=today))
    assert openpyxl.load_workbook(io.BytesIO(book)).sheetnames == ["Days", "Sums"]
    assert api_of_days.generate_statistics().username == "dispatcher"
    with pytest.raises(account.exceptions.NotFoundException) as missing:
        data.read_data(uuid.uuid4())
    assert missing.value.data.detail.tracedata.operation == "read_data"
    with pytest.raises(account.exceptions.BadRequestException) as wrong:
        audit.read_audit(sort_field="nothing")
    assert wrong.value.data.schema_errors[0].entity == "sort_field"
