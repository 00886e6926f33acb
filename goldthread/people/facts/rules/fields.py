"""The fields of each kind of fact."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from goldthread.people.facts.enums import FactKind
from goldthread.people.facts.rules.settings import SETTINGS


class How(StrEnum):
    """How a field is typed."""

    TEXT = "text"
    CHOICE = "choice"
    MONEY = "money"
    NUMBER = "number"
    DAY = "day"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Field:
    """One field. *highest*: of a number. *hint*: beside the label."""

    name: str
    label: StrOrPromise
    how: How = How.TEXT
    required: bool = False
    choices: tuple[tuple[str, StrOrPromise], ...] = ()
    longest: int = 160
    highest: int = 0
    hint: StrOrPromise = ""


EVERY = (
    ("week", _("a week")),
    ("two_weeks", _("every two weeks")),
    ("twice_month", _("twice a month")),
    ("month", _("a month")),
    ("year", _("a year")),
)
INCOMES = (
    ("wages", _("Wages")),
    ("self_employment", _("Own business")),
    ("ssi", _("SSI")),
    ("ssdi", _("SSDI")),
    ("retirement", _("Retirement, pension")),
    ("unemployment", _("Unemployment")),
    ("tanf", _("TANF")),
    ("general_assistance", _("General assistance")),
    ("child_support", _("Child support")),
    ("veterans", _("Veterans' benefit")),
    ("workers_compensation", _("Workers' compensation")),
    ("family", _("Help from family")),
    ("none", _("No income")),
    ("other", _("Other")),
)
COVERAGES = (
    ("medicaid", _("Medicaid")),
    ("medicare", _("Medicare")),
    ("both", _("Medicare and Medicaid")),
    ("chip", _("CHIP")),
    ("private", _("Private or employer")),
    ("marketplace", _("Marketplace")),
    ("veterans", _("Veterans (VA)")),
    ("tricare", _("TRICARE")),
    ("indian_health", _("Indian Health Service")),
    ("none", _("No coverage")),
    ("other", _("Other")),
)
TAKEN = (
    ("as_prescribed", _("As prescribed")),
    ("sometimes", _("Sometimes")),
    ("not", _("Not taken")),
    ("unknown", _("Not known")),
)
SEVERITIES = (("mild", _("Mild")), ("serious", _("Serious")), ("life_threatening", _("Life-threatening")))
PROVIDERS = (
    ("primary", _("Primary care")),
    ("dentist", _("Dentist")),
    ("psychiatrist", _("Psychiatrist")),
    ("therapist", _("Therapist, counselor")),
    ("neurologist", _("Neurologist")),
    ("pediatrician", _("Pediatrician")),
    ("eye", _("Eye doctor")),
    ("specialist", _("Specialist")),
    ("pharmacy", _("Pharmacy")),
    ("home_health", _("Home health")),
    ("school", _("School")),
    ("other", _("Other")),
)
LEGALS = (
    ("guardianship", _("Guardianship")),
    ("conservatorship", _("Conservatorship")),
    ("power_of_attorney", _("Power of attorney")),
    ("custody", _("Custody")),
    ("dependency", _("Dependency case")),
    ("court_order", _("Court order")),
    ("protective_order", _("Protective order")),
    ("probation", _("Probation")),
    ("parole", _("Parole")),
    ("charge", _("Open charge")),
    ("immigration", _("Immigration status")),
    ("other", _("Other")),
)
SERVED = (
    ("active", _("Serving now")),
    ("veteran", _("Served")),
    ("reserve", _("Guard or reserve")),
    ("never", _("Never served")),
)
BENEFITS = (
    ("snap", _("SNAP")),
    ("wic", _("WIC")),
    ("tanf", _("TANF")),
    ("ssi", _("SSI")),
    ("ssdi", _("SSDI")),
    ("housing_voucher", _("Housing voucher")),
    ("energy", _("Energy assistance")),
    ("child_care", _("Child care subsidy")),
    ("waiver", _("Medicaid waiver")),
    ("paratransit", _("Paratransit")),
    ("phone", _("Lifeline phone")),
    ("other", _("Other")),
)
DETAIL = Field("detail", _("Details"), longest=300)

FIELDS: dict[FactKind, tuple[Field, ...]] = {
    FactKind.INCOME: (
        Field("source", _("From"), How.CHOICE, required=True, choices=INCOMES),
        Field("amount", _("Amount"), How.MONEY, hint=_("before taxes")),
        Field("every", _("How often"), How.CHOICE, choices=EVERY),
        DETAIL,
    ),
    FactKind.HOUSEHOLD_SIZE: (
        Field("people", _("People"), How.NUMBER, required=True, highest=40, hint=_("the client included")),
        Field("children", _("Children under 18"), How.NUMBER, highest=40),
        DETAIL,
    ),
    FactKind.COVERAGE: (
        Field("type", _("Coverage"), How.CHOICE, required=True, choices=COVERAGES),
        Field("payer", _("Payer or plan")),
        DETAIL,
    ),
    FactKind.DIAGNOSIS: (
        Field("name", _("Diagnosis"), required=True),
        Field("code", _("ICD-10-CM code"), How.CODE, longest=8, hint=_("for example F33.1")),
        Field("made_by", _("Who made it")),
        DETAIL,
    ),
    FactKind.MEDICINE: (
        Field("name", _("Medicine"), required=True),
        Field("dose", _("Dose"), longest=80),
        Field("how_often", _("How often"), longest=80),
        Field("reason", _("What for"), longest=120),
        Field("prescriber", _("Prescribed by")),
        Field("taken", _("Taken"), How.CHOICE, choices=TAKEN),
    ),
    FactKind.ALLERGY: (
        Field("to", _("Allergic to"), required=True),
        Field("reaction", _("What happens")),
        Field("severity", _("How bad"), How.CHOICE, choices=SEVERITIES),
    ),
    FactKind.PROVIDER: (
        Field("role", _("Kind"), How.CHOICE, required=True, choices=PROVIDERS),
        Field("name", _("Name"), required=True),
        Field("organization", _("Organization")),
        Field("phone", _("Phone"), longest=40),
        Field("last_seen", _("Last seen"), How.DAY),
        DETAIL,
    ),
    FactKind.LEGAL: (
        Field("status", _("Kind"), How.CHOICE, required=True, choices=LEGALS),
        Field("who", _("Who"), hint=_("guardian, officer, lawyer")),
        Field("court", _("Court and number")),
        Field("next_on", _("Next date"), How.DAY),
        DETAIL,
    ),
    FactKind.HOUSING: (
        Field(
            "setting",
            _("Setting"),
            How.CHOICE,
            required=True,
            choices=tuple((key, name) for key, (name, _level) in SETTINGS.items()),
        ),
        Field("place", _("Where")),
        Field("with_whom", _("With whom")),
        Field(
            "chosen",
            _("Their own choice?"),
            How.CHOICE,
            choices=(("yes", _("own choice")), ("no", _("not their choice"))),
        ),
        DETAIL,
    ),
    FactKind.MILITARY: (
        Field("served", _("Service"), How.CHOICE, required=True, choices=SERVED),
        Field("branch", _("Branch"), longest=80),
        Field("discharge", _("Kind of discharge"), longest=80),
        DETAIL,
    ),
    FactKind.BENEFIT: (
        Field("benefit", _("Benefit"), How.CHOICE, required=True, choices=BENEFITS),
        Field("amount", _("Amount a month"), How.MONEY),
        Field("renew_on", _("Renew by"), How.DAY),
        DETAIL,
    ),
}
ONE_AT_A_TIME = frozenset({FactKind.HOUSEHOLD_SIZE, FactKind.HOUSING, FactKind.MILITARY})
"""Only one of these holds on a day: a new one ends the one before."""


def fields_of(kind: str) -> tuple[Field, ...]:
    """The fields of *kind*, in the order in which they are asked. ValueError: no such kind."""
    return FIELDS[FactKind(kind)]
