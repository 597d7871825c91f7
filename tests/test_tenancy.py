"""Every address of the site, tried as everybody: who may see and do what (AC1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.urls import URLPattern
from django.utils import timezone
from django_q.models import Failure, OrmQ, Schedule, Success

from accounts.api.views import Operation
from accounts.models import Company, CompanyQuota, User, UserQuota
from accounts.tokens import issue_token
from audit.models import DailyCounter, Process, Request
from planning.models import Calculation, Transfer
from tests.planning.fake_solver import FakeSolver
from tests.tenancy import ACTORS, HIMSELF, NOBODY, RULES, Actor, plain, routes, rule, watches
from tests.web.conftest import own_blobs, quick_passwords, solver
from tests.web.scene import make_plan

__all__ = ["own_blobs", "quick_passwords", "solver"]
pytestmark = pytest.mark.django_db

POSTS = {"sign-out/", "theme/", "plans/sample/", "i18n/setlang/", "admin/logout/"}
POSTS_OF_PLANS = {"run/", "stop/", "rename/", "duplicate/", "delete/", "keep/"}
COMING_AND_GOING = {"/admin/login/", "/admin/logout/"}
DENIED = {401, 403, 404}
SIGN_IN = ("/sign-in/", "/admin/login/")
LIMITS = {"process_type": "PLAN", "points_per_request": 9, "points_per_day": 9, "max_concurrent_execution": 1}


ROUTES = routes()


class World:
    """Two companies; everything belongs to one user of the first, and everybody tries it."""

    def __init__(self) -> None:
        self.near = Company.objects.create(key="nearby")
        self.far = Company.objects.create(key="faraway")
        self.users: dict[str, User] = {}
        for number, actor in enumerate(ACTORS):
            if actor is not NOBODY:
                self.users[actor.name] = self.make(actor, f"actor-{number}")
        self.mine = self.users[HIMSELF.name]
        User.objects.filter(pk=self.mine.pk).update(specification="Subject of it all")
        self.far_user = User.objects.create_user("stranger", None, self.far, specification="From elsewhere")
        self.rows = {self.near: self.make_rows(self.mine), self.far: self.make_rows(self.far_user)}

    def make(self, actor: Actor, username: str) -> User:
        company = self.near if actor.near else self.far
        if actor.off == "company":
            company = Company.objects.create(key="closed", enabled=False)
        roles = [actor.role] if actor.role else []
        user = User.objects.create_user(username, None, company, roles=roles, enabled=actor.off != "user")
        if actor.assigned:
            user.assigned_companies.add(self.near)
        return user

    def make_rows(self, user: User) -> dict[str, Any]:
        plan = make_plan(user)
        names = {"username": user.username, "company": user.company, "company_key": user.company.key}
        counter = DailyCounter.objects.create(
            user=user, date=timezone.now().date(), service="UNIVERSAL", process_type="PLAN", **names
        )
        kept = default_storage.save("kept", ContentFile(b"kept"))
        process = Process.objects.create(
            process_code=plan.pk,
            service="UNIVERSAL",
            process_type="PLAN",
            user=user,
            input_file=kept,
            **names,
        )
        request = Request.objects.create(
            process=process, operation="run", username=user.username, company_key=user.company.key,
            env="e", pod="p", time=timezone.now(), http_status=200,
        )  # fmt: skip
        task = {"id": f"{user.pk:032}", "name": user.username, "func": "f"}
        times = {"started": timezone.now(), "stopped": timezone.now()}
        return {
            "transfer": Transfer.objects.create(kind="export", owner=user, dataset=plan.dataset, output=kept),
            "actualize": make_plan(user, kind="actualize"), "replan": make_plan(user, kind="replan"),
            "user": user, "company": user.company, "dailycounter": counter, "process": process,
            "request": request, "calculation": plan, "dataset": plan.dataset,
            "companyquota": CompanyQuota.objects.create(company=user.company, **LIMITS),
            "userquota": UserQuota.objects.create(user=user, **LIMITS),
            "schedule": Schedule.objects.create(func="f", name=user.username),
            "success": Success.objects.create(**task, **times, success=True),
            "failure": Failure.objects.create(**{**task, "id": f"f{user.pk:031}"}, **times, success=False),
            "ormq": OrmQ.objects.create(key="marshrut", payload="", lock=timezone.now()),
            "logentry": LogEntry.objects.create(
                user=user, content_type=ContentType.objects.get_for_model(User), object_id="1", action_flag=2
            ),
        }  # fmt: skip

    def address(self, route: str) -> str:
        """The route to the first company's row."""
        rows = self.rows[self.near]
        path = plain(route)
        kinds = {"actualize": rows["actualize"], "replan": rows["replan"]}
        plan: Calculation = kinds.get("".join(path.split("/")[1:2]), rows["calculation"])
        keyed = "calculation" if path.startswith("processes") else path.split("/")[2:3]
        model = keyed if isinstance(keyed, str) else "".join(keyed)
        known = {
            "object_id": rows[model].pk if model in rows else 1, "id": self.mine.pk, "code": plan.pk,
            "process_code": plan.pk, "key": plan.dataset_id, "number": 1, "stop": 0, "entity": "orders",
            "file": rows["transfer"].pk, "what": "input", "app_label": "audit", "url": "nowhere",
            "name": "account" if path.startswith("api/docs/") else "heidelberg.json",
            "content_type_id": 1, "filename": f"{path.partition('/')[0]}_en.html",
        }  # fmt: skip
        for name, value in known.items():
            path = path.replace(f"<{name}>", str(value))
        if path == "admin/autocomplete/":
            path += "?app_label=accounts&model_name=userquota&field_name=user&term="
        return f"/{path}"


