"""Why the evaluator refuses a route: one code a rule, and by how much it is broken."""

from enum import IntEnum


class Fault(IntEnum):
    """First rule a route breaks; ``NONE`` for a valid one."""

    NONE = 0
    PERFORMER_TAGS = 1  # C1 order - performer
    PLACE_TAGS = 2  # C1 location - transport
    ORDER_MIX = 3  # C2 order - order
    PENALTY = 4  # C3 more than max_penalty_cost
    PRECEDENCE = 5  # O2, O3
    CAPACITY = 6  # L2 all boxes together
    BOX = 7  # L2, L3, C1, C2 no box takes the cargo
    STOPS = 8  # O4 max_stops
    PLACES = 9  # O4 max_locations
    NO_LEG = 10  # T2
    WINDOW = 11  # W1, W2 a service comes too late
    SHIFT = 12  # W1 back too late
    DURATION = 13  # M1 the tariff's stages
    DISTANCE = 14  # M2 the tariff's stages
    OWNER = 15  # L5 the cargo lies in another transport
    GROUP = 16  # O5 the hardlink names another shift
    LIFETIME = 17  # W7 a feature that is needed does not exist then
    BREAKS = 18  # B1-B5 in time only without its breaks and rests
