"""The templates that are shipped, against the table of the field (worked out by hand from its cells)."""

from datetime import date
from decimal import Decimal

import pytest

from goldthread.casework.eligibility.rules.judging import judge
from goldthread.casework.eligibility.rules.known import Known
from goldthread.foundation.programs.enums import Clock, EventKind, Mode, Period, Place, Seen, Unit
from goldthread.foundation.programs.rules.eligibility import Asked, Enrolled
from goldthread.foundation.programs.rules.template import Span
from goldthread.foundation.programs.shipped import FOLDER, shipped

KEYS = {
    "mental-health-tcm",
    "act-intensive",
    "idd-hcbs",
    "early-intervention",
    "school-based",
    "substance-use",
    "foster-care-child",
    "foster-care-adult",
    "hospital-discharge",
    "hospice",
    "geriatric-mltss",
    "hiv-aids",
    "child-welfare",
    "immigration-refugee",
    "occupational",
    "short-term-preventive",
}
FLAGS = {  # caseload flag, and whether the table stars it
    "mental-health-tcm": (35, True),
    "act-intensive": (10, False),
    "idd-hcbs": (35, True),
    "early-intervention": (40, True),
    "school-based": (30, True),
    "substance-use": (25, True),
    "foster-care-child": (15, False),
    "foster-care-adult": (15, True),
    "hospital-discharge": (60, True),
    "hospice": (13, True),
    "geriatric-mltss": (60, True),
    "hiv-aids": (40, True),
    "child-welfare": (17, False),
    "immigration-refugee": (40, True),
    "occupational": (40, True),
    "short-term-preventive": (45, True),
}
D, BD, W, M, Y, H = Unit.DAYS, Unit.BUSINESS_DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS, Unit.HOURS
CELLS = [
    # template, requirement, trigger, due, every, each, starred
    ("mental-health-tcm", "first-contact", "enrolled", (10, BD), None, None, False),
    ("mental-health-tcm", "first-assessment", "enrolled", (60, D), None, None, False),
    ("mental-health-tcm", "plan", "enrolled", (60, D), None, None, False),
    ("mental-health-tcm", "plan-review", "plan_signed", None, (6, M), None, False),
    ("mental-health-tcm", "monthly-contact", "enrolled", None, None, "month", False),
    ("act-intensive", "urgent-assessment", "referred", (1, BD), None, None, False),
    ("act-intensive", "plan", "enrolled", (30, D), None, None, True),
    ("act-intensive", "plan-review", "plan_signed", None, (6, M), None, False),
    ("act-intensive", "weekly-contact", "enrolled", None, None, "week", True),
    ("idd-hcbs", "assessment-before-services", "services_started", (0, D), None, None, False),
    ("idd-hcbs", "assessment-annual", "assessment", None, (12, M), None, False),
    ("idd-hcbs", "plan-before-services", "services_started", (0, D), None, None, False),
    ("idd-hcbs", "plan-annual", "plan_signed", None, (12, M), None, False),
    ("idd-hcbs", "plan-review", "enrolled", None, None, "quarter", True),
    ("idd-hcbs", "face-to-face-90", "enrolled", None, (90, D), None, False),
    ("idd-hcbs", "monthly-activity", "enrolled", None, None, "month", False),
    ("early-intervention", "first-assessment", "referred", (45, D), None, None, False),
    ("early-intervention", "ifsp-45", "referred", (45, D), None, None, False),
    ("early-intervention", "plan-review", "plan_signed", None, (6, M), None, False),
    ("early-intervention", "plan-annual", "plan_signed", None, (12, M), None, False),
    ("school-based", "first-assessment", "consented", (60, D), None, None, False),
    ("school-based", "plan", "eligible", (30, D), None, None, False),
    ("school-based", "plan-review", "plan_signed", None, (12, M), None, False),
    ("school-based", "re-evaluation", "assessment", None, (3, Y), None, False),
    ("school-based", "quarterly-contact", "enrolled", None, None, "quarter", True),
    ("substance-use", "first-assessment", "enrolled", (10, BD), None, None, True),
    ("substance-use", "plan", "enrolled", (30, D), None, None, True),
    ("substance-use", "plan-review", "plan_signed", None, (90, D), None, True),
    ("substance-use", "contact", "enrolled", None, (2, W), None, True),
    ("foster-care-child", "first-assessment", "enrolled", (60, D), None, None, False),
    ("foster-care-child", "plan", "enrolled", (60, D), None, None, False),
    ("foster-care-child", "plan-review", "enrolled", None, (6, M), None, False),
    ("foster-care-child", "permanency-hearing", "enrolled", None, (12, M), None, False),
    ("foster-care-child", "monthly-visit", "enrolled", None, None, "month", False),
    ("foster-care-adult", "first-assessment", "enrolled", (60, D), None, None, True),
    ("foster-care-adult", "plan", "enrolled", (60, D), None, None, True),
    ("foster-care-adult", "plan-review", "plan_signed", None, (6, M), None, True),
    ("foster-care-adult", "monthly-visit", "enrolled", None, None, "month", True),
    ("hospital-discharge", "first-assessment", "enrolled", (0, D), None, None, True),
    ("hospital-discharge", "plan-before-discharge", "hospital_discharge", (0, D), None, None, True),
    ("hospital-discharge", "discharge-call", "hospital_discharge", (2, BD), None, None, True),
    ("hospital-discharge", "visit-7", "hospital_discharge", (7, D), None, None, True),
    ("hospital-discharge", "review-30", "hospital_discharge", (30, D), None, None, True),
    ("hospice", "first-assessment", "enrolled", (48, H), None, None, False),
    ("hospice", "comprehensive-assessment", "enrolled", (5, D), None, None, False),
    ("hospice", "plan-before-care", "services_started", (0, D), None, None, False),
    ("hospice", "plan-review", "enrolled", None, (15, D), None, False),
    ("geriatric-mltss", "first-assessment", "enrolled", (90, D), None, None, False),
    ("geriatric-mltss", "assessment-annual", "assessment", None, (12, M), None, False),
    ("geriatric-mltss", "plan", "enrolled", (120, D), None, None, False),
    ("geriatric-mltss", "plan-review", "plan_signed", None, (12, M), None, False),
    ("geriatric-mltss", "after-hospital", "hospital_discharge", (30, D), None, None, False),
    ("geriatric-mltss", "quarterly-contact", "enrolled", None, None, "quarter", True),
    ("hiv-aids", "first-assessment", "enrolled", (30, D), None, None, True),
    ("hiv-aids", "plan", "enrolled", (30, D), None, None, True),
    ("hiv-aids", "plan-review", "plan_signed", None, (6, M), None, False),
    ("child-welfare", "first-assessment", "enrolled", (30, D), None, None, True),
    ("child-welfare", "plan", "enrolled", (60, D), None, None, False),
    ("child-welfare", "plan-review", "enrolled", None, (6, M), None, False),
    ("child-welfare", "monthly-visit", "enrolled", None, None, "month", False),
    ("immigration-refugee", "first-assessment", "enrolled", (5, BD), None, None, True),
    ("immigration-refugee", "plan", "enrolled", (30, D), None, None, True),
    ("immigration-refugee", "plan-review", "plan_signed", None, (90, D), None, True),
    ("immigration-refugee", "contact", "enrolled", None, (2, W), None, True),
    ("occupational", "first-assessment", "enrolled", (10, BD), None, None, True),
    ("occupational", "plan", "enrolled", (30, D), None, None, True),
    ("occupational", "plan-review", "plan_signed", None, (60, D), None, True),
    ("occupational", "contact", "enrolled", None, (2, W), None, True),
    ("short-term-preventive", "first-assessment", "enrolled", (5, BD), None, None, True),
    ("short-term-preventive", "plan", "enrolled", (10, BD), None, None, True),
    ("short-term-preventive", "close-or-convert", "enrolled", (90, D), None, None, True),
    ("short-term-preventive", "contact", "enrolled", None, (2, W), None, True),
]