@pytest.fixture
def world(db: None, solver: FakeSolver) -> World:
    return World()


def calls(world: World, route: str, pattern: URLPattern) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The requests an address stands for: method, address, what is sent."""
    view = getattr(pattern.callback, "cls", None)
    if view is not None and issubclass(view, Operation):
        options = getattr(pattern.callback, "initkwargs", {})
        for method in options.get("operations", view.operations):
            kind = "application/octet-stream" if route.endswith("xlsx-to-json") else "application/json"
            data = b"{}" if method in {"POST", "PUT"} else b""
            yield method, world.address(route), {"data": data, "content_type": kind}
    else:
        admin = route.startswith("admin/")
        posts = route in POSTS or any(route.endswith(f"/{name}") for name in POSTS_OF_PLANS)
        posts = route.endswith("/process_import/") or (posts and (not admin or route in POSTS))
        method = "POST" if posts else "GET"
        yield method, world.address(route), {}


def allowed(client: Client, method: str, path: str, sent: dict[str, Any], headers: dict[str, str]) -> bool:
    """Whether a request gets where it wants; what it did is undone."""
    with transaction.atomic():
        answer = client.generic(method, path, headers=headers, **sent)
        transaction.set_rollback(True)
    if answer.status_code == 302:
        there = answer.headers["Location"]
        turned_away = path.startswith("/admin/") and there == "/admin/"
        return path in COMING_AND_GOING or not (there.startswith(SIGN_IN) or turned_away)
    assert answer.status_code < 500, (path, answer.status_code)
    return answer.status_code not in DENIED


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.name)
def test_AC1_everybody_gets_where_the_table_says_and_nowhere_else(world: World, actor: Actor) -> None:
    user, client, headers = world.users.get(actor.name), Client(), {}
    if user is not None:
        client.force_login(user)
        headers = {"authorization": f"Bearer {issue_token(user, 600)}"}
    cookies, wrong = client.cookies.copy(), []
    for route, pattern in ROUTES:
        for method, path, sent in calls(world, route, pattern):
            client.cookies = cookies.copy()
            # Anybody may ask for a token; what is sent here has no password.
            known = headers if route != "account/token/generation" else {}
            if allowed(client, method, path, sent, known) != RULES[rule(route)](actor):
                wrong.append(f"{method} {path} against {rule(route)!r}")
    assert wrong == [], "\n".join(wrong)


LISTS = [route for route, _pattern in ROUTES if route.count("/") == 3 and route.startswith("admin/a")]
LISTS += ["admin/audit/dailycounter/picture/"]
LISTS += [f"admin/planning/{name}/" for name in ("dataset", "calculation", "transfer")]


@pytest.mark.parametrize(
    "actor", [one for one in ACTORS if RULES["staff"](one)], ids=lambda actor: actor.name
)
def test_AC1_lists_show_the_rows_of_ones_own_companies_only(world: World, actor: Actor) -> None:
    client = Client()
    client.force_login(world.users[actor.name])
    shows = {"near": watches(actor), "far": actor.overlord or (not actor.near and staff_of_far(actor))}
    of_companies = {"near": "nearby", "far": "faraway"}
    of_users = {"near": world.mine.username, "far": "stranger"}
    for route in LISTS:
        if route == "admin/admin/logentry/" or not RULES[rule(route)](actor):
            continue
        text = client.get(f"/{route}").content.decode().replace(world.users[actor.name].username, "")
        names = (
            of_companies if route in {"admin/accounts/companyquota/", "admin/accounts/company/"} else of_users
        )
        for side, name in names.items():
            assert (name in text) == shows[side], (route, side)


def staff_of_far(actor: Actor) -> bool:
    return actor.role in {"ADMIN", "COMPANYOWNER"}
