"""The fewest orders to leave out of a fixed sequence, so that the rest keeps every rule (rule Q9)."""

from solver.trim.judge import SequenceJudge
from solver.trim.model import SequenceModel

MOST_TRIALS = 600
"""Beyond so many tries one by one a constraint model is faster."""


def fewest_out(judge: SequenceJudge) -> frozenset[int]:
    """Orders to leave out: as few as possible; among equally few, those after which the trip ends first.

    What breaks at a visit is the doing of what comes before it, so each try that fails names orders of which
    one more must go. All ways to leave out one order are tried, then all ways to leave out two, and so on;
    where that grows too long, a constraint model proposes sets, and the evaluator has the last word on each.
    """
    if judge.rooms.is_overfull(judge.vehicle, judge.tables(frozenset())):
        return frozenset(judge.orders)
    level = {frozenset[int]()}
    trials = 0
    while level:
        valid: list[tuple[float, list[int], frozenset[int]]] = []
        following: set[frozenset[int]] = set()
        for out in sorted(level, key=sorted):
            conflict = judge.conflict(out)
            if not conflict:
                valid.append((judge.end() if len(out) < len(judge.orders) else 0.0, sorted(out), out))
            following.update(out | {order} for order in conflict)
        if valid:
            return min(valid)[2]
        trials += len(level)
        if trials + len(following) > MOST_TRIALS:
            return SequenceModel(judge).solve()
        level = following
    return frozenset(judge.orders)
