"""Columns read as the database writes them, and asked for by many keys, for answers of many rows."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler


class _OneOf(In):
    """PostgreSQL takes all keys as one text: thousands of parameters take longer than the rows they find."""

    prepare_rhs = False  # codes are good as they are, and their texts too

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::uuid[])", [*values, f"{{{','.join(map(str, self.rhs))}}}"]


def one_of(column: str, keys: Iterable[UUID | str]) -> In:
    """The condition that a column holds one of many UUIDs, or of their texts as `as_text` reads them."""
    return _OneOf(F(column), list(keys))


def as_text(column: str) -> Cast:
    """A column as the database writes it: JSON and moments are read sooner so, UUIDs compared.

    Not for long lists of which most is skipped: it is written before.
    """
    return Cast(column, TextField())


def moment(text: str) -> datetime:
    """A moment of `as_text`; the way the framework reads one takes longer than all the rest of its row.

    PostgreSQL writes the time zone of the session, SQLite none: what is stored there is in UTC.
    """
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
