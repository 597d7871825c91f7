"""Who may do what: every address of the site under one rule, every rule for every actor.

``python -m tests.tenancy > docs/roles.md`` writes the table; a test keeps it fresh.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from accounts.roles import Role

ROLES = ("", *Role.values)
"""The empty one is a user without any."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who tries an address that belongs to the user ``USER`` of one company.

    Attributes
    ----------
    near
        Whether he is of that company.
    assigned
        Whether that company is assigned to him.
    off
        What is switched off: himself, or his company.
    """

    name: str
    role: str = ""
    near: bool = False
    assigned: bool = False
    off: str = ""

    @property
    def overlord(self) -> bool:
        return self.role == Role.OVERLORD


def called(role: str) -> str:
    return role or "no role"


HIMSELF = Actor("the user himself", Role.USER, near=True)
NOBODY = Actor("nobody signed in")
ACTORS = (
    NOBODY,
    Actor("OVERLORD, switched off", Role.OVERLORD, near=True, off="user"),
    Actor("OVERLORD of a company switched off", Role.OVERLORD, off="company"),
    HIMSELF,
    *(Actor(f"{called(role)}, same company", role, near=True) for role in ROLES),
    Actor("PARTNER, company assigned", Role.PARTNER, assigned=True),
    *(Actor(f"{called(role)}, another company", role) for role in ROLES),
)


def enabled(actor: Actor) -> bool:
    return actor is not NOBODY and not actor.off


def manages(actor: Actor) -> bool:
    return enabled(actor) and (actor.overlord or (actor.near and actor.role == Role.ADMIN))


def watches(actor: Actor) -> bool:
    owner = actor.near and actor.role == Role.COMPANYOWNER
    return manages(actor) or (enabled(actor) and (owner or actor.assigned))


RULES = {
    "open": lambda actor: True,
    "own": enabled,
    "his alone": lambda actor: actor is HIMSELF,
    "seen": lambda actor: actor is HIMSELF or watches(actor),
    "staff": lambda actor: (
        enabled(actor) and actor.role in {Role.PARTNER, Role.COMPANYOWNER, Role.ADMIN, Role.OVERLORD}
    ),
    "watched": watches,
    "managers": lambda actor: enabled(actor) and actor.role in {Role.ADMIN, Role.OVERLORD},
    "managed": manages,
    "operators": lambda actor: enabled(actor) and actor.overlord,
    "code only": lambda actor: False,
}
MEANING = {
    "open": "Open to anybody.",
    "own": "Everybody who is signed in, each with what is his.",
    "his alone": "A user's own plans and calculations: nobody else's business on the pages and in the API.",
    "seen": "What is kept of a process: its user and those who may look at his company.",
    "staff": "The administration's own pages.",
    "watched": "What a company does: usage and audit.",
    "managers": "Lists of what is managed, each with the rows of his companies.",
    "managed": "A row of a company: its users, quotas, plans.",
    "operators": "The installation: companies, the queue, the history of changes.",
    "code only": "Nobody: only code writes these rows.",
}

WATCH, READ = "(process|request|dailycounter)", "(calculation)"
MANAGE = "(user|companyquota|userquota)"
PLANS = "(dataset|calculation|transfer)"
ROWS: tuple[tuple[str, str], ...] = (
    ("open", r"sign-in/|sign-out/|theme/|health/|i18n/setlang/|api/docs/.*"),
    ("open", r"(universal|account)/(system/(check|version)|file/.*)|account/token/(generation|validation)"),
    ("own", r"|me/|compare/|samples/<name>|plans/|plans/new/|plans/sample/"),
    ("his alone", r"plans/<key>/.*|processes/<code>/keep/|files/<file>/.*"),
    ("own", r"universal/(plan|actualize|replan)/(calculation|calculation-async|validation|refine)"),
    ("own", r"universal/(plan/statistics|convert/(json-to-xlsx|xlsx-to-json|json-to-thrift))"),
    (
        "his alone",
        r"universal/(plan|actualize|replan)/(calculation-async|state|result|analytics)/<process_code>",
    ),
    ("own", r"account/(password|info|quota|audit|statistics|report)"),
    ("seen", r"account/data/<process_code>"),
    ("open", r"admin/(login|logout)/"),
    ("staff", r"admin/|admin/(password_change/|password_change/done/|jsi18n/)"),
    ("staff", r"admin/\w+/\w+/<object_id>/"),
    ("code only", r"admin/r/<content_type_id>/<object_id>/|admin/<url>"),
    ("staff", rf"admin/audit/{WATCH}/|admin/audit/dailycounter/picture/|admin/<app_label>/"),
    ("watched", rf"admin/audit/{WATCH}/<object_id>/(change|history)/|admin/audit/process/<code>/<what>.gz"),
    ("managers", rf"admin/accounts/{MANAGE}/((add|import|process_import|export)/)?|admin/autocomplete/"),
    ("managed", rf"admin/accounts/({MANAGE}|company)/<object_id>/(change|history)/"),
    ("managed", rf"admin/accounts/{MANAGE}/<object_id>/delete/|admin/accounts/user/<id>/password/"),
    ("managers", rf"admin/accounts/company/(export/)?|admin/planning/{PLANS}/(queue/)?"),
    ("managed", rf"admin/planning/{PLANS}/<object_id>/(change|history)/"),
    (
        "managed",
        r"admin/planning/dataset/<object_id>/delete/|admin/planning/calculation/<code>/(plan/|map.json)",
    ),
    ("operators", r"admin/accounts/company/((add|import|process_import)/|<object_id>/delete/)"),
    ("operators", r"admin/django_q/schedule/(add/|<object_id>/(change|history|delete)/)?"),
    ("operators", r"admin/django_q/(success|failure|ormq)/(<object_id>/(change|history|delete)/)?"),
    ("operators", r"admin/admin/logentry/(<object_id>/(change|history)/)?"),
    (
        "code only",
        rf"admin/audit/{WATCH}/(add/|<object_id>/delete/)|admin/django_q/(success|failure|ormq)/add/",
    ),
    ("code only", rf"admin/planning/((calculation|transfer)/<object_id>/delete/|{PLANS}/add/)"),
    ("code only", r"admin/admin/logentry/(add/|<object_id>/delete/)"),
)
"""Rules of addresses; variable parts stand in angle brackets by their names."""


def routes() -> list[tuple[str, URLPattern]]:
    return list(_routes(get_resolver()))


def _routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, here)
        else:
            yield here, pattern


def plain(route: str) -> str:
    """An address as the rows write it."""
    route = re.sub(r"\^?\(\?P<(\w+)>[^)]*\)\$?", r"<\1>", route)
    return re.sub(r"<\w+:(\w+)>", r"<\1>", route).replace("$", "")


def rule(route: str) -> str:
    """The rule of an address.

    Raises
    ------
    LookupError
        None, or several: every address stands under exactly one.
    """
    found = {name for name, pattern in ROWS if re.fullmatch(pattern, plain(route))}
    if len(found) != 1:
        raise LookupError(f"{plain(route)!r} stands under {sorted(found) or 'no rule'}")
    return found.pop()


def page(routes: list[str]) -> Iterator[str]:
    """The lines of docs/roles.md."""
    yield "# Roles\n"
    yield "Who may open and do what, generated from the table of a test that tries every address as everybody"
    yield "(`python -m tests.tenancy > docs/roles.md`). Rows belong to a user of one company; ✓ is allowed.\n"
    yield "| who | " + " | ".join(RULES) + " |"
    yield "|---" * (len(RULES) + 1) + "|"
    for actor in ACTORS:
        marks = ("✓" if allows(actor) else "" for allows in RULES.values())
        yield f"| {actor.name} | " + " | ".join(marks) + " |"
    for name in RULES:
        yield f"\n## {name.capitalize()}\n\n{MEANING[name]}\n"
        yield from (f"- `/{plain(route)}`" for route in sorted(routes) if rule(route) == name)


def main() -> None:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print("\n".join(page([route for route, _pattern in routes()])))


if __name__ == "__main__":
    main()
