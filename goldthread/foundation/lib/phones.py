"""Phone numbers and email addresses as people type them."""

import re

import phonenumbers
from django.utils.translation import gettext as _

from goldthread.foundation.lib.errors import DomainError

COUNTRY = "US"
_EXTENSION = re.compile(r"\s*(?:ext\.?|extension|x|#)\s*(\d{1,6})\s*$", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)+")


def read_phone(text: str, country: str = COUNTRY) -> str:
    """*text* as the number is written in *country* (ISO 3166 code): ``2155550142`` gives ``(215) 555-0142``.

    Numbers of other countries need a + and are kept with it. Raises DomainError when it cannot be a number.
    """
    try:
        number = phonenumbers.parse(text.strip(), country)
    except phonenumbers.NumberParseException as error:
        raise DomainError(_("This does not look like a phone number."), "value") from error
    if not phonenumbers.is_possible_number(number):
        raise DomainError(
            _("A phone number has ten digits here. For another country, start with + and its code."), "value"
        )
    home = number.country_code == phonenumbers.country_code_for_region(country)
    formats = phonenumbers.PhoneNumberFormat
    return str(phonenumbers.format_number(number, formats.NATIONAL if home else formats.INTERNATIONAL))


def phone_key(text: str) -> str:
    """The digits of *text* backwards, without an extension, so that the end of a number is the start of its key."""
    return "".join(digit for digit in _EXTENSION.sub("", text) if digit in "0123456789")[::-1]


def read_email(text: str) -> str:
    """An email address without spaces around it. Raises DomainError when it has not the shape of one."""
    address = text.strip()
    if not _EMAIL.fullmatch(address) or len(address) > 254:
        raise DomainError(_("This does not look like an email address: it needs an @ and a dot after it."), "value")
    return address


def email_key(text: str) -> str:
    """The address as it is compared."""
    return text.strip().casefold()[:254]
