"""The one way in which a form of the settings is sent: valid, then the action, else the form again with what was typed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from goldthread.doors.web.entry import StaffRequest
from goldthread.doors.web.settings.forms import SettingsForm
from goldthread.foundation.lib.errors import DomainError, EditConflict

BACK = {
    "intake:settings": _("Intake"),
    "settings:overview": _("Settings"),
    "settings:sites": _("Sites"),
    "settings:staff": _("Staff"),
    "settings:teams": _("Teams"),
}
"""What the page is called to which a form leads back."""


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: everything that was sent, also when that is nothing; None while it is only looked at."""
    return request.POST if request.method == "POST" else None


def saved(form: SettingsForm, act: Callable[[], object], version_now: Callable[[], int] = lambda: 0) -> bool:
    """Do *act* when *form* was sent and is right. False: show the form (again). *version_now*: after a conflict."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except EditConflict as conflict:
        form.show_conflicts(conflict, version_now())
        return False
    except DomainError as error:
        form.refuse(error)
        return False
    return True


def form_page(request: StaffRequest, form: SettingsForm, **context: Any) -> HttpResponse:
    """The page of one form: ``title``, ``button``, ``back`` (the name of an address), with ``back_id`` and ``back_label``
    where that is a person's page, and, where wanted, ``text`` and ``facts``.
    """
    context.setdefault("back_label", BACK.get(context["back"], ""))
    status = 422 if form.is_bound else 200
    status = 409 if form.conflicts else status
    return render(request, "settings/form.html", {"form": form, **context}, status=status)


def done(request: StaffRequest, message: StrOrPromise, to: str, *args: Any) -> HttpResponse:
    """Say *message* on the next page, *to* (a name of an address)."""
    messages.success(request, str(message))
    return redirect(to, *args)


def tried(request: StaffRequest, act: Callable[[], object], message: StrOrPromise) -> None:
    """Do *act* of a single button and say so; what cannot be done is said as well."""
    try:
        act()
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, str(message))
