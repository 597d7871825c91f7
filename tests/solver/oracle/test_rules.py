"""Rules that allow or read something: each next to what it would be without them."""

import copy
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.contract import CargoRotationType
from solver.oracle import verify
from solver.oracle.loads import fits
from solver.oracle.timing import Action, Piece, through
from tests.solver.oracle.plans import Document, limited, rested, rich, roundtrips, teleported, typed
from tests.solver.oracle.spoil import cargo, order, place, use, work
from tests.solver.report.tiny import window


def rules(task: Document, result: Document) -> set[str]:
    return {violation.rule for violation in verify(*typed(task, result))}


def assumed(task: Document, **assumptions: object) -> None:
    task["plan_settings"].setdefault("trips_settings", {}).setdefault("assumptions", {}).update(assumptions)


def test_C4_disable_compatibility_lifts_tags_lifetimes_and_penalties() -> None:
    task, result = rich()
    order(task, "z")["compatibilities"] = {"performer_restrictions": ["strong"]}
    lives = task["performers"][0]["compatibilities"]["performer_features_lifetimes"]
    lives[0]["time_windows"] = [window("6:00-7:00")]
    assert rules(task, result) >= {"C1", "W7"}
    assumed(task, disable_compatibility=True)
    assert rules(task, result) == {"C3"}  # the attribute tells of a penalty that is none any more
    result["trips"][0]["attributes"] = []
    assert rules(task, result) == set()


def test_L6_disable_capacity_lifts_loads_and_sizes() -> None:
    task, result = rich()
    task["transports"][0]["limits"]["max_boxes"] = 1
    task["transports"][0]["limits"]["max_capacity"] = {"mass": 1}
    cargo(task, "x-cargo")["compatibilities"]["width"] = 5
    assert rules(task, result) == {"L2", "L3"}
    assumed(task, disable_capacity=True)
    assert rules(task, result) == set()


def test_L1_a_measure_that_a_limit_leaves_out_is_not_limited() -> None:
    task, result = rich()
    task["transports"][0]["limits"]["max_capacity"] = {"volume": 1}
    assert rules(task, result) == set()


def test_L5_the_cargo_of_a_waiting_order_fills_its_box() -> None:
    task, result = rich()
    extra = {"key": "v-cargo", "capacity": {"mass": 10}, "target_box_key": "two"}
    order(task, "v")["cargos"] = [extra]
    assert rules(task, result) == {"L2"}
    extra["capacity"] = {"mass": 5}
    assert rules(task, result) == set()


def test_C3_one_charge_a_tag_a_pair_and_a_stop() -> None:
    task, result = rich()
    garage = place(task, "garage")
    garage["compatibilities"] = {"transport_restrictions": ["rare"]}
    # two stops of the van and two of the car: 10 more than the 5 that are told, and 10 that are not
    found = [str(item).split(": ")[1] for item in verify(*typed(task, result)) if item.rule == "C3"]
    assert found == [
        "penalties 15, 10 allowed",
        "says ['5'], the prices sum to 15",
        "penalties 10, 0 allowed",
        "says nothing, the prices sum to 10",
    ]


def test_C3_location_restrictions_do_not_bind_where_the_performer_is_without_the_transport() -> None:
    task, result = rich()
    place(task, "home")["compatibilities"] = {"transport_restrictions": ["small"]}
    assert rules(task, result) == set()


@pytest.mark.parametrize(("minutes", "broken"), [("PT58M", set()), ("PT57M", {"B2"})])
def test_B2_a_break_is_taken_before_the_limit_is_passed(minutes: str, broken: set[str]) -> None:
    """57.5 min of operating come before the break."""
    task, result = rich()
    work(task)["work_and_rest_rules"]["break_rules"]["first"]["operating_duration_sum"] = minutes
    assert rules(task, result) == broken


def test_B4_a_reset_location_zeroes_and_an_ignored_one_does_not_count() -> None:
    task, result = rich()
    given = work(task)["work_and_rest_rules"]
    given["break_rules"]["first"]["operating_duration_sum"] = "PT41M"
    assert rules(task, result) == {"B2"}
    task["performers"][0]["shifts"][0]["work_and_rest_rules"] = {**given, "ignore_location_keys": ["a"]}
    assert rules(task, result) == set()
    work(task)["work_and_rest_rules"] = {**given, "reset_location_keys": ["shop"]}
    assert rules(task, result) == set()


def test_B1_continuous_driving_is_zeroed_at_every_stop() -> None:
    task, result = rich()
    found = work(task)["work_and_rest_rules"]["break_rules"]
    found["first"]["relocating_duration_sum"] = "PT20M"
    assert rules(task, result) == {"B2"}
    found["relocating_duration_type"] = "CONTINUOUS"
    assert rules(task, result) == set()


def test_B2_the_second_break_follows_its_own_rule() -> None:
    task, result = rich()
    found = work(task)["work_and_rest_rules"]["break_rules"]
    found["consecutive"] = {**found["first"], "operating_duration_sum": "PT36M"}
    assert rules(task, result) == {"B2"}
    found["consecutive"] = {**found["first"], "operating_duration_sum": "PT37M"}
    assert rules(task, result) == set()


def test_B5_a_wait_of_the_pause_counts_as_the_pause() -> None:
    task, result = rested()
    rule = work(task)["work_and_rest_rules"]["rest_rules"]["consecutive"]
    rule["operating_duration_sum"] = "PT1H"
    assert rules(task, result) == set()


