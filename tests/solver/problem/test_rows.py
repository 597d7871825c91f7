"""Tables that belong together have the same number of rows."""

from tests.solver.report.tiny import Tiny, window
from tests.solver.search.town import problem_of

BY_VEHICLE = ("vehicle_life", "vehicle_money", "room", "max_load", "carry")


def test_W7_Y1_vehicles_that_begin_later_for_limits_have_their_lifetimes() -> None:
    task = Tiny({"depot": 0, "a": 10})
    task.work("x", "a", minutes=10)
    limits = [
        {"key": key, "time_window": window(hours), "max_transports": [{"count": 1, "penalty": 1}]}
        for key, hours in (("early", "8:00-9:00"), ("late", "9:00-12:00"))
    ]
    task.locations["a"]["timetable"] = [{"work_window": window("8:00-12:00"), "limits": limits}]
    life = {"feature": "truck", "time_windows": [window("8:00-9:00"), window("9:30-10:30")]}
    features = {"performer_features": ["truck"], "performer_features_lifetimes": [life]}
    task.performer(start="depot", compatibilities=features)
    task.transport(compatibilities={"performer_restrictions": ["truck"]})
    task.settings = {"trips_settings": {"assumptions": {"disable_location_limits": False}}}
    tables = problem_of(task).tables
    assert len(tables.vehicle) > 1
    for name in BY_VEHICLE:
        assert len(getattr(tables, name)) == len(tables.vehicle), name
    assert (tables.vehicle_life == tables.vehicle_life[0]).all()
    assert tables.vehicle_life[0, 1] - tables.vehicle_life[0, 0] == 2
