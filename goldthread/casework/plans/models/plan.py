"""The plan of one episode, its versions, and who signed them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.plans.enums import (
    SignatureHow,
    SignatureRole,
    SignatureState,
    VersionKind,
    VersionState,
)
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


class Plan(models.Model):
    """The plan of one episode. A household's episode has one plan, which stands on the page of each member."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="plan")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="plans", verbose_name=_("client"), db_index=False
    )
    """The client on whose page it was begun."""
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    labels = LabelsField()

    class Meta:
        indexes = [models.Index(fields=["person"], name="plans_by_person")]

    def __str__(self) -> str:
        return f"plan {self.pk}"


class PlanVersion(models.Model):
    """One version: a whole document, ``content``. While a draft it is edited in place; from the first signature on it is never
    edited. Lines (goals, objectives, steps, services, risks …) carry ids that stay the same through all versions.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=VersionKind.choices)
    state = models.CharField(max_length=9, choices=VersionState.choices, default=VersionState.DRAFT)
    content = models.JSONField(default=dict)
    """The document; its shape is in ``rules/document.py``."""
    edit = models.PositiveIntegerField(default=1)
    """Counts the changes while it is a draft."""
    digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of the content in canonical form, from when signatures are asked for: what exactly was signed."""
    reason = models.CharField(_("why"), max_length=300, blank=True)
    """Why it was amended, returned or withdrawn."""
    starts_on = models.DateField(_("from"), null=True, blank=True)
    review_on = models.DateField(_("review by"), null=True, blank=True)
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    edited_by = models.JSONField(default=list)
    """The ids of all who wrote in it, as text: none of them approves it."""
    approved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    return_comment = models.TextField(_("comment"), max_length=4000, blank=True)
    in_force_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    """Given up because its episode ended, at that instant: taking the end back brings it back."""
    labels = LabelsField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plans_version_once"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state__in=["draft", "signing"]), name="plans_one_version_in_the_making"
            ),
            models.UniqueConstraint(fields=["plan"], condition=Q(state="in_force"), name="plans_one_version_in_force"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | ~Q(digest=""), name="plans_signed_with_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.plan_id}"


class Signature(models.Model):
    """Somebody is asked to sign one version, and did, or declined. It holds for the digest it was given for, and no other."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="signatures", db_index=False)
    role = models.CharField(_("as"), max_length=8, choices=SignatureRole.choices)
    name = models.CharField(_("name"), max_length=160)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    required = models.BooleanField(default=True)
    state = models.CharField(max_length=9, choices=SignatureState.choices, default=SignatureState.ASKED)
    how = models.CharField(max_length=5, choices=SignatureHow.choices, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    strokes = models.JSONField(default=list)
    """A drawn one: lists of points between 0 and 1000, as the hand drew them."""
    typed = models.CharField(max_length=160, blank=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    """Why it was declined, or is no longer asked."""
    at = models.DateTimeField(null=True)
    witness = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    """On whose device."""
    token_digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of the single-use link's secret; emptied by its use."""
    sent_to = models.EmailField(blank=True)
    mailed_at = models.DateTimeField(null=True)
    """When the mail server took the mail with the link; None: it is on its way to it."""
    expires_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()
    labels = LabelsField()

    class Meta:
        indexes = [models.Index(fields=["version"], name="plans_signatures")]
        constraints = [
            models.UniqueConstraint(fields=["token_digest"], condition=~Q(token_digest=""), name="plans_link_once"),
            models.CheckConstraint(
                condition=~Q(state="signed") | (Q(at__isnull=False) & ~Q(digest="") & ~Q(how="")),
                name="plans_signed_how_and_what",
            ),
        ]

    def __str__(self) -> str:
        return f"signature {self.pk}"
