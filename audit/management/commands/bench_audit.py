"""Measures the audit with a million requests: how fast it answers, and how long deletion holds locks."""

import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from statistics import median
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import Company, User
from accounts.roles import Role
from accounts.tokens import issue_token
from audit import retention
from audit.models import Process, Request

COMPANIES, USERS, DAYS = 20, 10, 100
"""Companies, users of each, and days over which the activity is spread."""

TIMES = 5
PROCESSES = """
INSERT INTO audit_process (process_code, service, process_type, username, company_key, created_at, status,
    calculation_info, points, elements, input_file, output_file, user_id, company_id)
SELECT gen_random_uuid(), CASE WHEN n %% 3 = 0 THEN 'ACCOUNT' ELSE 'UNIVERSAL' END,
    (ARRAY['NOTRACE', 'PLAN', 'VALIDATE'])[n %% 3 + 1], person.username, company.key,
    now() - %(days)s * interval '1 day' * n / %(count)s,
    CASE WHEN n %% 7 = 0 THEN 'FAILED' ELSE 'FINISHED_IN_TIME' END,
    CASE WHEN n %% 3 = 1 AND n %% 7 > 0 THEN jsonb_build_object(
        'status', 'FINISHED_IN_TIME', 'result_version', n %% 9, 'preparing_time', 'PT1S',
        'business_validation_time', 'PT0S', 'math_validation_time', 'PT0S',
        'waiting_time', format('PT%%sS', n %% 59 + 1), 'calculation_time', format('PT%%sM', n %% 50 + 1)
    ) ELSE '{}' END,
    n %% 1000, n %% 900, CASE WHEN n %% 10 = 1 THEN 'audit/bench' ELSE '' END, '', person.id, company.id
FROM generate_series(1, %(count)s) AS n
JOIN accounts_user AS person ON person.username = 'bench-' || (n * 31 %% %(users)s)
JOIN accounts_company AS company ON company.id = person.company_id
ORDER BY n DESC
"""
"""The oldest first, as they come: filled from their other end, indexes by time would be twice as big."""

REQUESTS = """
INSERT INTO audit_request (request_code, operation, username, company_key, env, pod, time, http_status,
    process_id)
SELECT gen_random_uuid(),
    (ARRAY['run_plan_calculation_async', 'read_plan_state', 'read_plan_state', 'read_plan_result'])[m],
    username, company_key, 'bench', 'bench', created_at + m * interval '1 second', 200, process_code
FROM audit_process CROSS JOIN generate_series(1, 4) AS m
"""


class Command(BaseCommand):
    """Fill an empty PostgreSQL database, ask the audit in many ways, delete everything by retention."""

    help = "Fills an empty PostgreSQL database with audit rows and prints how fast the audit answers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the number of requests, in all."""
        parser.add_argument("--requests", type=int, default=1_000_000)

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill, measure, delete.

        Raises
        ------
        CommandError
            The database is another one, or somebody's own.
        """
        if connection.vendor != "postgresql" or Process.objects.exists() or User.objects.exists():
            raise CommandError("An empty PostgreSQL database is wanted: it is filled and emptied again.")
        self._fill(options["requests"] // 4)
        self._ask()
        self._delete()

    def _fill(self, count: int) -> None:
        for number in range(COMPANIES):
            company = Company.objects.create(key=f"bench-{number}")
            for place in range(USERS):
                roles = {0: [Role.COMPANYOWNER], 1: [Role.PARTNER]}.get(place, [Role.USER])
                User.objects.create_user(
                    f"bench-{number * USERS + place}", None, company, roles=roles, timezone=place - 5
                )
        User.objects.create_superuser("overlord", None)
        with connection.cursor() as cursor:
            cursor.execute(PROCESSES, {"days": DAYS, "count": count, "users": COMPANIES * USERS})
            cursor.execute(REQUESTS)
            cursor.execute("VACUUM ANALYZE")  # as the server does by itself after so many rows
        self.stdout.write(f"{Process.objects.count()} processes, {Request.objects.count()} requests")

    def _ask(self) -> None:
        past = (timezone.now() - timedelta(days=DAYS + 1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        month = (timezone.now() - timedelta(days=30)).strftime("%Y-%m-%dT%H:%M:%SZ")
        questions = [
            "", f"?from={month}", f"?from={past}&limit=2001", f"?from={past}&sort_direction=DESC",
            f"?from={past}&operation=read_plan_result", f"?from={past}&operation=never_asked",
            f"?from={past}&status=FAILED&process_type=PLAN", f"?from={past}&offset=200000",
            f"?from={past}&sort_field=request_points_count&sort_direction=DESC",
            f"?from={past}&sort_field=username", f"?from={month}&service=ACCOUNT&sort_field=status",
        ]  # fmt: skip
        for username in ("bench-5", "bench-0", "overlord"):
            token = issue_token(User.objects.get(username=username), 3600)
            for question in questions:
                self._time(f"{username} /account/audit{question}", self._api(token, question))
        browser = Client(headers={"host": "localhost", "accept-encoding": "gzip"})
        browser.force_login(User.objects.get(username="overlord"))
        for page in ("process/", "process/?status=FAILED", "process/?p=100", "request/"):
            self._time(f"overlord /admin/audit/{page}", partial(browser.get, f"/admin/audit/{page}"))

    def _api(self, token: str, question: str) -> Callable[[], Any]:
        said = {"authorization": f"Bearer {token}", "host": "localhost", "accept-encoding": "gzip"}
        client = Client(headers=said)
        return lambda: client.get(f"/account/audit{question}")

    def _time(self, what: str, ask: Callable[[], Any]) -> None:
        taken = []
        for _ in range(TIMES):
            began = time.perf_counter()
            answer = ask()
            taken.append(time.perf_counter() - began)
            if answer.status_code != 200:
                raise CommandError(f"{what}: {answer.status_code}")
        self.stdout.write(f"{1000 * median(taken):7.0f} ms (worst {1000 * max(taken):.0f})  {what}")

    def _delete(self) -> None:
        later = timezone.now() + timedelta(days=1)
        for remove in (retention.remove_bodies, retention.remove_processes):
            longest, total, began = 0.0, 0, time.perf_counter()
            while True:
                at = time.perf_counter()
                done = remove(later)
                longest = max(longest, time.perf_counter() - at)
                total += done
                if not done:
                    break
            seconds = time.perf_counter() - began
            self.stdout.write(
                f"{remove.__name__}: {total} in {seconds:.1f} s, longest batch {1000 * longest:.0f} ms"
            )
        User.objects.all().delete()
        Company.objects.all().delete()
