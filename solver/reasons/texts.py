"""Sentences about obstacles in the languages they are told in."""

from collections.abc import Mapping
from enum import StrEnum
from math import ceil

from solver.contract import EntityPath, Obstacle, ObstacleType, Placement, PlacementKind, UnplannedOrder

Kind = ObstacleType


class Words(StrEnum):
    """Parts of sentences, by their English form; the words in braces are filled in."""

    TRIP = "trip {name}"
    UNUSED = "unused {performer} with {transport}"
    EMPTY = "even empty, {performer} with {transport}"
    ALL_USED = "no vehicle is unused"
    FITS = "fits for {distance} and {duration} more, which the search did not find"
    BUSY = "fits, but it has a trip already"
    NOT_WORTH = "fits, but costs {amount} more than it brings"
    NO_PAIR = "No performer shift and transport shift can make a trip together."
    METRES = "{amount} m"
    KILOMETRES = "{amount} km"
    SECONDS = "{amount} s"
    MINUTES = "{amount} min"
    HOURS = "{hours} h {minutes} min"
    MASS = "mass"
    VOLUME = "volume"
    CAPACITY_A = "capacity A"
    CAPACITY_B = "capacity B"
    CAPACITY_C = "capacity C"


RUSSIAN_WORDS: Mapping[Words, str] = {
    Words.TRIP: "рейс {name}",
    Words.UNUSED: "свободны {performer} и {transport}",
    Words.EMPTY: "даже без других заказов у {performer} на {transport}",
    Words.ALL_USED: "свободного транспорта с исполнителем нет",
    Words.FITS: "помещается, добавляя {distance} и {duration}, но поиск этого не нашёл",
    Words.BUSY: "помещается, но рейс уже есть",
    Words.NOT_WORTH: "помещается, но стоит на {amount} больше, чем приносит",
    Words.NO_PAIR: "Ни одна смена исполнителя не может составить рейс ни с одной сменой транспорта.",
    Words.METRES: "{amount} м",
    Words.KILOMETRES: "{amount} км",
    Words.SECONDS: "{amount} с",
    Words.MINUTES: "{amount} мин",
    Words.HOURS: "{hours} ч {minutes} мин",
    Words.MASS: "масса",
    Words.VOLUME: "объём",
    Words.CAPACITY_A: "вместимость A",
    Words.CAPACITY_B: "вместимость B",
    Words.CAPACITY_C: "вместимость C",
}

ENGLISH: Mapping[ObstacleType, str] = {
    Kind.EVENT_WINDOW: "{key} would end {amount} after its window closes",
    Kind.LOCATION_WINDOW: "the service would end {amount} after {key} closes",
    Kind.WINDOW_TOO_SHORT: "{key} takes longer than its place is open within its window",
    Kind.WORKING_TIME: "the service would end {amount} after the working time of {key}",
    Kind.PERFORMER_SHIFT: "the performer's shift {key} would end {amount} late",
    Kind.TRANSPORT_SHIFT: "the transport's shift {key} would end {amount} late",
    Kind.TRIP_DURATION: "the trip would be {amount} longer than the tariff of {key} allows",
    Kind.TRIP_DISTANCE: "the trip would be {amount} over the tariff of {key}",
    Kind.NO_ROUTE: "there is no way to drive to all its places",
    Kind.MAX_STOPS: "{amount} stops over the limit of {key}",
    Kind.MAX_LOCATIONS: "{amount} locations over the limit of {key}",
    Kind.PRECEDENCE: "the precedences leave no possible sequence",
    Kind.CAPACITY: "{unit} {amount} over the capacity of {key}",
    Kind.MAX_CAPACITY: "{unit} {amount} over the limit of {key}",
    Kind.BOX_CAPACITY: "{unit} {amount} over the capacity of box {key}",
    Kind.BOX_ONE_CARGO: "{unit} {amount} over what box {key} takes of one cargo",
    Kind.MAX_BOXES: "one box more than {key} may use",
    Kind.CARGO_SIZE: "cargo {key} does not fit box {child} by its size",
    Kind.CARGO_MIX: "cargo {key} may not lie with the others",
    Kind.BOX_FEATURES: "box {key} lacks {tags}",
    Kind.BOXES: "no box takes cargo {key}: room, size and tags do not allow it",
    Kind.TARGET_BOX: "the cargo belongs in a box of another transport",
    Kind.PERFORMER_FEATURES: "performer {key} lacks {tags}",
    Kind.PERFORMER_BLACKLIST: "the order does not want performer {key}: {tags}",
    Kind.TRANSPORT_FEATURES: "the transport lacks {tags} for location {key}",
    Kind.ORDER_MIX: "it may not ride with order {key}: {tags}",
    Kind.PENALTY: "missing tags would cost {amount} more than the tariff of {key} allows",
    Kind.HARDLINK: "it is tied to other shifts",
    Kind.FEATURE_LIFETIME: "a feature it needs does not exist then",
    Kind.BREAKS: "no time is left for the breaks and rests that are due",
    Kind.LOCATION_LIMITS: "location limits would cost {amount} more than is allowed",
    Kind.OTHER: "another rule does not allow it",
}