def test_the_sixteen_are_there_each_in_a_file_of_its_name():
    assert set(shipped()) == KEYS
    assert all(key == template.key for key, template in shipped().items())
    assert {path.stem for path in FOLDER.iterdir()} == KEYS


@pytest.mark.parametrize(("template", "key", "trigger", "due", "every", "each", "starred"), CELLS)
def test_each_cell_of_the_table(template, key, trigger, due, every, each, starred):
    rule = shipped()[template].requirement(key)
    assert rule is not None
    assert rule.trigger.kind == trigger
    assert rule.offset == (Span(*due) if due else None)
    assert (rule.interval.span if rule.interval else None) == (Span(*every) if every else None)
    assert rule.period == each
    assert rule.source.judgement is starred
    assert not rule.source.verified  # no cell of the table is marked as read in its source


@pytest.mark.parametrize(("key", "flag"), FLAGS.items())
def test_the_caseload_flags(key, flag):
    template = shipped()[key]
    assert (template.caseload_flag, template.caseload_source.judgement) == flag


@pytest.mark.parametrize("key", ["hospital-discharge", "hiv-aids"])
def test_contact_by_acuity_or_risk(key):
    rule = shipped()[key].requirement("contact")
    assert rule.interval.by_acuity == {"high": Span(7, D), "medium": Span(30, D), "low": Span(90, D)}
    assert rule.source.judgement


