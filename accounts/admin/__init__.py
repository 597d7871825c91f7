"""The staff side of accounts: companies, users, quotas, and what was changed here by whom."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from accounts.admin import companies, history, quotas, users
from accounts.admin.scope import CompanyScoped, ReadOnly, Watched

__all__ = ["CompanyScoped", "ReadOnly", "Watched", "companies", "history", "quotas", "users"]

admin.site.site_header = admin.site.site_title = _("Marshrut administration")
admin.site.index_title = _("Overview")
admin.site.unregister(Group)
