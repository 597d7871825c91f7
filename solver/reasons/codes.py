"""Codes of obstacles: the evaluator's faults, and finer ones where a fault has several causes."""

from solver.schedule.faults import Fault

# Faults by plain numbers, as compiled code wants them.
PERFORMER_TAGS = int(Fault.PERFORMER_TAGS)
PLACE_TAGS = int(Fault.PLACE_TAGS)
ORDER_MIX = int(Fault.ORDER_MIX)
PENALTY = int(Fault.PENALTY)
PRECEDENCE = int(Fault.PRECEDENCE)
CAPACITY = int(Fault.CAPACITY)
BOX_FAULT = int(Fault.BOX)
STOPS = int(Fault.STOPS)
PLACES = int(Fault.PLACES)
NO_LEG = int(Fault.NO_LEG)
WINDOW = int(Fault.WINDOW)
SHIFT = int(Fault.SHIFT)
DURATION = int(Fault.DURATION)
DISTANCE = int(Fault.DISTANCE)
OWNER = int(Fault.OWNER)
GROUP = int(Fault.GROUP)
LIFETIME = int(Fault.LIFETIME)
BREAKS = int(Fault.BREAKS)

FIRST_OWN = 1000
WORKING = FIRST_OWN  # W1: a service ends after the performer's working time
BOX_ROOMS = FIRST_OWN + 1  # L2: a box is too full
BOX_ONE_CARGO = FIRST_OWN + 2  # L2: max_one_cargo_capacity
BOX_COUNT = FIRST_OWN + 3  # L2: max_boxes
BOX_MIX = FIRST_OWN + 4  # C2: cargos that must not lie together
BOX_TAGS = FIRST_OWN + 5  # C1, L3, K2: the box is not one for this cargo
LIMITS = FIRST_OWN + 6  # Y2: location limits of the whole plan
