"""The staff's pages of the audit, of plans and of the queue; who sees whose."""

from __future__ import annotations

import gzip
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Company, User
from audit.charts import Series, draw, nice_step
from audit.models import DailyCounter, Process
from planning.models import Transfer
from tests.accounts.test_admin import signed_in
from tests.accounts.test_admin_work import act
from tests.planning.conftest import Api, run
from tests.planning.fake_solver import FakeSolver
from tests.web.scene import make_plan

pytestmark = pytest.mark.django_db
PICTURE = "/admin/audit/dailycounter/picture/"


@pytest.fixture
def owner(company: Company) -> User:
    return User.objects.create_user("owner", None, company, roles=["COMPANYOWNER"])


@pytest.fixture
def administrator(company: Company) -> User:
    return User.objects.create_user("administrator", None, company, roles=["ADMIN"])


@pytest.fixture
def partner(company: Company, stranger: User) -> User:
    """Of one company, shown another."""
    found = User.objects.create_user("partner", None, company, roles=["PARTNER"])
    found.assigned_companies.add(stranger.company)
    return found


def counter(user: User, day: date, points: int, kind: str = "PLAN") -> DailyCounter:
    return DailyCounter.objects.create(
        user=user, username=user.username, company=user.company, company_key=user.company.key, date=day,
        service="UNIVERSAL", process_type=kind, points=points, elements=points // 2, processes=1,
    )  # fmt: skip


@pytest.fixture
def counters(user: User, stranger: User) -> list[DailyCounter]:
    today = timezone.now().date()
    return [
        counter(user, today, 70),
        counter(user, today - timedelta(days=1), 30),
        counter(stranger, today, 9),
    ]


def test_AC6_usage_of_the_own_company(owner: User, counters: list[DailyCounter]) -> None:
    page = signed_in(owner).get(PICTURE)
    text = page.content.decode()
    assert page.status_code == 200
    assert [chart.total for chart in page.context["usage"].charts] == [100, 50, 2]
    assert "dispatcher" in text
    assert "stranger" not in text
    assert len(re.findall(r"<rect class=\"series-1\" x=", text)) == 6


def test_AC1_usage_of_assigned_companies(partner: User, counters: list[DailyCounter]) -> None:
    page = signed_in(partner).get(PICTURE)
    assert [row["username"] for row in page.context["usage"].users] == ["stranger"]


def test_usage_of_a_period_and_a_user(owner: User, counters: list[DailyCounter]) -> None:
    yesterday = counters[1].date.isoformat()
    client = signed_in(owner)
    assert client.get(f"{PICTURE}?from={yesterday}&to={yesterday}").context["usage"].charts[0].total == 30
    assert client.get(f"{PICTURE}?user=nobody").context["usage"].charts[0].total == 0
    assert client.get(f"{PICTURE}?from=x&to=9999-99-99&company=%00").status_code == 200


def test_AC3_points_of_a_day_are_forgiven_by_administrators(
    administrator: User, owner: User, counters: list[DailyCounter]
) -> None:
    path = "/admin/audit/dailycounter/"
    act(signed_in(owner), path, "reset_day", counters[0])
    assert not DailyCounter.objects.filter(forgiven__gt=0).exists()
    act(signed_in(administrator), path, "reset_day", counters[0], counters[2])
    for row in counters:
        row.refresh_from_db()
    assert [(row.points, row.forgiven) for row in counters] == [(70, 70), (30, 0), (9, 0)]


