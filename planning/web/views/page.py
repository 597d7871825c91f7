"""What every page of a plan has: its head, its tabs, its reading of the result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from planning.web import shelf
from planning.web.results import PlanView
from planning.web.shelf import Row
from planning.web.views.access import SignedIn


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of the plan; `key` is the letter that goes there after `g`."""

    key: str
    label: str
    url: str
    current: bool
    count: int | None = None
    alarming: bool = False


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A user's own plan and what there is to show of it."""

    row: Row
    view: PlanView | None
    ticked: list[int]

    def context(self, current: str, **more: Any) -> dict[str, Any]:
        """The context of a page; `current` is the name of its tab."""
        return {
            "row": self.row,
            "plan": self.row.plan,
            "calculation": self.row.calculation,
            "view": self.view,
            "has_result": shelf.has_result(self.row.calculation),
            "ticked": self.ticked,
            "tabs": self._tabs(current),
            "tiles": tiles(),
            **more,
        }

    def _tabs(self, current: str) -> list[Tab]:
        key = self.row.plan.pk
        wanted: list[tuple[str, str, str, int | None]] = [("plan", "o", gettext("Overview"), None)]
        if self.view and (self.view.trips or self.view.unplanned):
            wanted += [
                ("map", "k", gettext("Map"), None),
                ("gantt", "t", gettext("Timetable"), None),
                ("unplanned", "u", gettext("Unplanned"), len(self.view.unplanned)),
            ]
        wanted.append(("data", "d", gettext("Data"), None))
        return [
            Tab(
                letter,
                label,
                reverse(f"web:{name}", args=[key]),
                name == current,
                count,
                alarming=bool(count),
            )
            for name, letter, label, count in wanted
        ]


def open_page(request: SignedIn, key: UUID) -> PlanPage:
    """The plan of an address.

    Raises
    ------
    Http404
        It does not exist or is somebody else's.
    """
    row = shelf.row_or_404(request.user, key)
    view = shelf.view_of(row.calculation)
    count = len(view.trips) if view else 0
    return PlanPage(row, view, shelf.ticked_trips(request.GET.get("trips"), count))


def tiles() -> dict[str, str]:
    """The configured tile server, empty for a plain ground."""
    return {"url": settings.ENVIRONMENT.map_tiles, "credit": "© OpenStreetMap"}