def test_A1_A2_windows_and_shifts_are_widened() -> None:
    task, result = teleported()
    assumed(task, same_order_time_window=False)
    assert "W2" in rules(task, result)
    task, result = teleported()
    assumed(task, expand_shift_time_window=False)
    assert "W1" in rules(task, result)


def test_O5_what_refining_removed_is_no_part_of_a_hardlink() -> None:
    task, result = rich()
    result["trips"][0]["waitlist"] = []
    result["removed_items"] = {"order_keys": ["v"], "order_keys_count": 1}
    assert rules(task, result) == {"X3"}  # the statistics still count it as waiting
    result["removed_items"]["order_keys"] = ["x"]
    assert "U1" in rules(task, result)


def test_O5_a_shift_that_is_cut_is_no_part_of_a_hardlink() -> None:
    task, result = rich()
    spare = {**copy.deepcopy(task["transports"][0]["shifts"][0]), "key": "spare"}
    task["transports"][0]["shifts"].append(spare)
    task["hardlinks"][0]["links"].append({"type": "TRANSPORT_SHIFT", "entity_key": "spare"})
    assert "O5" in rules(task, result)
    shift = {"entity_type": "TRANSPORT_SHIFT", "entity_key": "spare"}
    owner = {"entity_type": "TRANSPORT", "entity_key": task["transports"][0]["key"], "child_entity": shift}
    result["warnings"] = [{"type": "GEODATA_TIME_WINDOW_VIOLATION", "entities": [owner]}]
    assert "O5" in rules(task, result), "only told"
    result["warnings"][0]["type"] = "TIME_WINDOW_VIOLATION"
    assert "O5" not in rules(task, result)


def test_W6_LOWEST_COST_is_judged_by_the_length_of_the_trip() -> None:
    """The plan that finishes early is also the shortest; an hour later it still is."""
    task, result = roundtrips("LOWEST_COST")
    assert rules(task, result) == set()
    use(task)["availability_time"] = window("9:20-18:00")
    assert rules(task, result) == set()


def test_Y2_a_warning_makes_a_penalty_over_the_limit_right() -> None:
    task, result = limited()
    task["plan_settings"]["trips_settings"]["penalties"]["max_locations_limits_penalty"] = 1
    assert rules(task, result) == {"Y2"}
    result["warnings"] = [{"type": "MAX_LOCATIONS_LIMITS_PENALTY_EXCEEDED", "entities": []}]
    assert rules(task, result) == set()


TURNS: list[tuple[list[str], bool]] = [
    ([], False),
    (["YAW"], False),
    (["ROLL"], False),
    (["PITCH"], False),
    (["YAW", "PITCH"], True),
    (["ALL"], True),
]


@pytest.mark.parametrize(("rotation", "expected"), TURNS)
def test_L3_turns_one_by_one_and_combined(rotation: list[str], expected: bool) -> None:
    size = {"width": 1.0, "height": 3.0, "length": 2.0}
    box = {"width": 2.0, "height": 1.0, "length": 3.0}
    kinds = [CargoRotationType(kind) for kind in rotation]
    assert fits(size, kinds, box) is expected
    assert fits(size, kinds, dict.fromkeys(size, 0.0))


Windows = list[tuple[float, float]]


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        ([(50.0, 60.0)], [Piece(0, 40, 60, moving=False), Piece(40, 50, 20, moving=True)]),
        (
            [(5.0, 30.0), (80.0, 90.0)],
            [Piece(0, 20, 20, moving=True), Piece(21, 70, 90, moving=False), Piece(70, 80, 20, moving=True)],
        ),
        ([(1.0, 9.0)], []),
    ],
)
def test_W6_the_moment_reached_as_a_function_of_the_start(windows: Windows, expected: list[Piece]) -> None:
    """Ten seconds of driving, then ten of service in the windows; starts from 0 to 80."""
    always: Windows = [(float("-inf"), float("inf"))]
    assert through(Piece(0, 80, 0, moving=True), [Action(always, 10), Action(windows, 10)]) == expected


@pytest.mark.parametrize("make", [rich, limited, rested, roundtrips, teleported])
def test_the_judged_documents_are_left_as_they_are(make: Callable[[], tuple[Document, Document]]) -> None:
    task, result = typed(*make())
    before = copy.deepcopy((task, result))
    verify(task, result)
    assert (task, result) == before


@st.composite
def sequences(draw: st.DrawFn) -> list[Action]:
    """Short sequences of actions with windows a few seconds long, in order of time."""
    found = []
    for _ in range(draw(st.integers(1, 4))):
        edges = sorted(draw(st.lists(st.integers(0, 40), min_size=2, max_size=6, unique=True)))
        windows = [(float(a), float(b)) for a, b in zip(edges[::2], edges[1::2], strict=False)]
        found.append(Action(windows, draw(st.integers(0, 8))))
    return found


@given(actions=sequences())
def test_W6_pieces_agree_with_every_start_tried_one_by_one(actions: list[Action]) -> None:
    pieces = through(Piece(0, 40, 0, moving=True), actions)
    for start in range(41):
        moment: float | None = start
        for windows, length in actions:
            starts = [max(moment, a) for a, b in windows if moment is not None and moment <= b]
            moment = min(starts) + length if starts else None
            if moment is None:
                break
        reached = {piece.at(start) for piece in pieces if piece.first <= start <= piece.last}
        assert reached == (set() if moment is None else {moment})
