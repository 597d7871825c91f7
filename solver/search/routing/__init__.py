"""The second engine: OR-Tools' routing model for small tasks with the rules it can carry."""

from solver.search.routing.control import RoutingSearch

__all__ = ["RoutingSearch"]
