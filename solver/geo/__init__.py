"""Legs: how far and how long it is from place to place."""

from solver.geo.external import ExternalMatrix
from solver.geo.source import LegMatrix, MatrixSource
from solver.geo.straight import StraightLine

__all__ = ["ExternalMatrix", "LegMatrix", "MatrixSource", "StraightLine"]
