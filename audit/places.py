"""Geopoints as single numbers, so that the distinct ones of a day can be counted (AC3)."""

STEPS = 1_000_000
"""Steps of a degree: geopoints closer than a millionth, about 0.1 m, are one."""

AROUND = 360 * STEPS + 1


def place(latitude: float, longitude: float) -> int:
    """Return the number of a geopoint given in degrees; different geopoints have different numbers."""
    return round((latitude + 90) * STEPS) * AROUND + round((longitude + 180) * STEPS)
