"""Fixed sequences that have become too long: which orders fall to the waitlist, chosen exactly."""

from solver.trim.fewest import fewest_out
from solver.trim.judge import Rooms, SequenceJudge

__all__ = ["Rooms", "SequenceJudge", "fewest_out"]
