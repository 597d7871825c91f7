"""What a violated soft window is worth in each configuration (rule Z12)."""

import numpy as np

from solver.problem.arrays import FREE_TIME, TIME_BY_SECOND, TIME_BY_TARIFF, Floats

SOFT_METRES = 10_000.0
SOFT_SECONDS = 900.0
SOFT_GROUPING = 10_000.0
SOFT_REWARD_SHARE = 0.1
LEAST_FINE = 1e-6  # a violation that costs nothing is still avoided where that costs nothing either

BY_SECOND = {"optimize_transports", "optimize_time", "optimize_cars_then_time"}
BY_MONEY = {"optimize_money"}


def time_price(configuration: str) -> int:
    """What a second of a trip is worth beside soft windows; see ``U_TIME``."""
    if configuration in BY_MONEY:
        return TIME_BY_TARIFF
    return TIME_BY_SECOND if configuration in BY_SECOND else FREE_TIME


def fines(configuration: str, rewards: Floats) -> Floats:
    """Price of one violation, by visit, in the unit of the configuration's main level.

    Parameters
    ----------
    configuration : str
    rewards : (visits,) float64
        Of the visits' events.
    """
    if configuration in BY_MONEY:
        return np.maximum(rewards * SOFT_REWARD_SHARE, LEAST_FINE)
    metres_or_grouping = SOFT_METRES  # the same number for both
    return np.full(len(rewards), SOFT_SECONDS if configuration in BY_SECOND else metres_or_grouping)
