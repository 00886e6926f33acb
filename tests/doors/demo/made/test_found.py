"""What was found at the demo agency, and what is known of its people: it fits their age, and the needs of their plans cite it."""

from collections import Counter
from itertools import pairwise

import pytest

from goldthread.casework.assessments.models import Assessment, InstrumentVersion, Score
from goldthread.casework.assessments.queries.instruments import questionnaire_of
from goldthread.casework.assessments.rules.logic import Context
from goldthread.casework.assessments.rules.responses import from_response
from goldthread.casework.assessments.working import finish
from goldthread.casework.needs.models import Need
from goldthread.casework.needs.rules import suggestions
from goldthread.casework.plans.models import GoalNeed
from goldthread.casework.record.models import Entry
from goldthread.casework.skills.models import SkillStep
from goldthread.doors.demo.threads.found import age_on
from goldthread.people.facts.models import Fact
from goldthread.people.facts.rules import overlaps, read_value
from tests.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.thorough, pytest.mark.once]
OF_GROWN = {"phq-9", "gad-7", "life-domains", "functional-assessment", "daily-living", "self-management-skills"}


def test_instruments_fit_the_age_and_come_in_the_order_of_time(demo: None) -> None:
    rows = Assessment.objects.select_related("version__instrument", "person", "episode").defer(
        "response", "version__content"
    )
    assert rows.count() > 1500
    for row in rows:
        age, key = age_on(row.person, row.assessed_on), row.version.instrument.key
        assert age >= 18 or key not in OF_GROWN, (key, age)
        assert age < 18 or key != "child-strengths-needs"
        assert row.episode.enrolled_on <= row.assessed_on <= TODAY
    assert Entry.objects.filter(kind="assessed").count() == rows.count()


def test_what_was_signed_comes_to_its_scores(demo: None) -> None:
    looked_at = {}
    for row in Assessment.objects.select_related("version__instrument").order_by("pk"):
        looked_at.setdefault(row.version.instrument.key, row)
    assert len(looked_at) >= 9
    for row in looked_at.values():
        questionnaire = questionnaire_of(row.version)
        finished = finish(questionnaire, from_response(questionnaire, row.response), Context(row.signed_at))
        assert not finished.problems
        assert {one.name: one.value for one in finished.scores} == dict(row.scores.values_list("name", "value"))


def test_most_needs_cite_the_answer_that_brought_them_up(demo: None) -> None:
    cited = Need.objects.filter(source_kind="assessment")
    assert cited.count() > 0.7 * Need.objects.count()
    assert GoalNeed.objects.filter(need__in=cited).count() > 300
    versions = {row.pk: row for row in InstrumentVersion.objects.all()}
    for need in cited.order_by("pk")[:80]:
        score = Score.objects.select_related("assessment").get(assessment=need.source_id, name=need.source_item)
        questionnaire = questionnaire_of(versions[score.assessment.version_id])
        (said,) = (one for one in suggestions(questionnaire, [score], "en") if one.domain == need.domain)
        assert (need.because, need.strength) == (said.because, said.strength)
        assert (need.person_id, score.on <= need.raised_on) == (score.person_id, True)


def test_scores_and_skills_change_over_the_months(demo: None) -> None:
    totals: dict[object, list[int]] = {}
    for person, value in Score.objects.filter(instrument="phq-9").order_by("on").values_list("person", "value"):
        totals.setdefault(person, []).append(int(value))
    assert sum(len(found) >= 3 for found in totals.values()) > 40
    assert sum(found[-1] < found[0] - 5 for found in totals.values()) > 10
    assert {4, 12} <= {found[-1] for found in totals.values()}  # some well, some not
    assert SkillStep.objects.filter(skill="transport").values_list("level", flat=True).distinct().count() >= 3


def test_what_is_known_can_be_so(demo: None) -> None:
    facts = list(Fact.objects.select_related("person"))
    kinds = Counter(one.kind for one in facts)
    assert min(kinds[kind] for kind in ("income", "coverage", "diagnosis", "medicine", "provider", "housing")) > 100
    assert kinds["allergy"] > 20
    assert any(one.value.get("severity") == "life_threatening" for one in facts if one.kind == "allergy")
    homes: dict[object, list[Fact]] = {}
    for one in facts:
        assert read_value(one.kind, one.value) == one.value
        assert one.said_on <= TODAY
        assert not one.starts_on or not one.person.birth_date or one.starts_on >= one.person.birth_date
        if one.kind == "housing":
            homes.setdefault(one.person_id, []).append(one)
        if one.kind == "income":
            assert age_on(one.person, TODAY) >= 18
    for found in homes.values():
        rows = sorted(found, key=lambda one: one.starts_on)
        assert not any(overlaps(a.starts_on, a.ends_on, b) for a, b in pairwise(rows))
        assert rows[-1].ends_on is None
    assert sum(len(found) > 1 for found in homes.values()) > 30
