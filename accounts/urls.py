"""Addresses of the account service that need nothing but accounts."""

from django.urls import path

from accounts.api.account import Info, Password, Quota
from accounts.api.token import TokenGeneration, TokenValidation

urlpatterns = [
    path("token/generation", TokenGeneration.as_view()),
    path("token/validation", TokenValidation.as_view()),
    path("password", Password.as_view()),
    path("info", Info.as_view()),
    path("quota", Quota.as_view()),
]
