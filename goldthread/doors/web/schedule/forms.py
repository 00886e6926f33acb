"""The forms of the calendar."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goldthread.casework.schedule.actions import Wanted
from goldthread.casework.schedule.enums import NOT_KEPT, AppointmentKind, AppointmentState, Ride, Unit, Which
from goldthread.casework.schedule.models import Appointment
from goldthread.casework.schedule.rules import Repeat
from goldthread.doors.web.clients.forms.base import RecordForm, TypedDateField, choice, several, text, yes_no

FIRST = ("kind", "day", "start", "end", "place", "title")
"""What is asked for to begin with."""
TIMES = ["%H:%M", "%H:%M:%S", "%I:%M %p", "%I %p", "%I:%M%p", "%I%p"]


def clock(label: Any) -> forms.TimeField:
    """A time of day."""
    return forms.TimeField(
        label=label, input_formats=TIMES, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "step": "300"})
    )


class AppointmentForm(RecordForm):
    """Six fields to begin with, the others folded away. *confirmed* is there only when a worker is busy at that time."""

    kind = choice(_("Kind"), AppointmentKind.choices, required=True, segments=True)
    day = TypedDateField(label=_("Day"), required=True)
    start = clock(_("Start"))
    end = clock(_("End"))
    place = text(_("Where"), limit=160)
    title = text(_("What for"), limit=120)
    workers = several(_("Who goes"), [])
    episode = forms.ChoiceField(label=_("Program"), required=False)
    unit = choice(_("Repeats every"), [("", _("never")), *Unit.choices], segments=True)
    every = forms.IntegerField(
        label=_("How many days, weeks or months apart"), min_value=1, max_value=90, required=False
    )
    until = TypedDateField(label=_("Last day it can be on"), required=False)
    ride = choice(_("Ride"), Ride.choices)
    ride_from = text(_("From where"), limit=160)
    ride_confirmed = yes_no(_("The ride is confirmed"))
    task = forms.UUIDField(required=False, widget=forms.HiddenInput)
    which = choice(_("Change"), Which.choices, required=True, segments=True)
    confirmed = yes_no(_("Make it all the same"))

    def __init__(
        self,
        *args: Any,
        workers: list[tuple[str, str]],
        episodes: list[tuple[str, str]],
        own: bool = False,
        series: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields
        offered["workers"].choices = workers
        offered["episode"].choices = [("", "—"), *episodes]
        offered["unit"].choices = [("", _("never")), *Unit.choices]
        if own or not episodes:
            del self.fields["episode"]
        if own:
            for name in ("ride", "ride_from", "ride_confirmed"):
                del self.fields[name]
        if not series:
            del self.fields["which"]
        if not self.data.get("asked"):
            del self.fields["confirmed"]

    def ask_to_confirm(self) -> None:
        """Show the box that makes it all the same."""
        self.fields["confirmed"] = yes_no(_("Make it all the same"))

    @property
    def first(self) -> list[forms.BoundField]:
        """The fields that stand open."""
        return [self[name] for name in FIRST]

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields that are folded away."""
        return [field for field in self.visible_fields() if field.name not in (*FIRST, "which", "confirmed")]

    @property
    def more_wrong(self) -> bool:
        """Is something wrong among those that are folded away?"""
        return any(field.errors for field in self.more)

    def clean(self) -> dict[str, Any]:
        """A series says when it ends."""
        said = super().clean() or self.cleaned_data
        if said.get("unit") and not said.get("until"):
            self.add_error("until", _("Say until when it repeats."))
        return said

    @property
    def wanted(self) -> Wanted:
        """What was asked for."""
        said = self.cleaned_data
        repeat = Repeat(said["every"] or 1, Unit(said["unit"]), said["until"]) if said["unit"] else None
        return Wanted(
            kind=AppointmentKind(said["kind"]),
            day=said["day"],
            start=said["start"],
            end=said["end"],
            workers=tuple(UUID(pk) for pk in said["workers"]),
            place=said["place"],
            title=said["title"],
            episode=UUID(said["episode"]) if said.get("episode") else None,
            ride=Ride(said["ride"]) if said.get("ride") else None,
            ride_from=said.get("ride_from", ""),
            ride_confirmed=said.get("ride_confirmed", False),
            repeat=repeat,
            task=said.get("task"),
            confirmed=said.get("confirmed", False),
        )


class SettleForm(RecordForm):
    """What became of it."""

    state = choice(
        _("What became of it"), [(state.value, state.label) for state in NOT_KEPT], required=True, segments=True
    )
    reason = text(_("Why"), limit=300, hint=_("for example: ill, no ride, forgot"))
    which = choice(_("Cancel"), Which.choices, segments=True)

    def __init__(self, *args: Any, begun: bool, series: bool = False, own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields
        states = [AppointmentState.PLANNED, AppointmentState.KEPT, *NOT_KEPT]
        self.offered = [state for state in NOT_KEPT if begun or state != AppointmentState.MISSED]
        if own:
            self.offered = [AppointmentState.CANCELLED_BY_US, AppointmentState.RESCHEDULED]
        chosen = states if self.is_bound else self.offered
        offered["state"].choices = [(state.value, state.label) for state in chosen]
        if not series:
            del self.fields["which"]


def filled_from(row: Appointment) -> dict[str, Any]:
    """What the form of *row* starts with."""
    starts, ends = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    return {
        "version": row.version,
        "kind": row.kind,
        "day": starts.date(),
        "start": starts.time(),
        "end": ends.time(),
        "place": row.place,
        "title": row.title,
        "workers": [str(one.pk) for one in row.workers.all()],
        "episode": str(row.episode_id or ""),
        "unit": row.series.unit if row.series else "",
        "every": row.series.every if row.series else None,
        "until": row.series.until if row.series else None,
        "ride": row.ride,
        "ride_from": row.ride_from,
        "ride_confirmed": row.ride_confirmed,
        "which": Which.ONE.value,
    }


def filled_anew(now: Any, day: Any) -> dict[str, Any]:
    """What a new form starts with: an hour from the next full hour on."""
    start = (timezone.localtime(now) + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    hour = min(max(start.hour, 8), 17)
    return {
        "kind": AppointmentKind.VISIT.value,
        "day": day,
        "start": start.replace(hour=hour).time(),
        "end": start.replace(hour=hour + 1).time(),
        "unit": "",
    }
