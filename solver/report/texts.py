"""Sentences of the report in the languages it speaks; the solver knows no translation catalogue."""

from enum import StrEnum


class Text(StrEnum):
    """A sentence, by its English form; the words in braces are filled in."""

    LIMITS = "Location limits cost {penalty}, more than the {allowed} that is allowed: {places}."


RUSSIAN = {
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
