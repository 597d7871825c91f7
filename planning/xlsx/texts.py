"""Texts in cells: lists with commas, pairs, and texts that a spreadsheet would not keep as they are."""

import json
import re
from collections.abc import Iterable

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNDERSCORE = re.compile(r"_x[0-9A-Fa-f]{4}_")


def to_cell(text: str) -> str:
    """Text as it is written: quoted like JSON where a spreadsheet would change or lose it (F3).

    Such texts are the empty one, one with spaces at its ends, with control characters, with what
    a workbook takes for an escape, and one that would itself be read as quoted.
    """
    if _is_kept(text):
        return text
    return _CONTROL.sub(_code, json.dumps(text, ensure_ascii=False)).replace("_x", "\\u005fx")


def from_cell(cell: str) -> str:
    """Text that was meant: spaces at the ends are dropped, what `to_cell` quoted is unquoted."""
    cell = cell.strip()
    if not cell.startswith('"'):
        return cell
    quoted = _unquoted(cell)
    return cell if quoted is None or _is_kept(quoted) else quoted


def _is_kept(text: str) -> bool:
    if not text or text != text.strip() or _CONTROL.search(text) or _UNDERSCORE.search(text):
        return False
    quoted = _unquoted(text)
    return quoted is None or _is_kept(quoted)


def _unquoted(cell: str) -> str | None:
    if len(cell) < 2 or cell[0] != '"' or cell[-1] != '"':
        return None
    try:
        text = json.loads(cell)
    except ValueError:
        return None
    return text if isinstance(text, str) else None


def _code(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"


def join_list(items: Iterable[str]) -> str:
    r"""Texts with commas between them; a comma or backslash inside is escaped by a backslash (F2)."""
    return ", ".join(_escaped(item, _IN_LIST) for item in items)


def split_list(cell: str) -> list[str]:
    """Texts of a cell written by `join_list` or by hand; empty ones are dropped."""
    return [_plain(part) for part in _split(cell)]


def join_pairs(pairs: Iterable[tuple[str, str]]) -> str:
    r"""Pairs such as ``floor=2, code=17\,4``."""
    return ", ".join(f"{_escaped(key, _IN_KEY)}={_escaped(value, _IN_LIST)}" for key, value in pairs)


def split_pairs(cell: str) -> list[tuple[str, str]]:
    """Pairs of a cell written by `join_pairs` or by hand.

    Raises
    ------
    ValueError
        If a part has no equals sign; the part is the argument.
    """
    pairs = []
    for part in _split(cell):
        key, equals, value = _partition(part)
        if not equals:
            raise ValueError(_plain(part))
        pairs.append((_plain(key), _plain(value)))
    return pairs


_HARD = r"\A\s|\s\Z|[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)"
_IN_LIST, _IN_KEY = re.compile(rf"([\\,])|{_HARD}"), re.compile(rf"([\\,=])|{_HARD}")
"""What is escaped in a list and in the key of a pair."""

_PART = re.compile(r"(?:\\.|[^\\,]|\\$)+", re.DOTALL)
_PAIR = re.compile(r"((?:\\.|[^\\=])*)(=?)(.*)", re.DOTALL)
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)


def _escaped(text: str, special: re.Pattern[str]) -> str:
    return special.sub(_escape, text) if special.search(text) else text


def _escape(match: re.Match[str]) -> str:
    return f"\\{match[1]}" if match[1] else _code(match)


def _split(cell: str) -> list[str]:
    parts = _PART.findall(cell) if "\\" in cell else cell.split(",")
    return [part for part in map(str.strip, parts) if part]


def _partition(part: str) -> tuple[str, str, str]:
    match = _PAIR.match(part)
    assert match is not None  # every part of the pattern may be empty
    return match[1].strip(), match[2], match[3].strip()


def _plain(part: str) -> str:
    return _ESCAPED.sub(_meant, part) if "\\" in part else part


def _meant(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else match[2]
