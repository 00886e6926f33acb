"""The words of instruments and assessments. They are stored: never rename."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Being built")
    IN_USE = "in_use", _("In use")
    RETIRED = "retired", _("No longer asked")


class AssessmentState(models.TextChoices):
    OPEN = "open", _("Not signed")
    SIGNED = "signed", _("Signed")
    CORRECTED = "corrected", _("Corrected by a newer one")
    VOIDED = "voided", _("Voided")


class MadeBy(models.TextChoices):
    """Where an instrument comes from."""

    SHIPPED = "shipped", _("Shipped with Goldthread")
    INSTALLED = "installed", _("Installed by the agency")
    BUILT = "built", _("Built by the agency")


class Skipped(models.TextChoices):
    """Why a question has no answer: codes of FHIR's data-absent-reason, so that the response says it as others read it."""

    DECLINED = "asked-declined", _("Does not want to answer")
    UNKNOWN = "asked-unknown", _("Does not know")
    NOT_ASKED = "not-asked", _("Not asked today")
    NOT_APPLICABLE = "not-applicable", _("Does not apply")


class Built(models.TextChoices):
    """What was changed while an instrument is built."""

    BEGUN = "begun", _("begun")
    ABOUT = "about", _("what it says of itself")
    ADDED = "added", _("added")
    CHANGED = "changed", _("changed")
    MOVED = "moved", _("moved")
    COPIED = "copied", _("copied")
    REMOVED = "removed", _("taken out")
    SCORE = "score", _("score changed")
    SCORE_REMOVED = "score_removed", _("score taken out")
    LIST = "list", _("list changed")
    LIST_REMOVED = "list_removed", _("list taken out")
    SHARED = "shared", _("rules changed")
    FACT = "fact", _("facts changed")
    FACT_REMOVED = "fact_removed", _("fact taken out")
    WORDS = "words", _("translated")
    UNDONE = "undone", _("taken back")
