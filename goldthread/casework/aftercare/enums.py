"""The words of aftercare. They are stored: never rename one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AfterState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    MADE = "made", _("Made")
    CLOSED = "closed", _("Closed")


class Ended(models.TextChoices):
    """How the aftercare of an episode ended."""

    DONE = "done", _("Every contact made or closed")
    BACK = "back", _("Came back")
    UNDONE = "undone", _("Discharge taken back")