def test_AC1_administrators_look_at_file_transfers_of_their_company(
    administrator: User, user: User, stranger: User
) -> None:
    mine, other = (
        Transfer.objects.create(
            kind="import", owner=owner, file_name=f"{owner.username}.xlsx", status="REFUSED",
            findings={"title": "No orders"},
        )
        for owner in (user, stranger)
    )  # fmt: skip
    client = signed_in(administrator)
    path = "/admin/planning/transfer/"
    for search in ("", "?q=dispatcher", f"?q={mine.pk}", "?status__exact=REFUSED"):
        assert list(client.get(path + search).context["cl"].result_list) == [mine], search
    assert not client.get(f"{path}?q={other.pk}").context["cl"].result_list
    assert "No orders" in client.get(f"{path}{mine.pk}/change/").content.decode()
    assert client.get(f"{path}{other.pk}/change/").status_code == 302, "as if there were none"
    client.post(f"{path}{mine.pk}/change/", {"status": "FINISHED"})
    assert client.post(f"{path}{mine.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Transfer.objects.get(pk=mine.pk).status == "REFUSED"


def test_plans_are_found_by_their_codes(administrator: User, user: User) -> None:
    plan, _other = make_plan(user), make_plan(user)
    client = signed_in(administrator)
    for path, row in (("dataset", plan.dataset), ("calculation", plan)):
        for code in (str(row.pk), str(row.pk).upper()):
            assert list(client.get(f"/admin/planning/{path}/?q={code}").context["cl"].result_list) == [row]


def test_a_list_of_file_transfers_asks_no_more_for_more_rows(administrator: User, user: User) -> None:
    client, path = signed_in(administrator), "/admin/planning/transfer/"
    asked = []
    for _ in range(2):
        Transfer.objects.bulk_create(
            Transfer(kind="export", owner=user, dataset=make_plan(user).dataset) for _ in range(3)
        )
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("name", ["process", "request", "dailycounter"])
def test_AC1_owners_look_at_the_audit_and_change_nothing(owner: User, name: str) -> None:
    client = signed_in(owner)
    assert client.get(f"/admin/audit/{name}/").status_code == 200
    assert client.get(f"/admin/audit/{name}/add/").status_code == 403
    assert client.get("/admin/accounts/user/").status_code == 403
    assert client.get("/admin/planning/calculation/").status_code == 403
    assert client.get("/admin/planning/transfer/").status_code == 403


def test_AC5_a_process_with_its_requests_and_bodies(
    administrator: User, stranger: User, user: User, solver: FakeSolver
) -> None:
    calculation = Api(user).submit()
    name = default_storage.save("kept-input.gz", ContentFile(gzip.compress(b'{"a": 1}')))
    Process.objects.filter(pk=calculation.pk).update(input_file=name)
    client, path = signed_in(administrator), f"/admin/audit/process/{calculation.pk}"
    page = client.get(f"{path}/change/").content.decode()
    assert "run_plan_calculation_async" in page
    body = client.get(f"/admin/audit/process/{calculation.pk}/input.gz")
    assert gzip.decompress(b"".join(body.streaming_content)) == b'{"a": 1}'
    assert client.get(f"/admin/audit/process/{calculation.pk}/nothing.gz").status_code == 404
    assert signed_in(stranger).get(f"/admin/audit/process/{calculation.pk}/input.gz").status_code == 404


def test_lists_of_the_audit_are_searched_by_code_and_user(
    administrator: User, user: User, solver: FakeSolver
) -> None:
    calculation = Api(user).submit()
    client = signed_in(administrator)
    for path in ("process", "request"):
        for term, found in ((str(calculation.pk), 1), ("dispatch", 1), ("nobody", 0)):
            page = client.get(f"/admin/audit/{path}/", {"q": term})
            assert page.context["cl"].result_count == found, (path, term)
    request = Process.objects.get(pk=calculation.pk).requests.get()
    assert client.get("/admin/audit/process/", {"q": str(request.pk)}).context["cl"].result_count == 1
    for address in ("process/?service=UNIVERSAL&status=WAITING", "request/?answer=2"):
        assert client.get(f"/admin/audit/{address}").context["cl"].result_count == 1
    assert client.get("/admin/audit/request/?answer=5").context["cl"].result_count == 0


def test_long_lists_are_not_counted_to_the_end(
    administrator: User, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accounts.admin.paging.MOST_COUNTED", 3)
    for _number in range(5):
        Process.objects.create(
            service="UNIVERSAL", process_type="PLAN", username="x", company=user.company, company_key="acme"
        )
    assert signed_in(administrator).get("/admin/audit/process/").context["cl"].result_count == 3


def test_the_plan_of_a_calculation(
    administrator: User, stranger: User, user: User, solver: FakeSolver
) -> None:
    calculation = run(Api(user).submit())
    client = signed_in(administrator)
    page = client.get(f"/admin/planning/calculation/{calculation.pk}/plan/")
    assert page.status_code == 200
    assert f"/admin/planning/calculation/{calculation.pk}/map.json" in page.content.decode()
    kinds = {one["properties"]["kind"] for one in client.get(
        f"/admin/planning/calculation/{calculation.pk}/map.json").json()["features"]}  # fmt: skip
    assert "trip" in kinds
    for name in ("plan/", "map.json"):
        path = f"/admin/planning/calculation/{calculation.pk}/{name}"
        assert signed_in(stranger).get(path).status_code == 404


def test_the_queue_hour_by_hour(administrator: User, user: User, solver: FakeSolver) -> None:
    now = timezone.now()
    waiting, started = Api(user).submit(), Api(user).submit()
    type(started).objects.filter(pk=started.pk).update(
        status="FINISHED_IN_TIME", started_at=now, created_at=now - timedelta(seconds=90)
    )
    line = signed_in(administrator).get("/admin/planning/calculation/queue/").context["line"]
    assert (line.waiting, line.running, line.started) == (1, 0, 1)
    assert line.longest_wait == pytest.approx(90)
    assert max(line.charts[0].series[0].values) in {1, 2}
    assert waiting.status == "WAITING"
    assert signed_in(administrator).get("/admin/planning/calculation/queue/?hours=168").status_code == 200


@pytest.mark.parametrize(
    ("most", "step"), [(0, 1), (1, 1), (4, 1), (5, 2), (9, 5), (40, 10), (41, 20), (1000, 500), (12345, 5000)]
)
def test_lines_of_a_chart_stand_at_round_values(most: float, step: float) -> None:
    assert nice_step(most) == step


def test_bars_stack_up_to_their_sum() -> None:
    chart: Any = draw("t", ["a", "b"], [Series("x", 1, [3, 0]), Series("y", 2, [1, 4])])
    first, second, third = chart.bars
    assert (first["number"], second["number"], third["number"]) == (1, 2, 2)
    assert first["height"] == pytest.approx(3 * second["height"], abs=0.1)
    assert second["y"] + second["height"] == pytest.approx(first["y"], abs=0.1)
    assert third["height"] == pytest.approx(first["height"] + second["height"], abs=0.1)
