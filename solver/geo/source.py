"""What a source of distances and durations has to offer."""

from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from solver.contract import Location, TransportType


class LegMatrix(NamedTuple):
    """Legs between places; row i, column j is from i to j.

    Attributes
    ----------
    metres, seconds : (n, n) int32
        Whole metres and seconds; -1 where the leg does not exist (T2).
    """

    metres: npt.NDArray[np.int32]
    seconds: npt.NDArray[np.int32]


class MatrixSource(Protocol):
    """A source of leg matrices (T1)."""

    def matrix(self, kind: TransportType, places: list[Location]) -> LegMatrix:
        """Legs between the places for a kind of transport.

        Parameters
        ----------
        kind : TransportType
        places : list of Location

        Returns
        -------
        LegMatrix
            In the order of the places.
        """
        ...
