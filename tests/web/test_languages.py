"""English in the source, Russian beside it: complete, compiled, with the same placeholders.

After changing texts: `manage.py makemessages -l ru --add-location file`, fill in what is empty in
`locale/ru/LC_MESSAGES/django.po`, then `manage.py compilemessages -l ru`; both with `--ignore .venv`.
"""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from django.utils.translation.template import templatize

from planning.models import Calculation
from planning.web import formats, words
from solver.contract import EntityErrorType, EntityWarningType
from tests.shared import ROOT

FOLDER = ROOT / "locale" / "ru" / "LC_MESSAGES"
ROOMS = ("accounts", "audit", "config", "planning")
CALLS = {
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "_",
}
COUNTS = (1, 2, 5)
"""Numbers that take the three Russian plurals."""


@dataclass
class Entry:
    """A text of the catalogue."""

    context: str = ""
    text: str = ""
    plural: str = ""
    translations: list[str] = field(default_factory=list)


def entries() -> Iterator[Entry]:
    """Everything in the .po file but its header."""
    for block in (FOLDER / "django.po").read_text(encoding="utf-8").split("\n\n"):
        assert "fuzzy" not in block, f"a guess that nobody confirmed:\n{block}"
        entry = Entry()
        for name, quoted in re.findall(r'^(msg\w+(?:\[\d\])?) ((?:"(?:[^"\\]|\\.)*"\n?)+)', block, re.M):
            value = "".join(ast.literal_eval(line) for line in quoted.split("\n") if line)
            if name.startswith("msgstr"):
                entry.translations.append(value)
            else:
                setattr(entry, {"msgctxt": "context", "msgid": "text", "msgid_plural": "plural"}[name], value)
        if entry.text:
            yield entry


ENTRIES = list(entries())


@pytest.fixture(scope="module")
def compiled() -> gettext.GNUTranslations:
    with (FOLDER / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_the_compiled_catalogue_is_the_written_one(compiled: gettext.GNUTranslations) -> None:
    for entry in ENTRIES:
        if entry.plural:
            told = [compiled.ngettext(entry.text, entry.plural, count) for count in COUNTS]
            assert told == entry.translations[:3], entry.text
        elif entry.context:
            assert compiled.pgettext(entry.context, entry.text) == entry.translations[0], entry.text
        else:
            assert compiled.gettext(entry.text) == entry.translations[0], entry.text


def test_nothing_is_left_untranslated() -> None:
    assert [entry.text for entry in ENTRIES if not all(entry.translations)] == []


@pytest.mark.parametrize("pattern", [r"%\(\w+\)\d*[sd]", r"\{\w+\}", r"<[^>]+>"])
def test_placeholders_and_tags_are_the_same(pattern: str) -> None:
    for entry in ENTRIES:
        wanted = set(re.findall(pattern, f"{entry.text} {entry.plural}"))
        for told in entry.translations:
            assert set(re.findall(pattern, told)) == wanted, entry.text


def texts_of_source() -> set[tuple[str, str]]:
    """Every translated text of the code as (context, text)."""
    found = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            if "migrations" not in path.parts:
                found |= texts_of(path.read_text(encoding="utf-8"))
    for path in (ROOT / "templates").rglob("*.html"):
        calls = re.findall(r"\b(?:n?p?gettext)\(.*?\)(?=\s|$)", templatize(path.read_text(encoding="utf-8")))
        found |= texts_of("\n".join(calls))
    return found


def texts_of(source: str) -> set[tuple[str, str]]:
    found = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in CALLS:
            continue
        texts = [
            item.value for item in node.args if isinstance(item, ast.Constant) and isinstance(item.value, str)
        ]
        if texts:
            has_context = node.func.id.startswith("pgettext")
            found.add((texts[0], texts[1]) if has_context else ("", texts[0]))
    return found


def test_every_text_of_the_code_has_its_russian() -> None:
    known = {(entry.context, entry.text) for entry in ENTRIES}
    missing = sorted(text for text in texts_of_source() - known)
    assert missing == [], __doc__


def test_the_source_is_found_at_all() -> None:
    found = texts_of_source()
    assert ("", "Stop and keep the best") in found
    assert ("at a stop", "service") in found
    assert ("", "%(count)d order") in found


@pytest.mark.parametrize("codes", [EntityWarningType, EntityErrorType], ids=["warnings", "errors"])
def test_every_type_of_the_contract_has_words(codes: type[EntityWarningType] | type[EntityErrorType]) -> None:
    table = words.WARNINGS if codes is EntityWarningType else words.ERRORS
    assert set(table) == {code.value for code in codes}


def test_russian_numbers_dates_and_plurals() -> None:
    with override("ru"):
        assert [formats.orders(count) for count in (1, 2, 5, 11, 21)] == [
            "1 заказ", "2 заказа", "5 заказов", "11 заказов", "21 заказ",
        ]  # fmt: skip
        assert formats.duration(6300) == "1 ч 45 мин"
        assert formats.amount(12345.6, 1).replace("\xa0", " ") == "12 345,6"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "said"),
    [("plan", "заказов запланировано"), ("map", "показано"), ("gantt", "обслуживание"),
     ("unplanned", "Почему"), ("settings", "Искать не дольше"), ("print", "Маршрутные листы"),
     ("data", "Требования к водителю")],
)  # fmt: skip
def test_pages_speak_russian(page: Client, plan: Calculation, name: str, said: str) -> None:
    there = reverse(f"web:{name}", args=[plan.dataset_id])
    answer = page.get(there, headers={"Accept-Language": "ru"})
    assert said in answer.content.decode()
    assert '<html lang="ru"' in answer.content.decode()


@pytest.mark.django_db
def test_the_language_chosen_wins_over_the_browsers(page: Client) -> None:
    page.post("/i18n/setlang/", {"language": "ru", "next": "/"})
    answer = page.get(reverse("web:home"), headers={"Accept-Language": "en"})
    assert "Планов пока нет" in answer.content.decode()
