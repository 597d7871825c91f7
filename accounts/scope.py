"""Whose rows a user may see beside his own (AC1)."""

from django.db.models import Q

from accounts.models import User
from accounts.roles import Role

OF_THE_COMPANY = frozenset({Role.ADMIN, Role.COMPANYOWNER})
"""Roles that see what everybody in their company does."""


def seen_by(user: User) -> Q:
    """Return the condition on rows with ``user`` and ``company`` that a user may see.

    An operator sees everything, administrators and owners their company, partners the companies assigned to
    them; everybody sees his own.
    """
    roles = set(user.roles)
    if Role.OVERLORD in roles:
        return Q()
    seen = Q(user=user)
    if roles & OF_THE_COMPANY:
        seen |= Q(company=user.company_id)
    if Role.PARTNER in roles:
        seen |= Q(company__in=list(user.assigned_companies.values_list("pk", flat=True)))
    return seen
