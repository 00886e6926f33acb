"""Forms of the front door: allauth's, in our words; and those of one's own account."""

from typing import Any

from allauth.account import forms as account
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from goldthread.foundation.accounts.codes import spend
from goldthread.foundation.accounts.models import User

PASSWORD_RULE = _(
    "At least 15 characters. A few words that do not belong together are easy to remember. "
    "Not your name, your email or your agency, and none that many people use."
)


class PlainMixin:
    """No placeholders: a label says what a field is for, also once it is filled."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]  # of the form that it is mixed into
            field.widget.attrs.pop("placeholder", None)


class SignInForm(PlainMixin, account.LoginForm):  # type: ignore[misc]  # allauth has no types
    """Email and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Email")
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autofocus": True}
        self.fields["password"].help_text = ""
        if self.initial.get("password"):  # of the demo: the same for all its invented people, and written on the page
            self.fields["password"].widget.render_value = True

    def clean_login(self) -> str:
        """Capitals do not matter in an email."""
        return str(self.cleaned_data["login"]).strip().lower()


class NewPasswordMixin(PlainMixin):
    """A new password, typed twice, with the rules said beforehand."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("New password")  # type: ignore[attr-defined]  # of the form that it is mixed into
        self.fields["password1"].help_text = PASSWORD_RULE  # type: ignore[attr-defined]  # of the form that it is mixed into
        self.fields["password2"].label = _("New password again")  # type: ignore[attr-defined]  # of the form that it is mixed into


class ChangePasswordForm(NewPasswordMixin, account.ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """The present password, and the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Present password")
        self.fields["oldpassword"].help_text = ""


class ResetPasswordForm(PlainMixin, account.ResetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """The email to which the link goes."""


class ResetFromLinkForm(NewPasswordMixin, account.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth has no types
    """The new password, by a link from the mail."""


class ReauthenticateForm(PlainMixin, account.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class CodeMixin(PlainMixin):
    """A code from the app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]  # type: ignore[attr-defined]  # of the form that it is mixed into
        field.label = _("Code")
        field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}


class OnceMixin(CodeMixin):
    """A code that opens once: taken in the database, since each process keeps a list of its own."""

    def clean_code(self) -> str:
        """The code, when it is right and has not been used."""
        code = str(super().clean_code())  # type: ignore[misc]  # allauth has no types
        used: Authenticator = self.authenticator  # type: ignore[attr-defined]  # of the form that it is mixed into
        if used.type == Authenticator.Type.TOTP and not spend(authenticator=used.pk, step=step_of(used, code)):
            raise get_adapter().validation_error("incorrect_code")
        return code


def step_of(authenticator: Authenticator, code: str) -> int:
    """The half-minute since 1970 of which *code* is, 0 when it is of none that is accepted now."""
    secret = get_adapter().decrypt(authenticator.data["secret"])
    for step in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return int(step)
    return 0


class SecondStepForm(OnceMixin, mfa.AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """A code of the app, or a recovery code."""


class ReauthenticateCodeForm(OnceMixin, mfa.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """A code once more, before something that matters."""


class SetUpSecondStepForm(CodeMixin, totp.ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """The first code of the app, which shows that it works."""


class NameForm(forms.Form):
    """How colleagues see one's name."""

    name = forms.CharField(label=_("Your name"), max_length=120, help_text=_("As your colleagues see it."))
    version = forms.IntegerField(widget=forms.HiddenInput)


class ScreenForm(forms.Form):
    """Language and colours of one's own screens."""

    language = forms.ChoiceField(
        label=_("Language"), choices=[("en", "English"), ("es", "Español")], widget=forms.RadioSelect
    )
    theme = forms.ChoiceField(
        label=_("Colours"), choices=User._meta.get_field("theme").choices or [], widget=forms.RadioSelect
    )


class MorningForm(forms.Form):
    """On which days one wants the morning mail."""

    days = forms.TypedMultipleChoiceField(
        label=_("On these days"),
        choices=[(number, name) for number, name in WEEKDAYS.items()],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("No day: no mail."),
    )
