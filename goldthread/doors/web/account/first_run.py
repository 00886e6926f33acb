"""The first run: while there is no agency, every page leads here."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import holidays
from allauth.account.adapter import get_adapter
from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from goldthread.casework.assessments.shipped import install_shipped
from goldthread.doors.web.account.at import actor_at_door
from goldthread.doors.web.account.forms import PASSWORD_RULE
from goldthread.doors.web.entry import anyone
from goldthread.foundation.accounts.models import User
from goldthread.foundation.agency.models import Agency, ClientWord
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.set_up import FirstRun, set_up_agency

COMMON_ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
)


def zones() -> list[tuple[str, Any]]:
    """The zones of the United States first, then every other."""
    first = [(zone, zone.replace("_", " ")) for zone in COMMON_ZONES]
    rest = sorted(zone for zone in available_timezones() if "/" in zone and zone not in COMMON_ZONES)
    return [(_("United States"), first), (_("Elsewhere"), [(zone, zone.replace("_", " ")) for zone in rest])]


def regions() -> list[tuple[str, str]]:
    """States and territories whose public holidays are known."""
    names = holidays.country_holidays("US").subdivisions_aliases
    called = {code: name for name, code in names.items()}
    known = [(code, called.get(code, code)) for code in holidays.country_holidays("US").subdivisions]
    return [("", _("None: only the national holidays")), *sorted(known, key=lambda pair: pair[1])]


class FirstRunForm(forms.Form):
    """The agency, and who looks after it."""

    agency = forms.CharField(label=gettext_lazy("Name of the agency"), max_length=200)
    client_word = forms.ChoiceField(
        label=gettext_lazy("What you call the people you serve"),
        choices=ClientWord.choices,
        initial=ClientWord.CLIENT,
        widget=forms.RadioSelect,
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=zones, initial=COMMON_ZONES[0])
    holiday_region = forms.ChoiceField(label=gettext_lazy("State, for its holidays"), choices=regions, required=False)
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("Your email"), help_text=gettext_lazy("You sign in with it."))
    password = forms.CharField(
        label=gettext_lazy("Password"),
        help_text=PASSWORD_RULE,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both passwords alike and strong enough."""
        given = super().clean() or {}
        password, again = given.get("password"), given.get("again")
        if not password or not again:
            return given
        if password != again:
            self.add_error("again", _("The two passwords differ."))
            return given
        user = User(email=given.get("email", ""))
        user.staff = Staff(name=given.get("name", ""))
        user.agency_name = given.get("agency", "")  # type: ignore[attr-defined]  # ours, for the rules of passwords
        try:
            validate_password(password, user)
        except forms.ValidationError as error:
            self.add_error("password", error)
        return given


@anyone
def first_run(request: HttpRequest) -> HttpResponse:
    """Set up the agency and its first administrator, once."""
    if Agency.objects.exists():
        return redirect("/")
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {key: value for key, value in form.cleaned_data.items() if key != "again"}
        by = actor_at_door(request)
        by = replace(by, today=by.at.astimezone(ZoneInfo(given["time_zone"])).date())
        try:
            with transaction.atomic():
                user = set_up_agency(said=FirstRun(language=get_language() or "en", **given), by=by)
                install_shipped(by=replace(by, staff=None))
        except DomainError as error:
            messages.info(request, str(error.message))
            return redirect("account_login")
        get_adapter(request).login(request, user)
        messages.success(request, _("Your agency is set up."))
        return redirect("/")
    return render(request, "door/first_run.html", {"form": form}, status=422 if form.errors else 200)
