from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.foundation.files.models import StoredFile
from goldthread.foundation.lib.fields import KeyField
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.people.persons.enums import DateKind, Gender, Interpreter, Sex


class Person(models.Model):
    """Anyone known: a client when ``client_number`` is set; else family, a natural support, a professional.

    ``display_name``, ``sort_key`` and ``search_text`` are kept by the room's actions from the person's names.
    ``version`` rises with every change of the person or of any row that hangs on them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client_number = models.PositiveIntegerField(_("number"), null=True, unique=True)
    client_since = models.DateField(_("client since"), null=True)
    display_name = models.CharField(_("name"), max_length=200)
    sort_key = KeyField(max_length=200)
    search_text = KeyField(max_length=4000)
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    birth_date_kind = models.CharField(_("how sure"), max_length=9, choices=DateKind.choices, default=DateKind.EXACT)
    deceased = models.BooleanField(_("has died"), default=False)
    died_on = models.DateField(_("date of death"), null=True, blank=True)
    sex = models.CharField(_("sex"), max_length=8, choices=Sex.choices, blank=True)
    gender = models.CharField(_("gender"), max_length=12, choices=Gender.choices, blank=True)
    gender_words = models.CharField(_("gender, in their own words"), max_length=60, blank=True)
    race_ethnicity = models.JSONField(_("race and ethnicity"), default=list, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    other_languages = models.JSONField(_("other languages"), default=list, blank=True)
    interpreter = models.CharField(_("interpreter"), max_length=8, choices=Interpreter.choices, default=Interpreter.NO)
    photo = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("photo")
    )
    labels = LabelsField()
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["sort_key", "id"],
                condition=Q(client_number__isnull=False),
                name="persons_clients_by_name",
            ),
            models.Index(fields=["birth_date"], name="persons_by_birth_date"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(client_number__isnull=True) | Q(client_since__isnull=False),
                name="persons_client_since_known",
            ),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True) | Q(deceased=True), name="persons_died_on_means_deceased"
            ),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True) | Q(birth_date__isnull=True) | Q(died_on__gte=models.F("birth_date")),
                name="persons_died_after_birth",
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"
