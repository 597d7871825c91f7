"""Declaration of a sheet: which part of the model stands on it."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from planning.xlsx.columns import Column, Group, Selection, group_of


class Role(StrEnum):
    """How the rows of a sheet make up the model."""

    LIST = "list"
    """Objects of a list."""
    SINGLE = "single"
    """One object."""
    JOINED = "joined"
    """Objects that stand inside those which name their keys: boxes and cargos."""
    PART = "part"
    """Further fields of the objects of another sheet, by the same key."""


class Area(StrEnum):
    """What a sheet is about; its tab has the area's colour."""

    TASK = "task"
    RESULT = "result"
    SETTINGS = "settings"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet of the workbook (F1).

    Attributes
    ----------
    name : str
        Name of the sheet.
    entity : type
        Class of the contract that its rows hold.
    place : str
        Where the entities stand in the model: ``orders``, ``orders.cargos``, ``plan_settings``.
    role : Role
        How its rows make up the model.
    area : Area
        What it is about.
    always : bool
        It is written even if it is empty.
    key : str
        Field that tells the entities apart.
    parent : str
        Title of an additional column that names the key of a joined object's owner.
    selection : Selection
        Which of the type's fields stand on the sheet.
    aliases : dict
        Titles of the format's description that differ from the contract's path, and what they mean:
        one title or several that get the same value, or none if the contract has no such field.
    usual : frozenset of str
        Titles of columns that are written even if empty, besides required ones.
    """

    name: str
    entity: type
    place: str
    role: Role = Role.LIST
    area: Area = Area.TASK
    always: bool = True
    key: str = "key"
    parent: str = ""
    selection: Selection = field(default_factory=Selection)
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    usual: frozenset[str] = frozenset()

    @property
    def many(self) -> bool:
        """The sheet holds several objects."""
        return self.role is not Role.SINGLE

    @cached_property
    def group(self) -> Group:
        """The tree of columns."""
        return group_of(self.entity, self.selection, self.key)

    @cached_property
    def needed(self) -> frozenset[str]:
        """Titles without which no object keeps the contract."""
        return frozenset(column.title for column in self.group.needed())

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """All columns, in the order they are written."""
        return tuple(self.group.all_columns())
