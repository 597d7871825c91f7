"""The list of all errors and warnings for readers, made from the rules themselves.

``python -m solver.checks.describe docs`` writes ``errors.md`` and ``errors.ru.md`` into a folder.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from solver.checks.rules import RULES, Change, Effect, Rule
from solver.checks.sample import SAMPLE
from solver.checks.texts import LANGUAGES, Text

FILES = {"en": "errors.md", "ru": "errors.ru.md"}

TITLE = Text("Errors and warnings", "Ошибки и предупреждения")
INTRODUCTION = Text(
    "A task is checked in four steps; each reports everything it finds. Values that do not keep the "
    "contract are **schema errors**: `entity` is the path, `message` says what was wanted and what came. "
    "A task that is pointless as a whole has **logical errors**. Entities that fail a check are cut, with "
    "what cannot stand without them, and reported as **warnings**; with `treat_warnings_as_errors` the "
    "task is refused instead. Some warnings are found only while planning.",
    "Задача проверяется в четыре шага; каждый сообщает обо всём найденном. Значения, не соответствующие "
    "контракту, — это **ошибки схемы**: `entity` содержит путь, `message` — что ожидалось и что пришло. "
    "Задача, бессмысленная целиком, содержит **логические ошибки**. Сущности, не прошедшие проверку, "
    "вырезаются вместе с тем, что без них не имеет смысла, и перечисляются в **предупреждениях**; с "
    "`treat_warnings_as_errors` задача вместо этого отклоняется. Часть предупреждений возникает только "
    "при планировании.",
)
EXAMPLES = Text(
    "Every example below is a change of this smallest valid task: a path on the left, its new value on "
    "the right; an index behind the end of a list adds an item. The server of the examples knows the geo "
    "provider VRT, its ceilings are one hour, and its date is 8 September 2025.",
    "Каждый пример ниже — изменение этой наименьшей правильной задачи: слева путь, справа новое значение; "
    "индекс за концом списка добавляет элемент. Сервер из примеров знает геопровайдера VRT, его пределы "
    "времени — один час, его дата — 8 сентября 2025 года.",
)
SCHEMA = Text("Schema errors", "Ошибки схемы")
SCHEMA_EXAMPLE = Text("A value that does not keep the contract gives, for example:",
                      "Значение, не соответствующее контракту, даёт, например:")  # fmt: skip
SCHEMA_MESSAGE = Text(
    'wanted an ISO 8601 duration of at most 16 characters such as PT1H45M, came "10 minutes"',
    'ожидалось: длительность ISO 8601 не длиннее 16 знаков, например PT1H45M; пришло: "10 minutes"',
)
ERRORS = Text("Logical errors", "Логические ошибки")
WARNINGS = Text("Warnings", "Предупреждения")
CURE = Text("What to do", "Что делать")
EFFECT = Text("Effect", "Последствие")
RAISES = Text("Smallest example", "Наименьший пример")
FINE = Text("Still fine", "Ещё допустимо")


def describe(language: str) -> str:
    """The whole list as Markdown."""
    parts = [f"# {TITLE.in_language(language)}", INTRODUCTION.in_language(language)]
    parts += [EXAMPLES.in_language(language), _block(json.dumps(SAMPLE, indent=2))]
    parts += [f"## {SCHEMA.in_language(language)}", SCHEMA_EXAMPLE.in_language(language)]
    parts.append(_block(json.dumps({
        "entity": "orders[0].demands[1].possible_events[0].duration",
        "message": SCHEMA_MESSAGE.in_language(language),
    }, indent=2, ensure_ascii=False)))  # fmt: skip
    refusing = [rule for rule in RULES.values() if rule.effect is Effect.REFUSES]
    others = [rule for rule in RULES.values() if rule.effect is not Effect.REFUSES]
    for title, rules in ((ERRORS, refusing), (WARNINGS, others)):
        parts.append(f"## {title.in_language(language)}")
        for rule in sorted(rules, key=lambda item: item.type):
            parts += _rule(rule, language)
    return "\n\n".join(parts) + "\n"


def _rule(rule: Rule, language: str) -> Iterator[str]:
    yield f"### {rule.type.value}"
    yield rule.cause.in_language(language)
    cure, effect = rule.cure.in_language(language), rule.effect.value.in_language(language)
    lines = [f"- {CURE.in_language(language)}: {cure}", f"- {EFFECT.in_language(language)}: {effect}"]
    if rule.note is not None:
        lines.append(f"- {rule.note.in_language(language)}")
    yield "\n".join(lines)
    for title, change in ((RAISES, rule.example), (FINE, rule.near_miss)):
        if change:
            yield f"{title.in_language(language)}:\n\n{_block(_change(change))}"


def _change(change: Change) -> str:
    return "\n".join(f"{path} = {json.dumps(value)}" for path, value in change.items())


def _block(text: str) -> str:
    return f"```\n{text}\n```"


def main(folder: str) -> None:
    """Write the list in every language."""
    for language in LANGUAGES:
        (Path(folder) / FILES[language]).write_text(describe(language), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
