"""The words of needs. They are stored: never rename."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NeedState(models.TextChoices):
    OPEN = "open", _("Open")
    MET = "met", _("Met")
    LATER = "later", _("Not now")
    DECLINED = "declined", _("Declined")


class Strength(models.IntegerChoices):
    SOME = 1, _("Some")
    CLEAR = 2, _("Clear")
    STRONG = 3, _("Strong")
