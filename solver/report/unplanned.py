"""What a plan leaves out (rule U1)."""

from collections.abc import Sequence

from solver.contract import HardlinkElementType, PlanTask, Trip, UnplannedItems


def unplanned_items(task: PlanTask, trips: Sequence[Trip]) -> UnplannedItems:
    """Orders in no trip and on no waitlist, resources without a trip, hardlinks with nothing in a trip.

    Parameters
    ----------
    task : PlanTask
        As it was planned: what refining removed is not in it.
    trips : sequence of Trip
    """
    used = {state.order_key for trip in trips for state in trip.states if state.order_key is not None}
    used.update(key for trip in trips for key in trip.waitlist)
    placed = {
        HardlinkElementType.ORDER: used,
        HardlinkElementType.PERFORMER_SHIFT: {trip.performer.shift_key for trip in trips},
        HardlinkElementType.TRANSPORT_SHIFT: {trip.transport.shift_key for trip in trips},
    }
    performers = {trip.performer.performer_key for trip in trips}
    transports = {trip.transport.transport_key for trip in trips}
    orders = [order.key for order in task.orders if order.key not in used]
    idle_performers = [performer.key for performer in task.performers if performer.key not in performers]
    idle_transports = [transport.key for transport in task.transports if transport.key not in transports]
    hardlinks = [
        link.key
        for link in task.hardlinks
        if not any(item.entity_key in placed[item.type] for item in link.links)
    ]
    return UnplannedItems(
        order_keys=orders,
        order_keys_count=len(orders),
        performer_keys=idle_performers,
        performer_keys_count=len(idle_performers),
        transport_keys=idle_transports,
        transport_keys_count=len(idle_transports),
        hardlink_keys=hardlinks,
        hardlink_keys_count=len(hardlinks),
    )
