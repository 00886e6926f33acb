"""The choices of a person's record. Values are stored: add, never rename."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DateKind(models.TextChoices):
    EXACT = "exact", _("Exact")
    MONTH = "month", _("Month and year known")
    YEAR = "year", _("Year known")
    ESTIMATED = "estimated", _("Estimated")


class Sex(models.TextChoices):
    """Sex as recorded for health care and benefits. Kept apart from gender."""

    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    INTERSEX = "intersex", _("Intersex")
    NOT_SAID = "not_said", _("Prefers not to say")


class Gender(models.TextChoices):
    WOMAN = "woman", _("Woman or girl")
    MAN = "man", _("Man or boy")
    NONBINARY = "nonbinary", _("Nonbinary")
    TRANS_WOMAN = "trans_woman", _("Transgender woman")
    TRANS_MAN = "trans_man", _("Transgender man")
    TWO_SPIRIT = "two_spirit", _("Two-Spirit")
    QUESTIONING = "questioning", _("Questioning")
    OTHER = "other", _("In their own words")
    NOT_SAID = "not_said", _("Prefers not to say")


class RaceEthnicity(models.TextChoices):
    """The minimum categories of OMB Statistical Policy Directive 15 (28 March 2024): one question, several answers."""

    NATIVE = "native", _("American Indian or Alaska Native")
    ASIAN = "asian", _("Asian")
    BLACK = "black", _("Black or African American")
    HISPANIC = "hispanic", _("Hispanic or Latino")
    MENA = "mena", _("Middle Eastern or North African")
    PACIFIC = "pacific", _("Native Hawaiian or Pacific Islander")
    WHITE = "white", _("White")
    NOT_SAID = "not_said", _("Prefers not to say")


class Interpreter(models.TextChoices):
    NO = "no", _("No interpreter")
    MEDICAL = "medical", _("Interpreter for medical and legal talk")
    ALWAYS = "always", _("Interpreter always")


class NameKind(models.TextChoices):
    LEGAL = "legal", _("Legal name")
    PREFERRED = "preferred", _("Name they go by")
    FORMER = "former", _("Former name")
    NICKNAME = "nickname", _("Nickname")


class ContactKind(models.TextChoices):
    MOBILE = "mobile", _("Mobile")
    HOME = "home", _("Home phone")
    WORK = "work", _("Work phone")
    MESSAGE = "message", _("Message phone")
    EMAIL = "email", _("Email")


class AddressKind(models.TextChoices):
    CURRENT = "current", _("Where they live")
    MAILING = "mailing", _("Mailing address")
    SAFE = "safe", _("Safe address")


class IdentifierKind(models.TextChoices):
    MEDICAID = "medicaid", _("Medicaid number")
    SSN = "ssn", _("Social Security number")
    SCHOOL = "school", _("School number")
    MRN = "mrn", _("Medical record number")
    HMIS = "hmis", _("HMIS number")


class AlertKind(models.TextChoices):
    ALLERGY = "allergy", _("Allergy")
    SAFETY = "safety", _("Safety")
    DOG = "dog", _("Dog")
    COURT_ORDER = "court_order", _("Court order")
    HEALTH = "health", _("Health")
    OTHER = "other", _("Other")


class RelationshipKind(models.TextChoices):
    """What *other* is to *person*. Each has its other side in rules.OTHER_SIDE."""

    PARENT = "parent", _("Parent")
    CHILD = "child", _("Child")
    GUARDIAN = "guardian", _("Guardian")
    WARD = "ward", _("Ward")
    FOSTER_PARENT = "foster_parent", _("Foster parent")
    FOSTER_CHILD = "foster_child", _("Foster child")
    SIBLING = "sibling", _("Brother or sister")
    SPOUSE = "spouse", _("Spouse or partner")
    FORMER_PARTNER = "former_partner", _("Former spouse or partner")
    GRANDPARENT = "grandparent", _("Grandparent")
    GRANDCHILD = "grandchild", _("Grandchild")
    RELATIVE = "relative", _("Other relative")
    FRIEND = "friend", _("Friend or neighbor")
    CAREGIVER = "caregiver", _("Caregiver")
    CARED_FOR = "cared_for", _("Person cared for")
