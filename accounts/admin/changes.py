"""What a change in the admin did: each field with its value before and after, as the history shows it."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import Model
from django.forms import BaseForm
from django.utils.translation import override

SECRET = "password"
LONGEST = 300
"""Characters of a value that are told."""

Message = list[dict[str, Any]]


def told(form: BaseForm, formsets: Iterable[Any], add: bool) -> Message:
    """Return the message about a saved form and the rows below it."""
    message: Message = []
    if add:
        message.append({"added": {}})
    if form.changed_data:
        message.append({"changed": {"fields": list(of_form(form))}})
    for formset in formsets:
        message.extend(_of_formset(formset))
    return message


def of_form(form: BaseForm) -> Iterator[str]:
    """Yield each changed field of a form; of a password only that it is another one."""
    for name in form.changed_data:
        field = form.fields.get(name)
        label = str(field.label if field and field.label else name)
        if SECRET in name or field is None:
            yield label
        else:
            before, after = _value(form.initial.get(name)), _value(form.cleaned_data.get(name))
            if before != after:
                yield changed(label, before, after)


def changed(label: str, before: object, after: object) -> str:
    """Return a field's name with both values."""
    return f"{label}: {_value(before)} → {_value(after)}"


def _value(value: object) -> str:
    if hasattr(value, "values_list") or (isinstance(value, list) and value and isinstance(value[0], Model)):
        value = sorted(str(item) for item in value)  # type: ignore[attr-defined]  # rows of a relation
    if value is None or value == "" or value == []:
        return "—"
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False)
    return str(value)[:LONGEST]


def _of_formset(formset: Any) -> Iterator[dict[str, Any]]:
    for row in formset.new_objects:
        yield {"added": _row(row)}
    forms = {form.instance.pk: form for form in formset.initial_forms}
    for row, _fields in formset.changed_objects:
        yield {"changed": {**_row(row), "fields": list(of_form(forms[row.pk]))}}
    for row in formset.deleted_objects:
        yield {"deleted": _row(row)}


def _row(row: Model) -> dict[str, str]:
    with override(None):
        return {"name": str(row._meta.verbose_name), "object": str(row)}


def of_row(row: Model) -> Iterator[str]:
    """Yield each field of a row that is going."""
    for field in row._meta.concrete_fields:
        if SECRET not in field.name and (value := field.value_from_object(row)) not in (None, "", []):
            yield changed(str(field.verbose_name), value, None)


def note(user_id: int, rows: Iterable[Model], label: str, before: object, after: object) -> None:
    """Keep in the history that an action changed one field of rows."""
    message = [{"changed": {"fields": [changed(label, before, after)]}}]
    for row in rows:
        LogEntry.objects.log_actions(user_id, [row], CHANGE, message, single_object=True)
