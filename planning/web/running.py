"""A calculation on its way, in the words of its progress bar."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from planning.models import Calculation
from planning.web import words
from planning.web.formats import amount, duration, way


def phase(calculation: Calculation) -> str:
    """What happens now."""
    if calculation.cancel_requested and calculation.is_active:
        return gettext("Stopping, keeping the best plan")
    if calculation.status == Calculation.Status.IN_PROGRESS and calculation.phase:
        return words.of("phase", calculation.phase)
    if calculation.status == Calculation.Status.IN_PROGRESS:
        return gettext("Preparing")
    return words.of("status", calculation.status)


def time_left(calculation: Calculation) -> str:
    """The longest it can still take, empty while it waits or once it is done."""
    if calculation.status != Calculation.Status.IN_PROGRESS or calculation.started_at is None:
        return ""
    spent = (timezone.now() - calculation.started_at).total_seconds()
    return duration(max(1, round(calculation.max_calculation - spent)))


def best(calculation: Calculation) -> list[str]:
    """Figures of the best plan so far, each with its unit."""
    figures = calculation.figures
    if not figures.get("planned"):
        return []
    total = calculation.counts.get("orders", 0)
    return [
        gettext("%(planned)s of %(total)s orders")
        % {"planned": amount(figures["planned"]), "total": amount(total)},
        ngettext("%(count)d trip", "%(count)d trips", figures.get("trips", 0))
        % {"count": figures.get("trips", 0)},
        way(figures.get("distance", 0)),
        duration(figures.get("total_time", 0)),
    ]
