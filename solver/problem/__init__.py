"""The problem in the index world, and the way there from the contract."""

from solver.problem.arrays import Problem, Tables
from solver.problem.build import build
from solver.problem.catalog import Catalog

__all__ = ["Catalog", "Problem", "Tables", "build"]