@pytest.mark.parametrize("key", ["early-intervention", "hospice"])
def test_contact_as_the_plan_says(key):
    rule = shipped()[key].requirement("contact")
    assert rule.interval.from_plan
    assert not rule.source.judgement


def test_the_transition_conference_lies_between_nine_months_and_ninety_days_before_the_third_birthday():
    rule = shipped()["early-intervention"].requirement("transition-conference")
    assert rule.trigger.age == Span(3, Y)
    assert rule.offset == Span(90, D, before=True)
    assert rule.earliest == Span(9, M)


def test_the_family_may_ask_for_more_time_in_part_c():
    assert "family_delay" in shipped()["early-intervention"].requirement("ifsp-45").exceptions


def test_foster_care_counts_half_of_the_visits_in_the_residence_and_all_months_of_the_agency():
    template = shipped()["foster-care-child"]
    visit, half, months = (
        template.requirement(key) for key in ("monthly-visit", "visits-in-residence", "months-visited")
    )
    assert visit.accepts[0].modes == {Mode.IN_PERSON}
    assert visit.accepts[0].seen == {Seen.CLIENT}
    assert not visit.partial_periods
    assert (half.share.of, half.share.percent, half.share.window_months, half.share.whose) == (
        "monthly-visit",
        50,
        12,
        "client",
    )
    assert half.share.accepts.places == {Place.RESIDENCE}
    assert half.share.remind_after == Span(1, M)
    assert (months.share.percent, months.share.whose, months.share.accepts) == (95, "agency", None)


RUNS_ON = {
    # what a law or a court asks of everybody, whoever is away: reviews by date, hearings, monitoring, the visit of a child in care
    "act-intensive": {"plan-review", "annual-monitoring"},
    "child-welfare": {"plan-review", "annual-monitoring"},
    "early-intervention": {"plan-review", "plan-annual", "transition-conference", "annual-monitoring"},
    "foster-care-adult": {"annual-monitoring"},
    "foster-care-child": {
        "monthly-visit",
        "first-assessment",
        "plan",
        "plan-review",
        "permanency-hearing",
        "annual-monitoring",
    },
    "geriatric-mltss": {"assessment-annual", "plan-review", "annual-monitoring"},
    "hiv-aids": {"annual-monitoring"},
    "hospice": {"plan-review"},
    "idd-hcbs": {"assessment-annual", "plan-annual", "annual-monitoring"},
    "mental-health-tcm": {"plan-review", "annual-monitoring"},
    "school-based": {"plan-review", "re-evaluation"},
    "substance-use": {"annual-monitoring"},
}


def test_the_clocks_that_go_on_through_a_pause():
    found = {
        key: {rule.key for rule in template.requirements if not rule.only_pauses} for key, template in shipped().items()
    }
    assert {key: keys for key, keys in found.items() if keys} == RUNS_ON
    for key, keys in RUNS_ON.items():
        assert not any(shipped()[key].requirement(rule).source.judgement for rule in keys), "no law, no such clock"


