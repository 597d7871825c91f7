"""Addresses of the account service that need nothing but accounts."""

from django.urls import path

from accounts.api.token import TokenGeneration, TokenValidation

urlpatterns = [
    path("token/generation", TokenGeneration.as_view()),
    path("token/validation", TokenValidation.as_view()),
]
