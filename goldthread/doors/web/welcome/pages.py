"""The invitation page."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldthread.doors.web.account.at import actor_at_door, instant_of, staff_of
from goldthread.doors.web.account.forms import PASSWORD_RULE
from goldthread.doors.web.entry import anyone
from goldthread.foundation.accounts.actions import accept
from goldthread.foundation.accounts.models import User
from goldthread.foundation.accounts.queries import invitation_behind, state_of
from goldthread.foundation.accounts.rules import LinkState
from goldthread.foundation.lib.errors import DomainError


class FirstPasswordForm(forms.Form):
    """One's first password, typed twice."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        help_text=PASSWORD_RULE,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "autofocus": True}),
    )
    again = forms.CharField(
        label=gettext_lazy("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Strong enough, and not about the person."""
        validate_password(self.cleaned_data["password"], self.user)
        return str(self.cleaned_data["password"])

    def clean_again(self) -> str:
        """The same once more."""
        again = str(self.cleaned_data["again"])
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError(_("The two passwords differ."))
        return again


@anyone
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Greets by name, takes the first password and signs in; says whom to ask when the link no longer works."""
    found = invitation_behind(token)
    state = state_of(found, instant_of(request))
    if found is None or state is not LinkState.OPEN:
        return render(request, "welcome/useless.html", {"state": state.value}, status=410)
    user = found.user
    form = FirstPasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            user = accept(token=token, password=form.cleaned_data["password"], by=actor_at_door(request, user))
        except DomainError:
            return render(request, "welcome/useless.html", {"state": LinkState.USED.value}, status=410)
        get_adapter(request).login(request, user)
        return redirect("/")
    staff = staff_of(user)
    context = {"form": form, "email": user.email, "name": staff.name if staff else ""}
    return render(request, "welcome/open.html", context, status=422 if form.errors else 200)
