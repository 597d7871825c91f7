"""Queries of the pages people open all day; a higher number needs a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from planning.models import Calculation

pytestmark = pytest.mark.django_db

WHO = 2
"""The session, and the user."""


@pytest.fixture
def count(django_assert_num_queries: Any) -> Any:
    return django_assert_num_queries


def test_the_start_does_not_grow_with_the_plans(
    page: Client, plans: Callable[..., Calculation], count: Any
) -> None:
    for number in range(5):
        plans(name=f"Plan {number}")
    with count(WHO + 3):  # plans, their calculations, those of the API
        page.get(reverse("web:home"))


def test_the_list_does_not_grow_with_the_plans(
    page: Client, plans: Callable[..., Calculation], count: Any
) -> None:
    for number in range(5):
        plans(name=f"Plan {number}")
    with count(WHO + 4):  # as the start, and how many there are
        page.get(reverse("web:plans"))


def test_progress_asks_for_the_plan_and_its_calculation(
    page: Client, plans: Callable[..., Calculation], count: Any
) -> None:
    running = plans(status="IN_PROGRESS")
    with count(WHO + 2):
        page.get(reverse("web:progress", args=[running.dataset_id]))


@pytest.mark.parametrize("name", ["plan", "map", "map-json", "gantt", "unplanned", "print"])
def test_views_of_a_result_read_it_once(page: Client, plan: Calculation, count: Any, name: str) -> None:
    there = reverse(f"web:{name}", args=[plan.dataset_id])
    page.get(there)
    with count(WHO + 2):
        page.get(there)
