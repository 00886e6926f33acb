"""The words of facts. They are stored: never rename."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FactKind(models.TextChoices):
    INCOME = "income", _("Income")
    HOUSEHOLD_SIZE = "household_size", _("Household size")
    COVERAGE = "coverage", _("Coverage")
    DIAGNOSIS = "diagnosis", _("Diagnosis")
    MEDICINE = "medicine", _("Medicine")
    ALLERGY = "allergy", _("Allergy")
    PROVIDER = "provider", _("Provider")
    LEGAL = "legal", _("Legal status")
    HOUSING = "housing", _("Housing")
    MILITARY = "military", _("Military service")
    BENEFIT = "benefit", _("Benefit")


class SaidBy(models.TextChoices):
    """Whose word it is."""

    CLIENT = "client", _("The client")
    FAMILY = "family", _("Family")
    WORKER = "worker", _("The worker saw it")
    PROFESSIONAL = "professional", _("A professional")
    PAPER = "paper", _("A paper")
