"""Texts of the checks in the languages the service speaks."""

from dataclasses import dataclass

LANGUAGES = ("en", "ru")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in every language; an unknown language gets English."""

    en: str
    ru: str

    def in_language(self, language: str) -> str:
        """The sentence in a language given by its code, such as ``ru`` or ``ru-RU``."""
        return self.ru if language.lower().startswith("ru") else self.en