def test_a_family_is_one_household_and_each_child_is_seen():
    template = shipped()["child-welfare"]
    assert template.unit == "household"
    assert template.requirement("monthly-visit").each_member


def test_labels():
    labels = {key: template.labels for key, template in shipped().items() if template.labels}
    assert labels == {"substance-use": ("substance_use",), "hiv-aids": ("hiv",)}


@pytest.mark.parametrize("key", sorted(KEYS))
def test_each_template_is_whole(key):
    template = shipped()[key]
    assert template.contact_kinds
    assert template.discharge_reasons
    assert template.priority_rules[-1] == "waiting_longest"
    assert {reason.planned for reason in template.discharge_reasons} == {True, False}
    assert any(accepts.kind is EventKind.PLAN_SIGNED for rule in template.requirements for accepts in rule.accepts)
    for rule in template.requirements:
        assert rule.source.text
        assert not (rule.clock is Clock.PERIOD and rule.period is Period.MONTH and rule.remind != Span(7, D)), rule.key


def test_visits_have_checklists():
    kinds = {kind.checklist for template in shipped().values() for kind in template.contact_kinds if kind.checklist}
    assert kinds == {"home", "school", "day_support", "work_program", "shelter", "clinic", "residence", "hospital"}


def test_every_template_says_who_it_is_for_and_where_that_comes_from():
    for key, template in shipped().items():
        rules = template.eligibility
        assert rules.rule.parts, key
        assert rules.source.text, key
        assert not rules.source.verified, key
        for one in rules.rule.criteria():
            assert not isinstance(one, Asked) or one.title_es, (key, one.key)
            assert not isinstance(one, Enrolled) or set(one.programs) <= KEYS, key


def test_every_template_says_who_comes_first_and_in_the_order_of_its_priorities():
    for key, template in shipped().items():
        rules = template.waitlist
        assert rules.first, key
        assert rules.source.text, key
        assert not rules.source.verified, key
        named = [one.key for one in rules.first if not one.title]
        assert named == [one for one in template.priority_rules if one != "waiting_longest"], key
        for one in rules.first:
            assert bool(one.title) == bool(one.title_es), (key, one.key)


BORDERS = [  # template, what is known, verdict: worked out by hand from each template's law
    ("early-intervention", {"born": (date(2023, 11, 20),) * 2, "answers": {"delay": True}, "state": "OR"}, "eligible"),
    ("early-intervention", {"born": (date(2023, 11, 19),) * 2, "answers": {"delay": True}}, "not"),
    ("hospital-discharge", {"referral": "hospital"}, "eligible"),
    ("hospital-discharge", {"referral": "self"}, "need_to_know"),
    ("hospice", {"answers": {"terminal": True}}, "need_to_know"),
    ("hospice", {"answers": {"terminal": False}}, "not"),
    ("act-intensive", {"answers": {"hospital-often": False, "jail-lately": False, "no-home": False}}, "not"),
    ("hiv-aids", {"diagnoses": frozenset({"B20"}), "state": "OR", "income": Decimal(0)}, "eligible"),
]


@pytest.mark.parametrize(("key", "known", "verdict"), BORDERS)
def test_who_is_let_in(key, known, verdict):
    judged = judge(shipped()[key].eligibility.rule, Known(agency_state="OR", **known), date(2026, 11, 19))
    assert judged.verdict == verdict


@pytest.mark.parametrize("key", sorted(KEYS))
def test_each_template_says_what_comes_after_a_discharge(key: str) -> None:
    """Somebody asks at least once, and the family of who died is not forgotten; where that comes from is said."""
    rules = shipped()[key].aftercare
    living = [one for one in rules.contacts if not one.after_death]
    assert living
    assert any(one.after_death for one in rules.contacts)
    assert rules.source.judgement or not rules.source.verified
    assert all(one.after.unit in (D, BD, W) and not one.after.before for one in rules.contacts)


def test_hospice_stays_with_the_family_for_a_year() -> None:
    hospice = shipped()["hospice"]
    assert max(one.after.count for one in hospice.aftercare.contacts if one.after_death) == 365
    assert "418.64(d)" in hospice.aftercare.source.text
    assert hospice.re_entry_days == 0, "who comes back elects anew"
