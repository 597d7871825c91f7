"""Attributes of users: pairs of a key and a text, as the contract has them."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAX_ATTRIBUTES = 250
MAX_KEY, MAX_VALUE = 100, 7_000
"""Lengths in characters."""


def validate_attributes(value: object) -> None:
    """Refuse anything but a list of key and value pairs with different keys.

    Raises
    ------
    ValidationError
    """
    if not isinstance(value, list) or len(value) > MAX_ATTRIBUTES or not all(map(is_pair, value)):
        raise ValidationError(
            _("A list of up to %(most)d objects with the texts “key” and “value” is wanted."),
            params={"most": MAX_ATTRIBUTES},
        )
    if len({item["key"] for item in value}) < len(value):
        raise ValidationError(_("Each key once only."))


def is_pair(item: object) -> bool:
    """Whether it is an attribute of the contract."""
    if not isinstance(item, dict) or set(item) != {"key", "value"}:
        return False
    key, text = item["key"], item["value"]
    if not isinstance(key, str) or not isinstance(text, str):
        return False
    return 0 < len(key) <= MAX_KEY and len(text) <= MAX_VALUE
