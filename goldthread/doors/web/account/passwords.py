"""Passwords that say who the person is, are guessed first."""

import re

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from goldthread.doors.web.account.at import staff_of
from goldthread.foundation.accounts.models import User
from goldthread.foundation.accounts.rules import mostly
from goldthread.foundation.agency.models import Agency


class NotAboutYouValidator:
    """Refuses a password that is little more than one's email, one's name or the agency's name."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError when it is."""
        if not isinstance(user, User):
            return
        staff = staff_of(user)
        agency = getattr(user, "agency_name", "") or Agency.objects.values_list("name", flat=True).first() or ""
        about = [*re.split(r"[@]", user.email), staff.name if staff else "", agency]
        if mostly(password, about):
            raise ValidationError(
                _("This password is made of your name, your email or your agency. Choose other words."),
                code="password_about_you",
            )

    def get_help_text(self) -> str:
        """What Django's forms show beforehand."""
        return _("Not your name, your email or your agency.")
