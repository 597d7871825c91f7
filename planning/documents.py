"""The services' own documentation."""

from solver.contract import Service


def page(service: Service, filename: str) -> str | None:
    """Return a document as HTML, None where there is no such one."""
    return None
