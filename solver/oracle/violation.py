"""What the oracle has to say."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule.

    Attributes
    ----------
    rule : str
        Id of the rule in the specification, such as ``W2``.
    where : str
        Keys that lead to the place, parted by slashes; empty for the plan as a whole.
    message : str
        What is wrong, with the figures.
    """

    rule: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.rule} {self.where}: {self.message}" if self.where else f"{self.rule}: {self.message}"


@dataclass(slots=True)
class Verdict:
    """Collects violations; the same one is told once."""

    found: dict[Violation, None] = field(default_factory=dict)

    def broken(self, rule: str, where: str, message: str) -> None:
        """Note a broken rule."""
        self.found[Violation(rule, where, message)] = None
