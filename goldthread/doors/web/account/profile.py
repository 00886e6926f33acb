"""One's own account: name, language, colours, password, second step, where one is signed in."""

from typing import Any

from allauth.account import views as account
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.doors.web.account import forms
from goldthread.doors.web.account.asking import KEPT, take_kept
from goldthread.doors.web.account.second_step import for_staff
from goldthread.doors.web.entry import StaffRequest, View, staff_page
from goldthread.foundation.accounts import actions, queries
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.own_name import choose_morning_mail, rename_oneself


@staff_page()
def profile(request: StaffRequest) -> HttpResponse:
    """Everything about one's own account, on one page."""
    return render(request, "door/profile.html", profile_context(request))


def profile_context(request: StaffRequest, **forms_with_errors: Form) -> dict[str, Any]:
    """What the page shows; a form with errors takes the place of the fresh one."""
    viewer = request.viewer
    return {
        "name_form": forms.NameForm(initial={"name": viewer.staff.name, "version": viewer.staff.version}),
        "screen_form": forms.ScreenForm(initial={"language": viewer.user.language, "theme": viewer.user.theme}),
        "morning_form": _morning_form(viewer),
        "may_cover": gate.may(viewer, Act.COVER),
        "has_second_step": getattr(request.user, "has_second_step", False),
        "browsers": queries.where_signed_in(viewer.user, this_key=request.session.session_key, at=viewer.at),
    } | forms_with_errors


def _morning_form(viewer: Viewer) -> Form | None:
    """Who has no list of tasks gets no mail of it."""
    if not gate.may(viewer, Act.WRITE_TASK):
        return None
    days = viewer.staff.morning_mail_days
    return forms.MorningForm(initial={"days": [number for number in range(7) if days >> number & 1]})


@staff_page()
@require_POST
def save_name(request: StaffRequest) -> HttpResponse:
    """Save one's own name."""
    form = forms.NameForm(request.POST)
    if form.is_valid():
        try:
            rename_oneself(staff=request.viewer.staff, by=request.viewer.actor, **form.cleaned_data)
        except DomainError as error:
            form.add_error("name", str(error.message))
        else:
            messages.success(request, _("Your name is saved."))
            return redirect("account:profile")
    return render(request, "door/profile.html", profile_context(request, name_form=form), status=422)


@staff_page()
@require_POST
def save_screen(request: StaffRequest) -> HttpResponse:
    """Save language and colours. The answer is already in the new language."""
    form = forms.ScreenForm(request.POST)
    if not form.is_valid():
        return render(request, "door/profile.html", profile_context(request, screen_form=form), status=422)
    actions.choose_screen(user=request.viewer.user, by=request.viewer.actor, **form.cleaned_data)
    with override(form.cleaned_data["language"]):
        messages.success(request, _("Saved."))
    return redirect("account:profile")


@staff_page(Act.WRITE_TASK)
@require_POST
def save_morning(request: StaffRequest) -> HttpResponse:
    """Save the days of the morning mail."""
    form = forms.MorningForm(request.POST)
    if not form.is_valid():
        return render(request, "door/profile.html", profile_context(request, morning_form=form), status=422)
    choose_morning_mail(staff=request.viewer.staff, weekdays=form.cleaned_data["days"], by=request.viewer.actor)
    messages.success(request, _("Saved."))
    return redirect("account:profile")


@staff_page()
@require_POST
def sign_out_everywhere(request: StaffRequest) -> HttpResponse:
    """End every session but this one, which goes on under a new key."""
    actions.sign_out_everywhere(user=request.viewer.user, by=request.viewer.actor)
    update_session_auth_hash(request, request.viewer.user)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("account:profile")


class PasswordView(account.PasswordChangeView):  # type: ignore[misc]  # allauth has no types
    """A new password: the present one first. Other browsers are signed out."""

    template_name = "door/password.html"
    form_class = forms.ChangePasswordForm

    def get_default_success_url(self) -> str:
        """Back to the account."""
        return reverse("account:profile")


password: View = for_staff(PasswordView.as_view())


@staff_page()
def kept(request: StaffRequest) -> HttpResponseBase:
    """After signing in again: the form that could not be sent, with what was typed, to send or to drop."""
    found = take_kept(request)
    back = request.GET.get("from", "/")
    back = back if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/"
    if request.method == "POST":
        request.session.pop(KEPT, None)
        return redirect(back)
    if found is None:
        return redirect(back)
    return render(request, "door/kept.html", {"kept": found, "back": back})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token, mostly because it was open since before a sign-in in another tab.

    When the browser itself says that it came from one of our own pages, what was typed is offered to be sent again.
    From elsewhere nothing of it is shown: another site must not get its words sent by our button.
    """
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    fields = [(name, value) for name, values in request.POST.lists() for value in values] if ours else []
    secret = {"csrfmiddlewaretoken", "password", "oldpassword", "password1", "password2"}
    shown = [(name, value) for name, value in fields if name not in secret]
    return render(request, "door/csrf.html", {"fields": shown, "path": request.get_full_path()}, status=403)
