"""Forms of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from planning.web import words
from planning.web.formats import duration
from solver.contract import PlanSettings, PlanTask, TripStartTimeStrategy

SECONDS = (10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400)
"""Lengths of a search that are offered, up to the service's ceiling."""

HOURS = range(-12, 13)

Choices = list[tuple[str, str | Promise]]


class SignInForm(AuthenticationForm):
    """User name and password; the words of Django, which tell nobody which of the two was wrong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")


class UploadForm(forms.Form):
    """The name a dropped file is to have."""

    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=512,
        help_text=_("Left empty, the name in the file or the file's own name is taken."),
    )


class RenameForm(forms.Form):
    """A plan's new name."""

    name = forms.CharField(label=_("Name"), max_length=512)


class SettingsForm(forms.Form):
    """What can be changed of a task's settings on the pages; everything else in them stays."""

    configuration = forms.ChoiceField(
        label=_("Goal"), help_text=_("After planning as many orders as possible.")
    )
    seconds = forms.TypedChoiceField(
        label=_("Search at most"), coerce=int, help_text=_("A search that gains nothing more stops earlier.")
    )
    strategy = forms.ChoiceField(
        label=_("Start of trips"),
        choices=[
            (TripStartTimeStrategy.EARLIEST_FINISH.value, _("Finish as early as possible")),
            (TripStartTimeStrategy.LOWEST_COST.value, _("Start late, at the lowest cost")),
        ],
    )
    timezone = forms.TypedChoiceField(label=_("Clock of the plan"), coerce=int)
    flight_distance = forms.BooleanField(label=_("Straight lines instead of roads"), required=False)
    disable_compatibility = forms.BooleanField(label=_("Ignore tags and their requirements"), required=False)
    disable_capacity = forms.BooleanField(label=_("Ignore capacities"), required=False)
    keep_location_limits = forms.BooleanField(label=_("Keep the limits of locations"), required=False)
    same_order_time_window = forms.BooleanField(
        label=_("One window for all orders"),
        required=False,
        help_text=_("From the earliest to the latest moment of any window."),
    )
    expand_shift_time_window = forms.BooleanField(
        label=_("Shifts without gaps"),
        required=False,
        help_text=_("Every shift lasts until the next one of the same driver or vehicle starts."),
    )

    SWITCHES = (
        "flight_distance",
        "disable_compatibility",
        "disable_capacity",
        "keep_location_limits",
        "same_order_time_window",
        "expand_shift_time_window",
    )

    def __init__(self, task: PlanTask, data: Any = None) -> None:
        super().__init__(data, initial=_initial(task.plan_settings), label_suffix="")
        wanted = str(self.initial["configuration"])
        goals: Choices = list(words.CONFIGURATIONS.items())
        if wanted not in words.CONFIGURATIONS:
            goals.append((wanted, wanted))
        _choose(self.fields["configuration"], goals)
        ceiling = settings.ENVIRONMENT.max_calculation_seconds
        lengths = {length for length in (*SECONDS, int(self.initial["seconds"])) if length <= ceiling}
        _choose(self.fields["seconds"], [(str(length), duration(length)) for length in sorted(lengths)])
        _choose(self.fields["timezone"], [(str(hours), utc(hours)) for hours in HOURS])

    @property
    def switches(self) -> list[forms.BoundField]:
        """The assumptions, each on or off."""
        return [self[name] for name in self.SWITCHES]

    @property
    def unusual(self) -> bool:
        """Whether an assumption is on, so that it must not be hidden."""
        return any(self[name].value() for name in self.SWITCHES)

    def apply(self, task: PlanTask) -> None:
        """Write the choices into the task's settings."""
        chosen = self.cleaned_data
        trips, calculation = task.plan_settings.trips_settings, task.plan_settings.calculation_settings
        trips.configuration = chosen["configuration"]
        trips.expectations.trip_start_time_strategy = TripStartTimeStrategy(chosen["strategy"])
        trips.assumptions.disable_compatibility = chosen["disable_compatibility"]
        trips.assumptions.disable_capacity = chosen["disable_capacity"]
        trips.assumptions.disable_location_limits = not chosen["keep_location_limits"]
        trips.assumptions.same_order_time_window = chosen["same_order_time_window"]
        trips.assumptions.expand_shift_time_window = chosen["expand_shift_time_window"]
        task.plan_settings.geo_settings.flight_distance = chosen["flight_distance"]
        calculation.max_calculation_time = chosen["seconds"]
        calculation.result_timezone = chosen["timezone"]


if TYPE_CHECKING:
    UserForm = forms.ModelForm[User]
else:  # generic to the type checker only
    UserForm = forms.ModelForm


class ProfileForm(UserForm):
    """What a user may change of himself."""

    timezone = forms.TypedChoiceField(label=_("Time zone"), coerce=int)

    class Meta:
        model = User
        fields = ["specification", "email", "phone", "timezone"]

    def __init__(self, data: Any, *, instance: User) -> None:
        super().__init__(data, instance=instance, label_suffix="")
        _choose(self.fields["timezone"], [(str(hours), utc(hours)) for hours in HOURS])


def utc(hours: int) -> str:
    """A whole-hour zone as UTC+3."""
    return f"UTC{hours:+d}" if hours else "UTC"


def _choose(field: forms.Field, choices: Choices) -> None:
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{field!r} offers no choices")
    field.choices = choices


def _initial(wishes: PlanSettings) -> dict[str, Any]:
    trips, calculation = wishes.trips_settings, wishes.calculation_settings
    goal = trips.configuration
    return {
        "configuration": words.DEFAULT_CONFIGURATION if goal in {"", "default"} else goal,
        "seconds": min(calculation.max_calculation_time, settings.ENVIRONMENT.max_calculation_seconds),
        "strategy": trips.expectations.trip_start_time_strategy.value,
        "timezone": calculation.result_timezone,
        "flight_distance": wishes.geo_settings.flight_distance,
        "disable_compatibility": trips.assumptions.disable_compatibility,
        "disable_capacity": trips.assumptions.disable_capacity,
        "keep_location_limits": not trips.assumptions.disable_location_limits,
        "same_order_time_window": trips.assumptions.same_order_time_window,
        "expand_shift_time_window": trips.assumptions.expand_shift_time_window,
    }
