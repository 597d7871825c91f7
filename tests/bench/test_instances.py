import json
from pathlib import Path

import pytest

from planning.bench.instance import Instance, read_instance
from planning.bench.plane import Plane
from planning.bench.solution import Route, measure
from planning.bench.task import duration, task_of
from solver.contract import PlanTask, read
from tests.bench import samples

TEXTS = {
    "vrptw": samples.SOLOMON,
    "pdptw": samples.LI_LIM,
    "hfvrp": samples.HETEROGENEOUS,
    "mtvrptwr": samples.RELOADS,
    "sdvrptw": samples.SITE_DEPENDENT,
    "pcvrptw": samples.PRIZES,
}


def instance(folder: Path, text: str) -> Instance:
    return read_instance(samples.write(folder, text))


def broken(folder: Path, text: str, routes: list[Route]) -> list[str]:
    return measure(Plane.of(instance(folder, text)), routes).broken


@pytest.mark.parametrize(("kind", "text"), TEXTS.items())
def test_each_format_is_read_and_its_task_is_by_the_contract(kind: str, text: str, tmp_path: Path) -> None:
    read_one = instance(tmp_path, text)
    assert read_one.kind == kind
    task = read(PlanTask, json.dumps(task_of(Plane.of(read_one))).encode())
    assert len(task.orders) == (1 if kind == "pdptw" else len(read_one.clients))
    assert len(task.performers) == len(task.transports) == len(read_one.vehicles)


def test_a_text_in_no_known_format_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"tiny\.txt"):
        instance(tmp_path, "some words\n")


def test_W2_the_window_of_a_start_becomes_the_window_of_the_whole_service(tmp_path: Path) -> None:
    task = task_of(Plane.of(instance(tmp_path, samples.SOLOMON)))
    event = task["orders"][1]["demands"][1]["possible_events"][0]
    assert event["hard_time_window"] == {"from": "2025-01-01T00:03:20Z", "to": "2025-01-01T00:11:40Z"}
    assert event["duration"] == "PT1M40S"


def test_goods_given_out_only_at_the_opening_allow_one_load(tmp_path: Path) -> None:
    plane = Plane.of(instance(tmp_path, samples.SOLOMON))
    for as_published, end in ((False, "2025-01-01T00:16:40Z"), (True, "2025-01-01T00:00:00Z")):
        loading = task_of(plane, as_published=as_published)["orders"][0]["demands"][0]["possible_events"][0]
        assert loading["hard_time_window"] == {"from": "2025-01-01T00:00:00Z", "to": end}


def test_T2_distances_are_scaled_and_rounded(tmp_path: Path) -> None:
    matrix = task_of(Plane.of(instance(tmp_path, samples.SOLOMON)))["external_routing"][0]["matrix"]
    assert matrix["distances"][0] == [0, 50, 50, 100]
    assert matrix["distances"][1][2] == 32  # 3.162
    assert matrix["durations"] == matrix["distances"]


def test_C1_clients_that_not_every_vehicle_may_visit_are_tagged(tmp_path: Path) -> None:
    task = task_of(Plane.of(instance(tmp_path, samples.SITE_DEPENDENT)))
    assert task["orders"][0]["compatibilities"] == {"performer_restrictions": ["c1"]}
    assert "compatibilities" not in task["orders"][1]
    features = [performer["compatibilities"]["performer_features"] for performer in task["performers"]]
    assert features == [["c1"], []]


