"""Setting up the second step, its recovery codes, and asking for the password once more before that."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from goldthread.doors.web.account import forms
from goldthread.doors.web.account.at import actor_at_door
from goldthread.doors.web.entry import StaffRequest, View, staff_page
from goldthread.foundation.accounts.codes import spend
from goldthread.foundation.accounts.trail import note


def before_second_step(view: View) -> View:
    """May be reached by somebody who must set up the second step first."""
    view.before_second_step = True  # type: ignore[attr-defined]  # a mark of our own on the view
    return view


class SetUpView(totp.ActivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """Show the secret as a picture and as text; take the first code."""

    template_name = "door/set_up.html"
    form_class = forms.SetUpSecondStepForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The secret in groups of four, so that it can be typed."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        secret = context["form"].secret
        return context | {"secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))}

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it, note that, and let the code that proved it open nothing else."""
        answer: HttpResponse = super().form_valid(form)
        kept = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        spend(authenticator=kept.pk, step=forms.step_of(kept, form.cleaned_data["code"]))
        note(
            by=actor_at_door(self.request, self.request.user),
            action="accounts.second_step_added",
            user=self.request.user,
        )
        return answer


class RemoveView(totp.DeactivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """Remove the second step, where the agency does not ask for one."""

    template_name = "door/remove.html"

    def get_success_url(self) -> str:
        """Back to the account."""
        return reverse("account:profile")

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, and note that."""
        answer: HttpResponse = super().form_valid(form)
        note(
            by=actor_at_door(self.request, self.request.user),
            action="accounts.second_step_removed",
            user=self.request.user,
        )
        return answer


class CodesView(codes.ViewRecoveryCodesView):  # type: ignore[misc]  # allauth has no types
    """The recovery codes that are left."""

    template_name = "door/codes.html"


class NewCodesView(codes.GenerateRecoveryCodesView):  # type: ignore[misc]  # allauth has no types
    """Make new recovery codes; the old ones stop working."""

    template_name = "door/new_codes.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Make them, and note that."""
        answer: HttpResponse = super().form_valid(form)
        note(
            by=actor_at_door(self.request, self.request.user),
            action="accounts.recovery_codes_made",
            user=self.request.user,
        )
        return answer


class ConfirmPasswordView(account.ReauthenticateView):  # type: ignore[misc]  # allauth has no types
    """The password once more."""

    template_name = "door/confirm_password.html"
    form_class = forms.ReauthenticateForm


class ConfirmCodeView(mfa.ReauthenticateView):  # type: ignore[misc]  # allauth has no types
    """A code once more."""

    template_name = "door/confirm_code.html"
    form_class = forms.ReauthenticateCodeForm


def for_staff(view: Any) -> View:
    """Put one of allauth's views behind the gate, reachable before the second step is set up."""

    def page(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer: HttpResponseBase = view(request, *args, **kwargs)
        return answer

    return before_second_step(staff_page()(page))


set_up = for_staff(SetUpView.as_view())
remove = for_staff(RemoveView.as_view())
recovery_codes = for_staff(CodesView.as_view())
new_codes = for_staff(NewCodesView.as_view())
confirm_password = for_staff(ConfirmPasswordView.as_view())
confirm_code = for_staff(ConfirmCodeView.as_view())


def _index(request: HttpRequest) -> HttpResponseBase:
    return redirect("account:profile")


index = for_staff(_index)
