"""A task of actualize or replan as the plain plan task that goes on with it (rules Q1-Q11)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from solver.contract import (
    ActualizeTask,
    PlanSettings,
    PlanTask,
    RemovedItems,
    ReplanTask,
    TripAssumptions,
)
from solver.refine import assume
from solver.replan.facts import in_force
from solver.replan.fleet import Fleet
from solver.replan.freedom import Freedom
from solver.replan.links import bound_orders, hardlinks, servable
from solver.replan.orders import Orders
from solver.replan.remainder import Remainder
from solver.replan.trips import GivenTrip, given_trips


@dataclass(slots=True)
class Continuation:
    """What is left to do, and under which names it is told.

    Attributes
    ----------
    task : PlanTask
        Planning it goes on with the trips (Q11). Its lists may be empty: then nothing is left.
    told : PlanTask
        All that is left, also what is not planned anew, by which results are told: with the windows that were
        asked for, past whose right borders a service is a violation (Q3).
    trips : list of GivenTrip
        The input trips; ``visits`` and ``orders`` are what is left of them.
    bound : dict of str to list of str
        Orders that stay in a trip or on its waitlist, by trip key.
    freedom : Freedom
    now : datetime
    serving : dict of str to str
        The demand that is being served, by trip key (Q7).
    boxes : dict of str to str
        Keys that boxes were given because several transports share one, and the keys they had.
    removed : RemovedItems
        Facts that do not count, and what the trips do not name (Q4, Q9).
    """

    task: PlanTask
    told: PlanTask
    trips: list[GivenTrip]
    bound: dict[str, list[str]]
    freedom: Freedom
    now: datetime
    serving: dict[str, str]
    boxes: dict[str, str]
    removed: RemovedItems

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to plan."""
        return not (self.task.orders and self.task.performers and self.task.transports)


def continuation(task: ActualizeTask | ReplanTask, now: datetime) -> Continuation:
    """Translate a task.

    Parameters
    ----------
    task : ActualizeTask or ReplanTask
        Without logical errors; it is not changed.
    now : datetime
        The moment of the request, which counts where the task names no ``current_time`` (Q3).
    """
    return _Translation(task, _whole_second(task.actualize_settings.current_time or now)).result()


def _whole_second(moment: datetime) -> datetime:
    """A moment, rounded up."""
    return moment if not moment.microsecond else moment.replace(microsecond=0) + timedelta(seconds=1)


class _Translation:
    """One translation, step by step."""

    def __init__(self, task: ActualizeTask | ReplanTask, now: datetime) -> None:
        self.task, self.now = task, now
        self.freedom = Freedom.of(task)
        self.trips = given_trips(task)
        facts, self.dropped = in_force(task.facts, now)
        self.left = Remainder(task, self.trips, now)
        for fact in facts:
            self.left.apply(fact)
        self.left.settle()

    def result(self) -> Continuation:
        """The whole continuation."""
        plain = self._plain()
        self._forget_what_is_done(plain)
        delay = self.task.actualize_settings.max_delay_duration
        trips = [given for given in self.trips if given.orders or self._may_fill_up()]
        bound = {given.trip.key: bound_orders(given, self.freedom, self.left) for given in trips}
        orders = Orders(self.freedom, trips, self.left, self.now, delay, self._extras())
        fleet = Fleet(self.freedom, trips, self.left, self.now, delay)
        narrowed = replace(plain, orders=orders.narrowed(plain.orders), hardlinks=[])
        narrowed.performers = fleet.performers(plain.performers, narrowed.orders, narrowed=True)
        narrowed.transports = fleet.transports(plain.transports, narrowed=True)
        told = replace(plain)
        told.performers = fleet.performers(plain.performers, told.orders, narrowed=False)
        told.transports = fleet.transports(plain.transports, narrowed=False)
        narrowed.orders = servable(self.task, narrowed, trips, bound)
        boxes = fleet.name_boxes(narrowed.orders, narrowed.transports, told.transports)
        narrowed.hardlinks = hardlinks(self.task, narrowed, trips, self.freedom, self.left)
        return Continuation(
            task=narrowed, told=told, trips=trips, bound=bound, freedom=self.freedom, now=self.now,
            serving={key: at.serving for key, at in self.left.positions.items() if at.serving},
            boxes=boxes, removed=self._removed(plain, narrowed),
        )  # fmt: skip

    def _extras(self) -> dict[str, int]:
        """Seconds that performers add to what they are serving (W4)."""
        extras = {
            (performer.key, extra.demand_key): extra.additional_duration
            for performer in self.task.performers
            for extra in performer.limits.demand_extra_durations
        }
        serving = {key: at.serving for key, at in self.left.positions.items() if at.serving}
        return {
            serving[given.trip.key]: extras.get(
                (given.trip.performer.performer_key, serving[given.trip.key]), 0
            )
            for given in self.trips
            if given.trip.key in serving
        }

    def _may_fill_up(self) -> bool:
        """Whether a trip with nothing left may take in orders."""
        return self.freedom.new_orders or (self.freedom.reorder and self.freedom.new_trips)

    def _plain(self) -> PlanTask:
        """What is left as a plan task, its assumptions about windows applied (A1, A2)."""
        task = self.task
        assumptions = task.plan_settings.trips_settings.assumptions
        whole = PlanTask(
            locations=task.locations, orders=task.orders,
            performers=task.performers, transports=task.transports,
            plan_settings=_assuming(task, replace(assumptions, same_order_time_window=False)),
            external_routing=task.external_routing, dataset_name=task.dataset_name,
        )  # fmt: skip
        widened = assume(whole)
        left = replace(
            widened,
            orders=[self.left.orders[order.key] for order in task.orders if order.key in self.left.orders],
            plan_settings=_assuming(task, replace(assumptions, expand_shift_time_window=False)),
        )
        settled = replace(assumptions, same_order_time_window=False, expand_shift_time_window=False)
        return replace(assume(left), plan_settings=_assuming(task, settled))

    def _forget_what_is_done(self, plain: PlanTask) -> None:
        """Leave in the trips what is still to do."""
        demands = {demand.key for order in plain.orders for demand in order.demands}
        for given in self.trips:
            given.visits = [visit for visit in given.visits if visit[0] in demands]
            given.orders = [key for key in given.orders if key in self.left.orders]

    def _removed(self, plain: PlanTask, left: PlanTask) -> RemovedItems:
        """What no trip names and the strategy leaves out (Q9), and the facts that do not count (Q4)."""
        orders, performers, transports, links = (
            sorted({item.key for item in before} - {item.key for item in after})
            for before, after in (
                (plain.orders, left.orders),
                (plain.performers, left.performers),
                (plain.transports, left.transports),
                (self.task.hardlinks if isinstance(self.task, ReplanTask) else [], left.hardlinks),
            )
        )
        return RemovedItems(
            order_keys=orders, order_keys_count=len(orders),
            performer_keys=performers, performer_keys_count=len(performers),
            transport_keys=transports, transport_keys_count=len(transports),
            hardlink_keys=links, hardlink_keys_count=len(links),
            fact_keys=self.dropped, fact_keys_count=len(self.dropped),
        )  # fmt: skip


def _assuming(task: ActualizeTask | ReplanTask, assumptions: TripAssumptions) -> PlanSettings:
    settings = task.plan_settings
    return replace(settings, trips_settings=replace(settings.trips_settings, assumptions=assumptions))
