"""The look: contrast in both themes, one place for colours, nothing inline, nothing from elsewhere."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from planning.models import Calculation
from tests.shared import ROOT

STYLES = sorted((ROOT / "static" / "app").glob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
TOKENS = dict(
    re.findall(r"--([\w-]+): light-dark\((.+)\);", (ROOT / "static" / "app" / "app.css").read_text())
)
TEXT, SHAPE = 4.5, 3.0  # WCAG 2 AA: text, and what only shows a shape
GROUNDS = ("bg", "surface", "sunken")
PAIRS = [
    *((name, ground, TEXT) for name in ("text", "muted") for ground in GROUNDS),
    *((name, "bg", TEXT) for name in ("accent-text", "late", "wait", "unplanned")),
    *((name, "surface", TEXT) for name in ("accent-text", "late", "wait", "unplanned")),
    *((f"{name}", f"{name}-wash", TEXT) for name in ("late", "wait", "unplanned")),
    *(("text", f"{name}-wash", TEXT) for name in ("late", "wait", "unplanned", "accent")),
    *(("on-trip", f"trip-{number}", TEXT) for number in range(1, 13)),
    *((f"trip-{number}", "surface", SHAPE) for number in range(1, 13)),
    ("done", "surface", TEXT),
    ("accent-text", "accent-wash", TEXT),
    ("on-accent", "accent-fill", TEXT),
    ("line-strong", "surface", SHAPE),
    ("accent", "surface", SHAPE),
]  # fmt: skip


def split(colours: str) -> list[str]:
    """The light and the dark colour of a token."""
    return [part.strip() for part in re.split(r",(?![^(]*\))", colours)]


def linear(colour: str) -> list[float]:
    """Linear red, green and blue of `#rrggbb` or `oklch(l c h)`."""
    if colour.startswith("#"):
        parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
        return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    found = re.fullmatch(r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)", colour)
    assert found, colour
    light, chroma, hue = map(float, found.groups())
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    mixed = [
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    ]
    return [min(1.0, max(0.0, part)) for part in mixed]


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("oklch(0 0 0)", "oklch(1 0 0)") == pytest.approx(21, abs=0.01)


@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_contrast_is_AA_in_both_themes(front: str, ground: str, least: float) -> None:
    for one, other in zip(split(TOKENS[front]), split(TOKENS[ground]), strict=True):
        assert contrast(one, other) >= least, f"{front} {one} on {ground} {other}"


def test_colours_are_named_in_one_place_only() -> None:
    """Outside the tokens only the print sheet says black on white."""
    for path in STYLES:
        text = re.sub(r":root \{.*?\n\}", "", path.read_text(), flags=re.S)
        found = re.findall(r"#[0-9a-f]{3,8}\b(?=[;\s,)])|oklch\([\d.]", text)
        if path.name != "print.css":
            assert found == [], path.name


def test_stylesheets_and_scripts_stay_small() -> None:
    for path in (ROOT / "static" / "app").glob("*.*s"):
        assert len(path.read_text().splitlines()) <= 600, path.name


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_have_nothing_inline_and_nothing_from_elsewhere(path: Any) -> None:
    text = path.read_text()
    assert re.findall(r"\sstyle=|\son\w+=|<style|javascript:", text) == []
    assert all("src=" in tag for tag in re.findall(r"<script\b[^>]*>", text))
    assert re.findall(r"(?:src|href|action)=\"https?:", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_compile(path: Any) -> None:
    assert get_template(str(path.relative_to(ROOT / "templates")))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["plan", "map", "gantt", "unplanned", "data", "settings", "print"])
def test_pages_carry_the_policy_and_keep_it(page: Client, plan: Calculation, name: str) -> None:
    answer = page.get(reverse(f"web:{name}", args=[plan.dataset_id]))
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    found = answer.content.decode()
    assert re.findall(r"<[^>]+\s(?:style|on\w+)=", found) == []
    assert re.findall(r"<script(?![^>]*\bsrc=)", found) == []
    assert found.count("<h1") == 1
    assert re.findall(r"<img(?![^>]*\balt=)", found) == []


@pytest.mark.django_db
def test_every_field_has_its_label(page: Client, plans: Callable[..., Calculation]) -> None:
    found = page.get(reverse("web:settings", args=[plans().dataset_id])).content.decode()
    fields = re.findall(r'<(?:input|select)(?![^>]*type="hidden")[^>]*\bid="(\w+)"', found)
    assert len(fields) > 8
    assert [name for name in fields if f'for="{name}"' not in found] == []
