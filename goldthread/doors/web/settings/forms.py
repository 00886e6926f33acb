"""The forms of the settings. Each keeps what was typed, knows its own id against double clicks and the version that was read."""

from datetime import date
from typing import Any, cast

import holidays
from babel import Locale
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from goldthread.doors.web.account.first_run import zones
from goldthread.doors.web.forms import OnceForm
from goldthread.foundation.agency.actions import MAIL_HOURS
from goldthread.foundation.agency.models import ClientWord, Site, Team
from goldthread.foundation.lib.dates import check_year
from goldthread.foundation.lib.errors import DomainError, EditConflict, FieldConflict
from goldthread.foundation.lib.names import words_of
from goldthread.foundation.ui.widgets import DateField
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.rules import languages


def day(label: Any, hint: Any = "", *, required: bool = True) -> forms.DateField:
    """A day, picked or typed."""
    return forms.DateField(
        label=label, help_text=hint, required=required, widget=DateField(), validators=[_of_our_time]
    )


def _of_our_time(day: date) -> None:
    try:
        check_year(day.year)
    except DomainError as error:
        raise ValidationError(str(error.message)) from error


def countries() -> list[tuple[str, str]]:
    """The countries whose public holidays are known, by code and name in the reader's language."""
    known = holidays.list_supported_countries(include_aliases=False)
    names = Locale.parse(get_language() or "en", sep="-").territories
    return sorted(((code, names.get(code, code)) for code in known), key=lambda pair: words_of(pair[1]))


class SettingsForm(OnceForm):
    """What every form here shares: the differences from what somebody else saved meanwhile."""

    conflicts: list[FieldConflict]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts = []

    def show_conflicts(self, conflict: EditConflict, version: int) -> None:
        """Show each difference; what was typed stays, and sending it again now puts it over the other's words.

        A field that only the other changed takes the other's value, so that sending it again does not undo that.
        """
        self.conflicts = conflict.conflicts
        data = cast(QueryDict, self.data).copy()
        data["version"] = str(version)
        for name, value in getattr(conflict, "elsewhere", {}).items():
            if name in self.fields:
                given = value if isinstance(value, list) else [getattr(value, "pk", value)]
                data.setlist(name, ["" if one is None else str(one) for one in given])
        self.data = data

    def differences(self) -> list[tuple[Any, FieldConflict]]:
        """Each difference with the label of its field."""
        return [(self.fields[conflict.field].label, conflict) for conflict in self.conflicts]