RUSSIAN: Mapping[ObstacleType, str] = {
    Kind.EVENT_WINDOW: "{key} закончится на {amount} позже закрытия окна",
    Kind.LOCATION_WINDOW: "обслуживание закончится на {amount} позже закрытия {key}",
    Kind.WINDOW_TOO_SHORT: "{key} длится дольше, чем место открыто в пределах окна",
    Kind.WORKING_TIME: "обслуживание закончится на {amount} позже рабочего времени {key}",
    Kind.PERFORMER_SHIFT: "смена исполнителя {key} закончится на {amount} позже",
    Kind.TRANSPORT_SHIFT: "смена транспорта {key} закончится на {amount} позже",
    Kind.TRIP_DURATION: "рейс на {amount} длительнее, чем допускает тариф {key}",
    Kind.TRIP_DISTANCE: "рейс на {amount} длиннее, чем допускает тариф {key}",
    Kind.NO_ROUTE: "ко всем местам заказа не проехать",
    Kind.MAX_STOPS: "остановок больше допустимого для {key} на {amount}",
    Kind.MAX_LOCATIONS: "локаций больше допустимого для {key} на {amount}",
    Kind.PRECEDENCE: "заданный порядок заявок невыполним",
    Kind.CAPACITY: "{unit}: на {amount} больше вместимости {key}",
    Kind.MAX_CAPACITY: "{unit}: на {amount} больше ограничения {key}",
    Kind.BOX_CAPACITY: "{unit}: на {amount} больше вместимости отсека {key}",
    Kind.BOX_ONE_CARGO: "{unit}: на {amount} больше допустимого для одного груза в отсеке {key}",
    Kind.MAX_BOXES: "на один отсек больше, чем допускает {key}",
    Kind.CARGO_SIZE: "груз {key} не помещается в отсек {child} по размеру",
    Kind.CARGO_MIX: "груз {key} нельзя везти рядом с другими",
    Kind.BOX_FEATURES: "у отсека {key} нет {tags}",
    Kind.BOXES: "груз {key} не принимает ни один отсек: не подходят место, размер и теги",
    Kind.TARGET_BOX: "груз относится к отсеку другого транспорта",
    Kind.PERFORMER_FEATURES: "у исполнителя {key} нет {tags}",
    Kind.PERFORMER_BLACKLIST: "заказ не допускает исполнителя {key}: {tags}",
    Kind.TRANSPORT_FEATURES: "у транспорта нет {tags} для локации {key}",
    Kind.ORDER_MIX: "нельзя везти в одном рейсе с заказом {key}: {tags}",
    Kind.PENALTY: "штраф за теги на {amount} больше, чем допускает тариф {key}",
    Kind.HARDLINK: "заказ связан с другими сменами",
    Kind.FEATURE_LIFETIME: "нужное свойство в это время не действует",
    Kind.BREAKS: "не остаётся времени на положенные перерывы и отдых",
    Kind.LOCATION_LIMITS: "штраф за лимиты локаций на {amount} больше допустимого",
    Kind.OTHER: "не допускает другое правило",
}


def is_russian(language: str) -> bool:
    """Whether sentences are Russian; English in any other language."""
    return language.lower().startswith("ru")


