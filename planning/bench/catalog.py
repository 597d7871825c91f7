"""Which instances there are, how each family is measured, and the fixed list that releases share."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# Two instances of every family, an easy and a hard one where they differ.
FIXED_LIST = (
    "solomon100/R103.txt", "solomon100/RC204.txt",
    "homberger200/r1_2_4.txt", "homberger200/rc2_2_1.txt",
    "homberger400/r1_4_4.txt", "homberger400/c2_4_3.txt",
    "homberger1000/r1_10_4.txt", "homberger1000/rc2_10_1.txt",
    "lilim100/lr104.txt", "lilim100/lrc203.txt",
    "lilim200/LR1_2_4.txt", "lilim200/LRC2_2_1.txt",
    "lilim400/LR1_4_4.txt", "lilim400/LC2_4_4.txt",
    "lilim1000/LR1_10_4.txt", "lilim1000/LRC2_10_1.txt",
    "cvrp_x/X-n351-k40.vrp", "cvrp_x/X-n1001-k43.vrp",
    "hfvrp/X190-FSMF.vrp", "hfvrp/X401-FSMFD.vrp",
    "mdvrptw/PR11A.vrp", "mdvrptw/PR18A.vrp",
    "mtvrptwr/R203R0.5.vrp", "mtvrptwr/C2_2_04R0.5.vrp",
    "pcvrptw/R1_10_4.vrp", "pcvrptw/RC2_10_1.vrp",
    "sdvrptw/PR06.vrp", "sdvrptw/PR17B.vrp",
)  # fmt: skip

# Metres in a unit, and the rounding, by which the best-known values of a family count.
DEFAULT_METRES = (10, "near")
METRES = {
    "cvrp_x": (1, "near"),
    "mtvrptwr": (10, "trunc"),
    "pcvrptw": (10, "trunc"),
    "mdvrptw": (100, "near"),
    "sdvrptw": (100, "near"),
}


@dataclass(frozen=True, slots=True)
class BestKnown:
    """The best published solution of an instance; ``cost`` is what its family counts."""

    vehicles: int
    distance: float
    cost: float


@dataclass(frozen=True, slots=True)
class Catalog:
    """A folder with one folder a family and ``bks.json`` with the best-known values."""

    folder: Path
    best_known: dict[str, BestKnown]

    @classmethod
    def read(cls, folder: Path) -> "Catalog":
        """Open a folder of instances.

        Raises
        ------
        FileNotFoundError
            When it, or its ``bks.json``, is absent.
        """
        values = json.loads((folder / "bks.json").read_text(encoding="utf-8"))
        best = {
            name: BestKnown(one["vehicles"], one["distance"], one["cost"]) for name, one in values.items()
        }
        return cls(folder, best)

    def names(self, families: Sequence[str], wanted: Sequence[str]) -> list[str]:
        """Choose instances: of the families, by name (``R103``, ``solomon100/R103.txt``), or the fixed list.

        Raises
        ------
        ValueError
            Naming every family and instance that is not in the folder.
        """
        if not families and not wanted:
            return list(FIXED_LIST)
        chosen, unknown = [], []
        for family in families:
            members = [name for name in self.best_known if name.startswith(f"{family}/")]
            chosen += members
            unknown += [] if members else [f"family {family}"]
        for one in wanted:
            found = [name for name in self.best_known if one in (name, Path(name).name, Path(name).stem)]
            chosen += found
            unknown += [] if found else [f"instance {one}"]
        if unknown:
            raise ValueError(f"not in {self.folder}: {', '.join(unknown)}")
        return list(dict.fromkeys(chosen))


def family_of(name: str) -> str:
    """Give the family of an instance's name."""
    return name.split("/")[0]


def metres_of(name: str) -> tuple[int, str]:
    """Give the scale and the rounding of an instance's family."""
    return METRES.get(family_of(name), DEFAULT_METRES)
