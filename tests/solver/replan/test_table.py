"""Q10's table, row by row: what a strategy lets change.

Anna's trip goes to and fro on one road; Ben is free. ``new`` is an order of no trip, beyond hers.
"""

from datetime import timedelta

import pytest

from solver.contract import ReplanTask, read_object
from solver.replan import continuation
from solver.replanning import refine_rest
from tests.solver.replan.execution import ROWS, Execution, GoneOn
from tests.solver.report.tiny import DAY, Tiny

NOON = DAY + timedelta(hours=12)
ALL = list(ROWS)
REORDERING = [row for row in ROWS if row[0] == "x"]
FILLING = [row for row in ROWS if row[1] == "x"]
OPENING = [row for row in ROWS if row[2] == "x"]
BINDING = [row for row in ROWS if row not in ("x-x", "xxx")]


@pytest.fixture
def executed() -> Execution:
    """Anna is to go to 30, back to 10, and to 20."""
    task = Tiny({"depot": 0, "a": 10, "b": 20, "c": 30, "d": 40})
    for key, place in (("wa", "a"), ("wb", "b"), ("wc", "c"), ("new", "d")):
        task.work(key, place)
    for key in ("anna", "ben"):
        task.performer(key, start="depot")
    for key in ("van", "car"):
        task.transport(key, start="depot")
    return Execution(task).trip("wc", "wa", "wb")


def served(told: GoneOn, who: str = "anna") -> list[str]:
    """Demands that somebody serves, in their order."""
    return [
        part.split()[1]
        for trip in told.trips
        if trip.startswith(who)
        for part in trip.split(": ", 1)[1].split(", ")[1:-1]
    ]


@pytest.mark.parametrize("row", ALL)
def test_Q10_sequence(executed: Execution, row: str) -> None:
    old = [key for key in served(executed.replanned("8:00", row)) if key != "new"]
    assert old == (["wa", "wb", "wc"] if row in REORDERING else ["wc", "wa", "wb"])


@pytest.mark.parametrize("row", ALL)
def test_Q10_orders_outside_trips(executed: Execution, row: str) -> None:
    told = executed.replanned("8:00", row)
    planned = "new" in served(told) + served(told, "ben")
    assert planned == (row in FILLING)
    assert told.removed == ([] if row in FILLING else ["new"])


@pytest.mark.parametrize("row", ALL)
def test_Q10_unused_shifts(executed: Execution, row: str) -> None:
    """Anna cannot do it all any more; Ben, where he may be used, takes what is free to move."""
    executed.task.performers[0]["shifts"][0]["availability_time"]["to"] = "2026-03-02T08:50:00Z"
    executed.task.performers[0]["shifts"][0]["working_time"]["to"] = "2026-03-02T08:50:00Z"
    told = executed.replanned("8:00", row, delay="PT0S")
    taken = {
        "x-x": {"new": False, "old": True},
        "-xx": {"new": True, "old": False},
        "xxx": {"new": True, "old": True},
    }
    by_ben = served(told, "ben")
    if row in taken:
        assert ("new" in by_ben or "new" in served(told)) == taken[row]["new"]
        assert (set(by_ben) <= {"new"}) or taken[row]["old"]
    else:
        assert by_ben == []
    if row in BINDING:
        old = {"wa", "wb", "wc"}
        assert (set(served(told)) & old) | set(told.waiting.get("anna-trip", [])) == old
    else:
        assert told.waiting == {}
        assert {"wa", "wb", "wc"} <= set(by_ben) | set(served(told))


@pytest.mark.parametrize("row", ALL)
def test_Q10_unused_shifts_are_refined_away_or_kept(executed: Execution, row: str) -> None:
    task = read_object(ReplanTask, executed.document("8:00", row))
    refined = continuation(task, NOON).task
    assert [item.key for item in refined.performers] == (["anna", "ben"] if row in OPENING else ["anna"])
    assert [item.key for item in refined.transports] == (["van", "car"] if row in OPENING else ["van"])


@pytest.mark.parametrize("row", ALL)
def test_Q2_Q11_the_plain_task_ties_what_stays(executed: Execution, row: str) -> None:
    refined = refine_rest(read_object(ReplanTask, executed.document("8:00", row))).task
    tied = [{item.entity_key for item in link.links} for link in refined.hardlinks]
    assert tied == ([{"anna-shift", "van-shift", "wa", "wb", "wc"}] if row in BINDING else [])
    places = {
        order.key: order.demands[0].precedence_in_trip for order in refined.orders if order.key != "new"
    }
    assert places == ({"wa": 0, "wb": 0, "wc": 0} if row in REORDERING else {"wc": 1, "wa": 2, "wb": 3})


@pytest.mark.parametrize("row", ALL)
def test_Q10_what_is_on_board_stays_in_its_trip(row: str) -> None:
    task = Tiny({"depot": 0, "a": 10, "b": 20})
    task.delivery("x", "depot", "b")
    task.work("w", "a")
    for key, tariff in (("anna", 1000), ("ben", 1)):
        task.performer(key, start="depot", tariff={"cost_per_shift": tariff})
    for key in ("van", "car"):
        task.transport(key, start="depot")
    executed = Execution(task).trip("x-up", "x-down", "w").fact("DEMAND_DONE", "8:00", "x-up")
    told = executed.replanned("8:00", row)
    assert "x-down" in served(told)
    assert told.boxes == {"x-cargo": "van-box"}


@pytest.mark.parametrize("row", ALL)
def test_Q7_Q10_an_open_service_comes_first_in_its_trip(executed: Execution, row: str) -> None:
    executed.task.orders[2]["demands"][0]["possible_events"][0]["duration"] = "PT20M"
    told = executed.fact("DEMAND_START", "8:30", "wc").replanned("8:40", row)
    assert served(told)[0] == "wc"
    assert told.trips[0].startswith("anna van: 8:40 c, 8:40 wc, ")


def test_Q10_a_trip_keeps_its_key(executed: Execution) -> None:
    for row in BINDING:
        assert "anna-trip" in {trip.key for trip in executed.replanned("8:00", row).plan.trips}


def test_O5_an_order_tied_to_a_shift_that_is_not_in_use_is_left_out(executed: Execution) -> None:
    links = [{"type": "ORDER", "entity_key": "new"}, {"type": "PERFORMER_SHIFT", "entity_key": "ben-shift"}]
    executed.task.hardlinks.append({"key": "link", "links": links})
    assert executed.replanned("8:00", "-x-").removed == ["new"]
    assert served(executed.replanned("8:00", "-xx"), "ben") == ["new"]


def test_O5_a_hardlink_with_an_order_of_a_trip_draws_its_others_into_the_trip(executed: Execution) -> None:
    links = [{"type": "ORDER", "entity_key": key} for key in ("wa", "new")]
    executed.task.hardlinks.append({"key": "link", "links": links})
    assert "new" in served(executed.replanned("8:00", "-xx"))
