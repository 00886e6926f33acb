"""The words of transfer packages. They are stored: never rename one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Section(models.TextChoices):
    """What a release can name, in the order in which it is read."""

    IDENTITY = "identity", _("Name, birth date, language")
    REACH = "reach", _("Phones and addresses")
    PROGRAMS = "programs", _("Programs, with dates")
    HEALTH = "health", _("Diagnoses, medicines, allergies, providers")
    MEANS = "means", _("Income, coverage, benefits, household")
    LIFE = "life", _("Housing, legal status, military service")
    ASSESSMENTS = "assessments", _("Assessments, with their scores")
    PLAN = "plan", _("Goals, steps and services")
    SUMMARY = "summary", _("Discharge summary")
    NOTES = "notes", _("Progress notes")
    DOCUMENTS = "documents", _("Chosen documents")


class PackageState(models.TextChoices):
    DRAFT = "draft", _("Being put together")
    READY = "ready", _("Ready to hand over")
    HANDED = "handed", _("Handed over, waiting for: seen there")
    SEEN = "seen", _("Seen there")
    CLOSED = "closed", _("Closed")


class How(models.TextChoices):
    """How it was handed over."""

    IN_PERSON = "in_person", _("In person")
    CLIENT = "client", _("The client took it along")
    SECURE_MAIL = "secure_mail", _("Secure email or exchange")
    POST = "post", _("Tracked mail")
    FAX = "fax", _("Fax")
