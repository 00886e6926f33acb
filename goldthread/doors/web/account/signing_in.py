"""Sign-in, sign-out, the second step at sign-in, and a forgotten password."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from goldthread.doors.web.account import forms, in_demo, lockout
from goldthread.doors.web.entry import anyone
from goldthread.foundation.accounts.rules import Ended


class SignInView(account.LoginView):  # type: ignore[misc]  # allauth has no types
    """Email and password. Says why when a session has ended. In the demo one chooses whom to be (``?who=supervisor``)."""

    template_name = "door/sign_in.html"
    form_class = forms.SignInForm

    def get_initial(self) -> dict[str, Any]:
        """The email and password of the chosen colleague of the demo."""
        who = self.request.GET.get("who", "")
        chosen = next((one for one in in_demo.sign_ins() if one.role == who), None) if who else None
        initial: dict[str, Any] = super().get_initial()
        return initial | ({"login": chosen.email, "password": chosen.password} if chosen else {})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Allauth's context, and why the person is here."""
        why = self.request.GET.get("why", "")
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "why": why if why in set(Ended) else "",
            "next": self.get_next_url() or "",
            "sign_ins": in_demo.sign_ins(),
            "who": self.request.GET.get("who", ""),
        }


class SecondStepView(mfa.AuthenticateView):  # type: ignore[misc]  # allauth has no types
    """A code of the app after the password. Wrong codes count towards lock-out like wrong passwords."""

    template_name = "door/second_step.html"
    form_class = forms.SecondStepForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check the code, unless this person is locked out; one at a time, so that tries side by side are all counted."""
        user = self.stage.login.user
        with lockout.one_guess(user.email):
            if lockout.is_locked(request, user):
                return lockout.locked_page(request, None, {"email": user.email})
            answer: HttpResponse = super().post(request, *args, **kwargs)
            return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        """Count the wrong code."""
        lockout.count_failure(self.request, self.stage.login.user)
        answer: HttpResponse = super().form_invalid(form)
        return answer


class ForgottenView(account.PasswordResetView):  # type: ignore[misc]  # allauth has no types
    """Asks for the email. The answer is the same whether somebody has it or not."""

    template_name = "door/forgotten.html"
    form_class = forms.ResetPasswordForm


class ForgottenSentView(account.PasswordResetDoneView):  # type: ignore[misc]  # allauth has no types
    """The mail is on its way, if there is an account."""

    template_name = "door/forgotten_sent.html"


class NewPasswordView(account.PasswordResetFromKeyView):  # type: ignore[misc]  # allauth has no types
    """A new password, by the link from the mail."""

    template_name = "door/new_password.html"
    form_class = forms.ResetFromLinkForm


class NewPasswordDoneView(account.PasswordResetFromKeyDoneView):  # type: ignore[misc]  # allauth has no types
    """The new password is set."""

    template_name = "door/new_password_done.html"


sign_in = anyone(SignInView.as_view())
second_step = anyone(SecondStepView.as_view())
forgotten = anyone(ForgottenView.as_view())
forgotten_sent = anyone(ForgottenSentView.as_view())
new_password = anyone(NewPasswordView.as_view())
new_password_done = anyone(NewPasswordDoneView.as_view())


@anyone
@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Close this browser's session."""
    from allauth.account.internal.flows.logout import logout  # here: it needs the loaded apps

    logout(request, show_message=False)
    return redirect("account_login")


@anyone
def closed(request: HttpRequest) -> HttpResponseBase:
    """Right password, closed account."""
    return render(request, "door/closed.html", status=403)


@anyone
def no_place(request: HttpRequest) -> HttpResponseBase:
    """An account with no work here today."""
    return render(request, "door/no_place.html", status=403)
