"""The language of who asks."""

from django.utils.translation import get_language


def language() -> str:
    """Return it as far as the solver has texts in it: ``en`` or ``ru``."""
    return "ru" if (get_language() or "").startswith("ru") else "en"
