"""The task's entities as tables to search."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from planning.web import shelf
from planning.web.catalog import Catalog
from planning.web.tables import TABLES
from planning.web.views.access import SignedIn, search_text, signed_in
from planning.web.views.page import open_page

A_PAGE = 200


@require_safe
@signed_in
def table(request: SignedIn, key: UUID, entity: str = "orders") -> HttpResponse:
    """One kind of entity of a plan's task.

    Raises
    ------
    Http404
        No such kind.
    """
    if entity not in TABLES:
        raise Http404
    page = open_page(request, key)
    catalog = page.view.catalog if page.view else Catalog(shelf.read_task(page.row))
    query = search_text(request)
    found = [
        row
        for row in TABLES[entity].rows(catalog)
        if not query or query.casefold() in " ".join(row).casefold()
    ]
    context = page.context(
        "data",
        entity=entity,
        table=TABLES[entity],
        entities=[(name, item.label, page.row.plan.counts.get(name)) for name, item in TABLES.items()],
        query=query,
        found=Paginator(found, A_PAGE).get_page(request.GET.get("page")),
    )
    return render(request, "web/data.html", context)
