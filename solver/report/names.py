"""Keys and names of trips (rule S6)."""

from random import Random
from uuid import UUID

LONGEST_KEY = 1024  # the contract's
CONSONANTS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowel, so no word


class Namer:
    """Draws keys and names; the same generator state gives the same ones.

    Parameters
    ----------
    generator : random.Random
    """

    def __init__(self, generator: Random) -> None:
        self._generator = generator
        self._count = 0

    def key(self, shift_key: str) -> str:
        """A new UUID, a hyphen and the performer shift's key."""
        unique = UUID(int=self._generator.getrandbits(128), version=4)
        return f"{unique}-{shift_key}"[:LONGEST_KEY]

    def name(self) -> str:
        """A short name for people, like 1-HVFB: the number makes it unique in the plan."""
        self._count += 1
        return f"{self._count}-{''.join(self._generator.choices(CONSONANTS, k=4))}"
