"""What templates say: formats, words for codes, icons."""

from __future__ import annotations

from django import template
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from planning.web import formats, running, words

register = template.Library()

for function in (
    formats.duration,
    formats.km,
    formats.way,
    formats.amount,
    formats.percent,
    formats.load,
    formats.highest,
    formats.bytes_size,
    formats.orders,
    formats.path,
    formats.place,
    running.phase,
    running.time_left,
    running.best,
):
    register.filter(function.__name__, function)

# Moments keep the clock they carry: a plan's own, not the server's.
for moment_words in (formats.clock, formats.day, formats.iso, formats.span, formats.stamp):
    register.filter(moment_words.__name__, moment_words, expects_localtime=False)


@register.filter
def word(value: object, table: str) -> str:
    """The words for a code: `status`, `phase`, `kind`, `configuration`, `warning` or `error`."""
    return words.of(table, str(value))


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite; it is decoration, so the words stand beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("app/icons.svg"), name
    )


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """The theme the reader chose, empty for the system's own."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in {"light", "dark"} else ""
