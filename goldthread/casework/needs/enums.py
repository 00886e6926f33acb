"""The words of needs. They are stored: never rename."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NeedState(models.TextChoices):
    OPEN = "open", _("Open")
    MET = "met", _("Met")
    LATER = "later", _("Not now")
    DECLINED = "declined", _("Declined")


class Strength(models.IntegerChoices):
    """How strong it is. The numbers are those of the bands of an instrument (docs/instruments.md)."""

    WATCH = 1, _("Keep an eye on it")
    NEEDED = 2, _("Needed")
    URGENT = 3, _("Urgent")
