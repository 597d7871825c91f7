"""Two plans side by side."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from planning.web import comparison, shelf
from planning.web.results import PlanView
from planning.web.shelf import Row
from planning.web.views.access import SignedIn, signed_in
from planning.web.views.page import tiles

OFFERED = 200
MOVES_SHOWN = 300


@require_safe
@signed_in
def compare(request: SignedIn) -> HttpResponse:
    """Figures of two plans, the orders that moved, and both maps; without two plans, a choice of them."""
    offered = shelf.rows(shelf.plans_of(request.user)[:OFFERED], request.user)
    keys = _keys(request)
    chosen = [shelf.row_or_404(request.user, key) for key in keys[:2]]
    views = [shelf.view_of(row.calculation) for row in chosen]
    context: dict[str, object] = {
        "offered": [row for row in offered if row.figures],
        "first": keys[0] if keys else None,
        "second": keys[1] if len(keys) > 1 else None,
    }
    if len(views) > 1 and views[0] and views[1]:
        context |= _comparison(chosen, views[0], views[1])
    return render(request, "web/compare.html", context)


def _comparison(chosen: list[Row], first: PlanView, second: PlanView) -> dict[str, object]:
    moves = comparison.moves(first, second)
    return {
        "rows": chosen,
        "figures": comparison.figures(first, second),
        "moves": moves[:MOVES_SHOWN],
        "moves_count": len(moves),
        "tiles": tiles(),
    }


def _keys(request: SignedIn) -> list[UUID]:
    """Plans the address names: `plan` twice, or `a` and `b`; what is no key is ignored."""
    found = []
    for text in [*request.GET.getlist("plan"), request.GET.get("a", ""), request.GET.get("b", "")]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
