"""Addresses of the front door. The names are the ones that allauth looks up; only what is used is here."""

from django.urls import path, re_path

from goldthread.doors.web.account import profile, second_step, signing_in
from goldthread.doors.web.account.first_run import first_run

urlpatterns = [
    path("account/sign-in/", signing_in.sign_in, name="account_login"),
    path("account/sign-out/", signing_in.sign_out, name="account_logout"),
    path("account/closed/", signing_in.closed, name="account_inactive"),
    path("account/no-place/", signing_in.no_place, name="account_no_place"),
    path("account/code/", signing_in.second_step, name="mfa_authenticate"),
    path("account/forgotten/", signing_in.forgotten, name="account_reset_password"),
    path("account/forgotten/sent/", signing_in.forgotten_sent, name="account_reset_password_done"),
    re_path(
        r"^account/new-password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        signing_in.new_password,
        name="account_reset_password_from_key",
    ),
    path("account/new-password/done/", signing_in.new_password_done, name="account_reset_password_from_key_done"),
    path("account/password/", profile.password, name="account_change_password"),
    path("account/confirm/", second_step.confirm_password, name="account_reauthenticate"),
    path("account/confirm/code/", second_step.confirm_code, name="mfa_reauthenticate"),
    path("account/second-step/", second_step.index, name="mfa_index"),
    path("account/second-step/set-up/", second_step.set_up, name="mfa_activate_totp"),
    path("account/second-step/remove/", second_step.remove, name="mfa_deactivate_totp"),
    path("account/second-step/codes/", second_step.recovery_codes, name="mfa_view_recovery_codes"),
    path("account/second-step/codes/new/", second_step.new_codes, name="mfa_generate_recovery_codes"),
    path("first-run/", first_run, name="first-run"),
]
