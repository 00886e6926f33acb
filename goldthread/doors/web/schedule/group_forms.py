"""The forms of a group's time."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.casework.episodes.models import EpisodeMember
from goldthread.casework.schedule.enums import AppointmentState, Which
from goldthread.casework.schedule.models import Appointment
from goldthread.doors.web.clients.forms.base import RecordForm, choice, several, text, yes_no
from goldthread.doors.web.schedule.forms import AppointmentForm

SAID = (
    (AppointmentState.KEPT.value, _("Came")),
    (AppointmentState.MISSED.value, _("Did not come")),
    (AppointmentState.CANCELLED_BY_CLIENT.value, _("They cancelled")),
    (AppointmentState.CANCELLED_BY_US.value, _("We cancelled")),
)
"""What can be said of each one."""
BEFORE = SAID[2:]
"""And of each one before it has begun."""


class GroupForm(AppointmentForm):
    """When, where and who goes, for all of them. *members*: with the clients to choose from; without, of a group that is there."""

    names_are_right = yes_no(_("It is right that everybody in the group reads this name"))

    def __init__(
        self,
        *args: Any,
        workers: list[tuple[str, str]],
        members: Iterable[EpisodeMember] | None = None,
        series: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, workers=workers, episodes=[], own=True, series=series, **kwargs)
        self.repeats = series or members is not None
        if members is not None:
            self.fields["clients"] = several(_("Who is in the group"), _named(members))
            self.fields["clients"].error_messages["invalid_choice"] = _(
                "Somebody is not in this program any more. Choose again."
            )
        if not self.data.get("asked_names"):
            del self.fields["names_are_right"]

    def ask_about_names(self) -> None:
        """Show the box that keeps a name all the same."""
        self.fields["names_are_right"] = yes_no(_("It is right that everybody in the group reads this name"))

    @property
    def more(self) -> list[forms.BoundField]:
        left_out = ("clients", "names_are_right", *(() if self.repeats else ("unit", "every", "until")))
        return [field for field in super().more if field.name not in left_out]


def _named(members: Iterable[EpisodeMember]) -> list[tuple[str, str]]:
    return list({one.person_id: (str(one.person_id), one.person.display_name) for one in members}.values())


class AttendanceForm(forms.Form):
    """What became of it for each one of the group: ``m_`` and ``why_`` with the id of their appointment."""

    def __init__(self, *args: Any, rows: Iterable[Appointment], begun: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = [row for row in rows if row.contact is None]
        for row in self.rows:
            offered = list(SAID if begun or row.state in (AppointmentState.KEPT, AppointmentState.MISSED) else BEFORE)
            name = row.client.display_name if row.client else ""
            not_said = _("Planned") if not begun else _("Not said yet")
            self.fields[f"m_{row.pk}"] = forms.ChoiceField(
                label=name,
                choices=[(AppointmentState.PLANNED.value, not_said), *offered],
                required=False,
                initial=row.state,
                widget=forms.RadioSelect,
            )
            self.fields[f"why_{row.pk}"] = forms.CharField(
                label=_("Why"),
                required=False,
                max_length=300,
                initial=row.reason,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    @property
    def said(self) -> dict[UUID, tuple[AppointmentState, str]]:
        """What was said of those of whom it is something else than stands there."""
        found = {}
        for row in self.rows:
            state = AppointmentState(self.cleaned_data[f"m_{row.pk}"] or row.state)
            reason = (
                "" if state in (AppointmentState.PLANNED, AppointmentState.KEPT) else self.cleaned_data[f"why_{row.pk}"]
            )
            if (state, reason.strip()) != (row.state, row.reason):
                found[row.pk] = (state, reason)
        return found


class OffForm(RecordForm):
    """The whole group does not take place."""

    state = choice(
        _("What became of it"),
        [(one.value, one.label) for one in (AppointmentState.CANCELLED_BY_US, AppointmentState.RESCHEDULED)],
        required=True,
        segments=True,
    )
    reason = text(_("Why"), limit=300, hint=_("for example: the worker is ill, the room is not free"))
    which = choice(_("Cancel"), Which.choices, segments=True)

    def __init__(self, *args: Any, series: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not series:
            del self.fields["which"]


class PeopleForm(RecordForm):
    """Who comes to a group that is there, or goes."""

    which = choice(_("For"), Which.choices, segments=True)
    names_are_right = yes_no(_("It is right that everybody in the group reads this name"))

    def __init__(self, *args: Any, members: Iterable[EpisodeMember], series: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clients"] = several(_("Clients"), _named(members))
        self.order_fields(["clients", "which"])
        if not series:
            del self.fields["which"]
        if not self.data.get("asked_names"):
            del self.fields["names_are_right"]

    def ask_about_names(self) -> None:
        """Show the box that keeps a name all the same."""
        self.fields["names_are_right"] = yes_no(_("It is right that everybody in the group reads this name"))
