"""Declaration of a sheet: which part of the model stands on it."""

from dataclasses import dataclass, field
from functools import cached_property

from planning.xlsx.columns import Column, Group, group_of


@dataclass(frozen=True)
class Sheet:
    """A sheet of the workbook (F1).

    Attributes
    ----------
    name : str
        Name of the sheet.
    entity : type
        Class of the contract that its rows hold.
    place : str
        Where the entities stand in the model: ``orders``, ``transports.boxes``, ``plan_settings``.
    many : bool
        A list of entities, not a single object.
    key : str
        Field that tells the entities apart.
    parent : str
        Title of an additional column that names the parent's key; empty if there is none.
    without, references : frozenset of str
        See `group_of`.
    aliases : dict
        Titles of the format's description that differ from the contract's path, and what they mean:
        one title or several that get the same value, or none if the contract has no such field.
    usual : tuple of str
        Titles of columns that are written even if empty, besides required ones.
    """

    name: str
    entity: type
    place: str
    many: bool = True
    key: str = "key"
    parent: str = ""
    without: frozenset[str] = frozenset()
    references: frozenset[str] = frozenset()
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    usual: frozenset[str] = frozenset()

    @cached_property
    def group(self) -> Group:
        """The tree of columns."""
        return group_of(self.entity, without=self.without, references=self.references, key=self.key)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """All columns, in the order they are written."""
        return tuple(self.group.all_columns())