def words(part: Words, language: str, **values: object) -> str:
    """A part of a sentence."""
    return (RUSSIAN_WORDS[part] if is_russian(language) else part.value).format(**values)


def number(value: float) -> str:
    """A number without needless digits, rounded up so that this much is enough."""
    return f"{ceil(value * 1000 - 1e-6) / 1000:.3f}".rstrip("0").rstrip(".")


def length(seconds: float, language: str) -> str:
    """A time in words, rounded up to a minute; under a minute in seconds."""
    if seconds < 60:
        return words(Words.SECONDS, language, amount=ceil(seconds))
    minutes = ceil(seconds / 60 - 1e-9)
    if minutes < 120:
        return words(Words.MINUTES, language, amount=minutes)
    return words(Words.HOURS, language, hours=minutes // 60, minutes=minutes % 60)


def way(metres: float, language: str) -> str:
    """A distance in words, rounded up."""
    if metres < 1000:
        return words(Words.METRES, language, amount=ceil(metres))
    return words(Words.KILOMETRES, language, amount=number(ceil(metres / 100 - 1e-9) / 10))


def amount(value: float | None, unit: str | None, language: str) -> str:
    """An amount in its unit."""
    if value is None:
        return ""
    if unit == "s":
        return length(value, language)
    return way(value, language) if unit == "m" else number(value)


def leaf(path: EntityPath | None) -> str:
    """Key of the innermost entity a path names."""
    while path is not None and path.child_entity is not None:
        path = path.child_entity
    return (path.entity_key or "") if path else ""


def of_obstacle(found: Obstacle, language: str) -> str:
    """What an obstacle says, without a full stop."""
    unit = found.unit or ""
    measure = words(Words[unit.upper()], language) if unit.upper() in Words.__members__ else unit
    texts = RUSSIAN if is_russian(language) else ENGLISH
    return texts[found.type].format(
        key=(found.entity.entity_key or "")
        if found.entity and found.type is Kind.CARGO_SIZE
        else leaf(found.entity),
        child=leaf(found.entity),
        amount=amount(found.amount, found.unit, language),
        unit=measure,
        tags=", ".join(found.tags),
    )


def of_placement(place: Placement, language: str) -> str:
    """What a trip or vehicle says, without its name and a full stop."""
    if place.obstacles:
        return ", ".join(of_obstacle(item, language) for item in place.obstacles)
    if place.kind is PlacementKind.EMPTY_VEHICLE:
        return words(Words.BUSY, language)
    added = place.added
    if place.is_worth is False and added is not None:
        return words(Words.NOT_WORTH, language, amount=number(added.cost - added.reward))
    distance, duration = (added.distance, added.duration) if added else (0, 0)
    return words(Words.FITS, language, distance=way(distance, language), duration=length(duration, language))


def name_of(place: Placement, language: str) -> str:
    """A trip or vehicle in words."""
    if place.kind is PlacementKind.TRIP:
        return words(Words.TRIP, language, name=place.trip_name or place.trip_key or place.performer_key)
    kind = Words.UNUSED if place.kind is PlacementKind.UNUSED_VEHICLE else Words.EMPTY
    return words(kind, language, performer=place.performer_key, transport=place.transport_key)


def of_order(order: UnplannedOrder, language: str) -> str:
    """Why an order is not planned, in one sentence."""
    vehicle, trips = order.vehicle, order.trips[:1]
    if vehicle is None and not trips:
        return words(Words.NO_PAIR, language)
    parts = [f"{name_of(place, language)}: {of_placement(place, language)}" for place in trips]
    if vehicle is not None and vehicle.kind is PlacementKind.UNUSED_VEHICLE:
        parts.append(f"{name_of(vehicle, language)}: {of_placement(vehicle, language)}")
    elif vehicle is not None and vehicle.obstacles:  # whatever the trips carry, this alone is too much
        parts = [f"{name_of(vehicle, language)}: {of_placement(vehicle, language)}"]
    else:
        parts.append(words(Words.ALL_USED, language))
    sentence = "; ".join(parts)
    return sentence[:1].upper() + sentence[1:] + "."
