"""What makes a password too weak, beside its length and Django's list of common ones. No rules of composition (NIST SP 800-63B, 3.1.1.2)."""

import re

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from goldthread.foundation.accounts.rules import too_simple

LONGEST = 256


class SimplePasswordValidator:
    """Refuses what is long and still guessed at once: repeated pieces, runs, a common password stretched by digits."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError when *password* is too easily guessed, or too long to be typed by a person."""
        if len(password) > LONGEST:
            raise ValidationError(_("This password is longer than %(most)s characters.") % {"most": LONGEST})
        core = re.sub(r"^[\d\W_]+|[\d\W_]+$", "", password.casefold())
        if too_simple(password) or (core and too_simple(core)) or core in CommonPasswordValidator().passwords:
            raise ValidationError(
                _("This password is easy to guess. Four or more words that do not belong together are better."),
                code="password_too_simple",
            )

    def get_help_text(self) -> str:
        """What Django's forms show beforehand."""
        return _("Not a run of letters or digits, and nothing repeated over and over.")
