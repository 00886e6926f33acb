"""The rungs of the ladder. They are stored: never renumber."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    DONE_FOR = 1, _("Done for them")
    DONE_WITH = 2, _("Done with them")
    COACHED = 3, _("Coached")
    ON_THEIR_OWN = 4, _("On their own")
