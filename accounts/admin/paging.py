"""Pages of long lists that nobody counts to the end."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator

if TYPE_CHECKING:
    OfRows = Paginator[Any]
else:  # generic to the type checker only
    OfRows = Paginator

MOST_COUNTED = 10_000
"""Rows after which a list is only known to be longer; a database takes seconds to count millions."""


class CappedPaginator(OfRows):
    """A paginator that counts no further than `MOST_COUNTED`."""

    @cached_property
    def count(self) -> int:
        """Rows of the list, or `MOST_COUNTED` where there are more."""
        if hasattr(self.object_list, "order_by"):
            return int(self.object_list.order_by()[:MOST_COUNTED].count())
        return len(self.object_list)
