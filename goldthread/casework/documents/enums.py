"""The kinds of documents. They are stored: never rename one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    IDENTIFICATION = "identification", _("Identification")
    INSURANCE = "insurance", _("Insurance card")
    INCOME = "income", _("Proof of income")
    RESIDENCE = "residence", _("Proof of address")
    REFERRAL = "referral", _("Referral")
    RELEASE = "release", _("Release of information")
    CONSENT = "consent", _("Consent")
    COURT_ORDER = "court_order", _("Court order")
    GUARDIANSHIP = "guardianship", _("Guardianship or power of attorney")
    REPORT = "report", _("Report or evaluation")
    LETTER = "letter", _("Letter")
    OTHER = "other", _("Other")


INTAKE_KINDS = frozenset(
    {
        DocumentKind.IDENTIFICATION,
        DocumentKind.INSURANCE,
        DocumentKind.INCOME,
        DocumentKind.RESIDENCE,
    }
)
"""What decides where somebody belongs: all that is shown to who may not read the record."""
EXPIRING = frozenset(
    {
        DocumentKind.IDENTIFICATION,
        DocumentKind.INSURANCE,
        DocumentKind.RELEASE,
        DocumentKind.CONSENT,
        DocumentKind.COURT_ORDER,
        DocumentKind.GUARDIANSHIP,
    }
)
"""Those that usually end on a day: who uploads one without it is reminded to look."""
