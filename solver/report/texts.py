"""Sentences of the report in the languages it speaks; the solver knows no translation catalogue."""

from enum import StrEnum


class Text(StrEnum):
    """A sentence, by its English form; the words in braces are filled in."""

    FULL = "Every trip that could carry this order is full."
    UNPROFITABLE = "Every trip that could carry this order is full, or would cost more than the order brings."
    NOT_FOUND = "No place for this order was found in the time given."
    NO_PAIR = "No performer shift and transport shift can make a trip together."
    HARDLINK = "The shifts that the order is linked to cannot carry it."
    OTHER_TRANSPORT = "The cargo already lies in a box of a transport that cannot carry the order."
    PERFORMER_TAGS = "No performer meets the requirements of the order."
    PLACE_TAGS = "No suitable transport may drive to location {place}."
    PENALTY = "The missing tags would cost more than any suitable tariff allows."
    PRECEDENCE = "The precedences of the demands leave no possible sequence."
    CAPACITY = "The cargo is more than any suitable transport can take at once."
    BOX = "No box of a suitable transport takes cargo {cargo}: capacity, size or tags do not allow it."
    STOPS = "A trip for this order alone has more stops than any suitable shift allows."
    NO_LEG = "No suitable transport can get to the places of the order."
    WINDOW = "Even an empty transport on its way to this order alone is too late for demand {demand}."
    LIFETIME = "A feature that this order needs does not exist at the times when it could be served."
    SHIFT = "Even with this order alone a trip would not be back before its shift ends."
    BREAKS = "Even with this order alone a trip is not in time with the breaks and rests it needs."
    DURATION = "Even with this order alone a trip would take longer than its tariff allows."
    DISTANCE = "Even with this order alone a trip would be longer than its tariff allows."
    LATE = "{minutes} min are missing."
    FAR = "It is {metres} m over."
    LIMITS = "Location limits cost {penalty}, more than the {allowed} that is allowed: {places}."


RUSSIAN = {
    Text.FULL: "Все рейсы, которые могли бы выполнить этот заказ, заполнены.",
    Text.UNPROFITABLE: (
        "Все рейсы, которые могли бы выполнить этот заказ, заполнены или обошлись бы дороже, чем он приносит."
    ),
    Text.NOT_FOUND: "За отведённое время для этого заказа не нашлось места.",
    Text.NO_PAIR: "Ни одна смена исполнителя не может составить рейс ни с одной сменой транспорта.",
    Text.HARDLINK: "Смены, с которыми связан заказ, не могут его выполнить.",
    Text.OTHER_TRANSPORT: "Груз уже лежит в отсеке транспорта, который не может выполнить заказ.",
    Text.PERFORMER_TAGS: "Ни один исполнитель не отвечает требованиям заказа.",
    Text.PLACE_TAGS: "Ни один подходящий транспорт не может заезжать в локацию {place}.",
    Text.PENALTY: "Штраф за нарушение совместимости выше, чем допускает любой подходящий тариф.",
    Text.PRECEDENCE: "Заданный порядок заявок невыполним.",
    Text.CAPACITY: "Груза больше, чем вмещает любой подходящий транспорт.",
    Text.BOX: (
        "Ни один отсек подходящего транспорта не принимает груз {cargo}: не подходят вместимость, размер "
        "или теги."
    ),
    Text.STOPS: "Даже рейс с одним этим заказом превышает допустимое число остановок.",
    Text.NO_LEG: "Ни один подходящий транспорт не может проехать к местам заказа.",
    Text.WINDOW: "Даже пустой транспорт только с этим заказом опаздывает к заявке {demand}.",
    Text.LIFETIME: "Свойство, нужное этому заказу, не действует, когда его можно было бы выполнить.",
    Text.SHIFT: "Даже рейс с одним этим заказом не успевает вернуться до конца смены.",
    Text.BREAKS: "Даже рейс с одним этим заказом не успевает с положенными перерывами и отдыхом.",
    Text.DURATION: "Даже рейс с одним этим заказом длится дольше, чем допускает тариф.",
    Text.DISTANCE: "Даже рейс с одним этим заказом длиннее, чем допускает тариф.",
    Text.LATE: "Не хватает {minutes} мин.",
    Text.FAR: "Превышение: {metres} м.",
    Text.LIMITS: "Штраф за лимиты локаций {penalty} больше допустимых {allowed}: {places}.",
}


def tell(text: Text, language: str, **values: object) -> str:
    """A sentence in a language; English for one it does not speak.

    Parameters
    ----------
    text : Text
    language : str
        ``en`` or ``ru``, with or without a region.
    **values
        What stands for the words in braces.
    """
    chosen = RUSSIAN[text] if language.lower().startswith("ru") else text.value
    return chosen.format(**values)
