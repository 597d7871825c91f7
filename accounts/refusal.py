"""An input that is not accepted, with every reason at once."""

from dataclasses import dataclass, field

from solver.contract import EntityError, EntityWarning, SchemaError, SchemaErrors


@dataclass
class Refused(Exception):  # noqa: N818 - not a failure: the answer to an input that breaks rules
    """What is wrong with an input: its form, its logic, or warnings that were asked to count as errors."""

    message: str
    schema_errors: list[SchemaError] = field(default_factory=list)
    logical_errors: list[EntityError] = field(default_factory=list)
    warnings: list[EntityWarning] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(self.message)

    @classmethod
    def of_schema(cls, found: SchemaErrors, message: str) -> "Refused":
        """Return the refusal of data that does not keep the contract."""
        return cls(message, schema_errors=found.errors)


class OverQuota(Refused):
    """More than the user may spend; the message names the quota (AC3)."""