class ProfileForm(SettingsForm):
    name = forms.CharField(label=_("Name of the agency"), max_length=200)
    client_word = forms.ChoiceField(
        label=_("What you call the people you serve"), choices=ClientWord.choices, widget=forms.RadioSelect
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones)
    holiday_country = forms.ChoiceField(label=_("Public holidays of"), choices=countries)
    holiday_region = forms.CharField(
        label=_("State or region"), max_length=8, required=False, help_text=_("Its short form, as MA or TX.")
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of the screens"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    default_language = forms.ChoiceField(
        label=_("Language of a new account"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    mail_hour = forms.TypedChoiceField(
        label=_("Morning mail"),
        choices=[("", _("None")), *((hour, f"{hour}:00") for hour in MAIL_HOURS)],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Tells staff on working days how many tasks wait for them. It holds no names."),
    )
    ask_about_matches = forms.CharField(
        label=_("Whom to ask about a person already known"),
        max_length=200,
        required=False,
        help_text=_("Shown when somebody looks for a person whose record they may not open. Empty: their supervisor."),
    )


class SecurityForm(SettingsForm):
    mfa_required = forms.BooleanField(label=_("Staff need a second step to sign in"), required=False)
    idle_minutes = forms.IntegerField(label=_("Minutes without use before signing out"), help_text=_("5 to 240."))
    session_hours = forms.IntegerField(label=_("Hours before signing in again"), help_text=_("1 to 24."))


class ClosedDayForm(SettingsForm):
    day = day(_("Day"))
    name = forms.CharField(label=_("What it is"), max_length=120)
    works = forms.BooleanField(label=_("We work on this day, though it is a holiday"), required=False)


class SiteForm(SettingsForm):
    name = forms.CharField(label=_("Name"), max_length=120)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)


class TeamForm(SettingsForm):
    name = forms.CharField(label=_("Name"), max_length=120)
    site = forms.ModelChoiceField(
        label=_("Site"), queryset=Site.objects.filter(closed_on__isnull=True).order_by("name"), empty_label=_("Choose")
    )


class CloseForm(SettingsForm):
    closed_on = day(_("Closed from"), _("Nobody may be in it on that day or later."))


class StaffForm(SettingsForm):
    name = forms.CharField(label=_("Name"), max_length=120)
    title = forms.CharField(label=_("Job title"), max_length=120, required=False)
    phone = forms.CharField(label=_("Work phone"), max_length=40, required=False)
    site = forms.ModelChoiceField(
        label=_("Site"),
        queryset=Site.objects.filter(closed_on__isnull=True).order_by("name"),
        required=False,
        empty_label=_("No site"),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages besides English"),
        required=False,
        help_text=_("Those they speak well enough to work with clients in them. Several: with Ctrl, or Command."),
        choices=lambda: [one for one in languages() if one[0] != "en"],
        widget=forms.SelectMultiple(attrs={"size": "6"}),
    )


class NewStaffForm(StaffForm):
    email = forms.EmailField(label=_("Email"), help_text=_("The invitation goes there, and they sign in with it."))
    started_on = day(_("First day"))
    roles = forms.MultipleChoiceField(label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple)
    team = forms.ModelChoiceField(
        label=_("Team"),
        queryset=Team.objects.filter(closed_on__isnull=True).order_by("name"),
        required=False,
        empty_label=_("No team yet"),
    )
    supervises = forms.BooleanField(label=_("Supervises this team"), required=False)
    field_order = ("name", "email", "title", "phone", "started_on", "site", "roles", "team", "supervises", "languages")


class RoleForm(SettingsForm):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    site = forms.ModelChoiceField(
        label=_("Only at this site"),
        queryset=Site.objects.order_by("name"),
        required=False,
        empty_label=_("The whole agency"),
        help_text=_("Only a program manager is kept to one."),
    )
    starts_on = day(_("From"))
    ends_on = day(_("Last day"), _("Empty: until ended."), required=False)


class MembershipForm(SettingsForm):
    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.filter(closed_on__isnull=True).order_by("name"), empty_label=_("Choose")
    )
    supervises = forms.BooleanField(label=_("Supervises this team"), required=False)
    starts_on = day(_("From"))
    ends_on = day(_("Last day"), _("Empty: until they leave."), required=False)


class LastDayForm(SettingsForm):
    last_day = day(_("Last day"), _("Yesterday ends it at once."))


class LeavingForm(SettingsForm):
    last_day = day(_("Last day"), _("Today switches the account off at once."))


class HandOverForm(SettingsForm):
    from_staff = forms.ModelChoiceField(label=pgettext_lazy("a worker", "From"), queryset=Staff.objects.none())
    to_staff = forms.ModelChoiceField(
        label=pgettext_lazy("a worker", "To"), queryset=Staff.objects.none(), empty_label=_("Choose")
    )
    on = day(_("From which day"))
    both = forms.BooleanField(
        label=_("Both work on that day"),
        required=False,
        help_text=_("to hand over in person; else the day before is the last"),
    )
    reason = forms.CharField(label=_("Why"), max_length=300)
    everyone = forms.BooleanField(label=_("All of them"), required=False)

    def __init__(self, *args: Any, givers: QuerySet[Staff], takers: QuerySet[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_staff"].queryset = givers  # type: ignore[attr-defined]  # the field is one of models
        self.fields["to_staff"].queryset = takers  # type: ignore[attr-defined]  # the field is one of models
