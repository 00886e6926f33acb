"""The roles a staff member can hold. What each may do is in access/policy.csv; what each is for is said in access/roles.py."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    INTAKE = "intake", _("Intake worker")
    CASE_MANAGER = "case_manager", _("Case manager")
    SUPERVISOR = "supervisor", _("Supervisor")
    PROGRAM_MANAGER = "program_manager", _("Program manager")
    QUALITY = "quality", _("Quality")
    BILLING = "billing", _("Billing")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Agency administrator")