def test_C1_as_published_nobody_drives_a_vehicle_of_another_kind(tmp_path: Path) -> None:
    task = task_of(Plane.of(instance(tmp_path, samples.SITE_DEPENDENT)), as_published=True)
    features = [performer["compatibilities"]["performer_features"] for performer in task["performers"]]
    wanted = [transport["compatibilities"]["performer_restrictions"] for transport in task["transports"]]
    assert features == [["c1", "kind0"], ["kind1"]]
    assert wanted == [["kind0"], ["kind1"]]


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "PT0S"), (61, "PT1M1S"), (7200, "PT2H"), (90061, "PT25H1M1S")]
)
def test_durations_are_written_as_the_contract_wants(seconds: int, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("text", "routes", "cost"),
    [
        # 1 and 3 lie on one line: 10 + 10; 1 alone 10, 2 alone 10; from 1 to 2 3.162, from 2 to 3 6.708.
        (samples.SOLOMON, [Route(0, [1, 2]), Route(1, [3])], 33.162),
        (samples.SOLOMON, [Route(0, [3, 2]), Route(1, [1])], 31.708),
        (samples.LI_LIM, [Route(0, [1, 2])], 20),
        # Hundredths of the costs: 100 + 10 x 100 and 300 + 10 x 200.
        (samples.HETEROGENEOUS, [Route(0, [1]), Route(1, [2])], 34),
        (samples.RELOADS, [Route(0, [1, 0, 2])], 20),
        (samples.SITE_DEPENDENT, [Route(0, [1]), Route(1, [2])], 20),
        (samples.SITE_DEPENDENT, [Route(0, [1, 2])], 13.162),
        # A prize left behind is a cost.
        (samples.PRIZES, [Route(0, [1])], 17.5),
        (samples.PRIZES, [], 27.5),
    ],
)
def test_good_solutions_are_costed(text: str, routes: list[Route], cost: float, tmp_path: Path) -> None:
    figures = measure(Plane.of(instance(tmp_path, text)), routes)
    assert figures.broken == []
    assert figures.cost == pytest.approx(cost, abs=1e-3)


@pytest.mark.parametrize(
    ("text", "routes", "rule"),
    [
        (samples.SOLOMON, [Route(0, [2]), Route(1, [3])], "client 1 is served 0 times"),
        (samples.SOLOMON, [Route(0, [1, 3]), Route(1, [2])], "route of vehicle 0: 11 loaded into 10"),
        (samples.SOLOMON, [Route(0, [1]), Route(0, [2]), Route(1, [3])], "vehicle 0 drives 2 routes"),
        (samples.LI_LIM, [Route(0, [2, 1])], "route of vehicle 0: client 2 comes before its pickup"),
        (samples.HETEROGENEOUS, [Route(0, [1, 2])], "route of vehicle 0: 8 loaded into 4"),
        (samples.HETEROGENEOUS, [Route(1, [1, 0, 2])], "route of vehicle 1: a depot on its way"),
        (samples.RELOADS, [Route(0, [1, 2])], "route of vehicle 0: 8 loaded into 4"),
        (samples.SITE_DEPENDENT, [Route(1, [1, 2])], "route of vehicle 1: a client it must not visit"),
    ],
)
def test_broken_rules_are_named(text: str, routes: list[Route], rule: str, tmp_path: Path) -> None:
    assert rule in broken(tmp_path, text, routes)


def test_lateness_counts_from_the_latest_start(tmp_path: Path) -> None:
    # 2 from 20 to 30, then 6.7 on the way: 36.7 is within 40 and 1.7 after 35.
    assert broken(tmp_path, samples.SOLOMON, [Route(0, [2, 3]), Route(1, [1])]) == []
    sooner = samples.SOLOMON.replace("10         40", "10         35")
    late = broken(tmp_path, sooner, [Route(0, [2, 3]), Route(1, [1])])
    assert late == ["route of vehicle 0: late by 17 s at 3"]


def test_goods_released_later_hold_the_vehicle_back(tmp_path: Path) -> None:
    # Out and back with 2 s of service: 12; the goods of 3 come at 30, so it is reached at 35.
    assert broken(tmp_path, samples.RELOADS, [Route(0, [1, 0, 2])]) == []
    late = broken(tmp_path, samples.RELOADS.replace("3 0 100", "3 0 34"), [Route(0, [1, 0, 2])])
    assert late == ["route of vehicle 0: late by 10 s at 3"]


def test_a_route_lasts_from_its_best_start(tmp_path: Path) -> None:
    # 1 opens at 50: leave at 45, back at 58.2; not 58.2 from the opening of the depot.
    routes = [Route(0, [1, 2])]
    assert broken(tmp_path, samples.SITE_DEPENDENT, routes) == []
    short = samples.SITE_DEPENDENT.replace("DURATION: 14", "DURATION: 13")
    assert broken(tmp_path, short, routes) == ["route of vehicle 0: lasts 132 s"]
