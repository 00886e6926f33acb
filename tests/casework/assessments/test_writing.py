"""What an assessment says of facts and skills is written where they live, once, and taken back with it."""

from datetime import date
from typing import Any

import pytest

from goldthread.casework.assessments import actions
from goldthread.casework.assessments.actions.signing import AnswerProblems
from goldthread.casework.assessments.changes import Said
from goldthread.casework.assessments.models import Assessment
from goldthread.casework.record.models import Entry
from goldthread.casework.skills.models import SkillStep
from goldthread.people.facts.actions import end_fact, state_fact
from goldthread.people.facts.models import Fact
from tests.casework.assessments.asking import TODAY, WEIGHT, Care, actor, care, in_use

pytestmark = pytest.mark.django_db


def named(url: str, value: str, kind: str = "valueString") -> dict[str, Any]:
    return {"url": url, kind: value}


def fact(kind: str, *more: dict[str, Any], **fields: str) -> dict[str, Any]:
    parts = [
        {"url": "field", "extension": [named("name", name, "valueCode"), named("item", link)]}
        for name, link in fields.items()
    ]
    return {"url": "urn:goldthread:fact", "extension": [named("kind", kind, "valueCode"), *parts, *more]}


def question(link: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    return {"linkId": link, "type": kind, "text": link, **more}


def choice(link: str, *codes: str, weights: bool = False, **more: Any) -> dict[str, Any]:
    options = [
        {"valueCoding": {"system": "urn:test", "code": code, "display": f"It is {code}"}}
        | ({"extension": [{"url": WEIGHT, "valueDecimal": place}]} if weights else {})
        for place, code in enumerate(codes, 1)
    ]
    return question(link, "choice", answerOption=options, **more)


def health() -> dict[str, Any]:
    """Medicines, as many as there are; where somebody lives; a skill."""
    days = [named("starts-on", "medicine-since"), named("ends-on", "medicine-until")]
    medicines = question(
        "medicines",
        "group",
        repeats=True,
        extension=[fact("medicine", *days, name="medicine-name", dose="medicine-dose", taken="medicine-taken")],
        item=[
            question("medicine-name"),
            question("medicine-dose"),
            question("medicine-since", "date"),
            question("medicine-until", "date"),
            choice("medicine-taken", "as_prescribed", "not"),
        ],
    )
    home = question(
        "home",
        "group",
        extension=[fact("housing", named("said-by", "family", "valueCode"), setting="home-setting")],
        item=[choice("home-setting", "own_home", "shelter")],
    )
    rung = [
        {"url": "urn:goldthread:skill", "extension": [named("skill", "money", "valueCode"), named("evidence", "seen")]}
    ]
    skill = choice("level", "one", "two", "three", "four", weights=True, extension=rung)
    return {
        "resourceType": "Questionnaire",
        "status": "active",
        "url": "urn:test:health",
        "title": "Health",
        "item": [medicines, home, skill, question("seen", "text")],
    }


def coding(code: str) -> Said:
    return Said([{"valueCoding": {"system": "urn:test", "code": code, "display": f"It is {code}"}}])


def words(text: str) -> Said:
    return Said([{"valueString": text}])


def day(text: str) -> Said:
    return Said([{"valueDate": text}])


def signed(there: Care, said: dict[str, Said], turns: int = 0, replaced: Assessment | None = None) -> Assessment:
    """An assessment of so many medicines, or the correction of one, signed."""
    by = actor(there.worker)
    if replaced:
        row = actions.correct(assessment=replaced, reason="It was not so.", by=by)
    else:
        row = actions.begin(instrument=in_use(health()), person=there.person, episode=None, by=by)
    for _turn in range(turns):
        actions.move_turn(assessment=row, key="medicines", by=by)
    actions.save_answers(assessment=row, changes=said, by=by)
    return actions.sign(assessment=row, by=by)


def holding(kind: str) -> list[tuple[dict[str, Any], date | None, date | None]]:
    rows = Fact.objects.filter(kind=kind, current=True)
    return sorted(((row.value, row.starts_on, row.ends_on) for row in rows), key=lambda one: one[2] is None)


def test_each_turn_is_a_fact_with_its_source() -> None:
    there = care()
    said = {
        "medicine-name[0]": words("Lithium"),
        "medicine-dose[0]": words("300 mg"),
        "medicine-since[0]": day("2026-03-01"),
        "medicine-name[1]": words("Aspirin"),
        "home-setting": coding("shelter"),
    }
    row = signed(there, said, turns=3)  # the third turn says nothing
    assert {(fact.kind, fact.value.get("name")) for fact in Fact.objects.all()} == {
        ("medicine", "Lithium"),
        ("medicine", "Aspirin"),
        ("housing", None),
    }
    lithium = Fact.objects.get(value__name="Lithium")
    assert (lithium.value, lithium.starts_on) == ({"name": "Lithium", "dose": "300 mg"}, date(2026, 3, 1))
    assert (lithium.source_kind, lithium.source_id, lithium.said_on) == ("assessment", row.pk, TODAY)
    assert (lithium.said_by, Fact.objects.get(kind="housing").said_by) == ("client", "family")
    assert lithium.person == there.person


def test_what_is_known_is_not_stated_again() -> None:
    there = care()
    said = {
        "medicine-name[0]": words("Lithium"),
        "medicine-dose[0]": words("300 mg"),
        "home-setting": coding("shelter"),
    }
    signed(there, said, turns=1)
    signed(there, said, turns=1)
    signed(there, {"medicine-name[0]": words("Lithium")}, turns=1)  # an empty answer takes nothing away
    assert Fact.objects.count() == 2


def test_what_changed_takes_the_place_of_what_was_known_and_keeps_what_was_not_asked() -> None:
    there = care()
    state_fact(
        person=there.person,
        kind="medicine",
        value={"name": "Lithium", "dose": "300 mg", "prescriber": "Dr. Ono"},
        said_by="paper",
        said_on=TODAY,
        by=actor(there.worker),
    )
    row = signed(there, {"medicine-name[0]": words("lithium"), "medicine-dose[0]": words("600 mg")}, turns=1)
    old, new = (
        ({"name": "Lithium", "dose": "300 mg", "prescriber": "Dr. Ono"}, None, TODAY),
        (
            {"name": "lithium", "dose": "600 mg", "prescriber": "Dr. Ono"},
            TODAY,
            None,
        ),
    )
    assert holding("medicine") == [old, new]
    actions.void(assessment=row, reason="The wrong client.", by=actor(there.worker))
    assert holding("medicine") == [(old[0], None, None)]
    assert Fact.objects.get(mistaken=True).reason == "The wrong client."


def test_of_two_of_the_same_thing_the_one_that_changed_changes() -> None:
    there = care()
    two = {
        "medicine-name[0]": words("Lithium"),
        "medicine-dose[0]": words("300 mg in the morning"),
        "medicine-name[1]": words("Lithium"),
        "medicine-dose[1]": words("300 mg at night"),
    }
    signed(there, two, turns=2)
    assert len(holding("medicine")) == 2
    signed(there, two | {"medicine-dose[0]": words("600 mg in the morning")}, turns=2)
    assert sorted(value["dose"] for value, _from, to in holding("medicine") if to is None) == [
        "300 mg at night",
        "600 mg in the morning",
    ]


def test_a_last_day_that_was_told_is_taken_back_and_one_that_somebody_wrote_stays() -> None:
    there = care()
    two = {"medicine-name[0]": words("Lithium"), "medicine-name[1]": words("Aspirin")}
    signed(there, two, turns=2)
    lithium, aspirin = (Fact.objects.get(value__name=name) for name in ("Lithium", "Aspirin"))
    row = signed(there, two | {"medicine-until[0]": day("2026-11-01")}, turns=2)
    end_fact(fact=aspirin, ends_on=date(2026, 11, 1), by=actor(there.worker))
    assert {to for _value, _from, to in holding("medicine")} == {date(2026, 11, 1)}
    actions.void(assessment=row, reason="The wrong client.", by=actor(there.worker))
    assert Fact.objects.get(pk=lithium.pk).ends_on is None
    assert Fact.objects.get(pk=aspirin.pk).ends_on == date(2026, 11, 1)


def test_a_move_ends_the_home_before_and_voiding_brings_it_back() -> None:
    there = care()
    signed(there, {"home-setting": coding("own_home")})
    row = signed(there, {"home-setting": coding("shelter")})
    assert holding("housing") == [({"setting": "own_home"}, None, TODAY), ({"setting": "shelter"}, TODAY, None)]
    actions.void(assessment=row, reason="A mistake.", by=actor(there.worker))
    actions.void(assessment=row, reason="A mistake.", by=actor(there.worker))
    assert holding("housing") == [({"setting": "own_home"}, None, None)]


def test_a_correction_takes_back_what_was_said_and_says_it_anew() -> None:
    there = care()
    row = signed(there, {"medicine-name[0]": words("Lithium"), "level": coding("two")}, turns=1)
    new = signed(there, {"medicine-name[0]": words("Litium"), "level": coding("three")}, replaced=row)
    assert [value for value, _from, _to in holding("medicine")] == [{"name": "Litium"}]
    assert Fact.objects.get(current=True).source_id == new.pk
    assert list(SkillStep.objects.filter(voided=False).values_list("level", flat=True)) == [3]


def test_a_skill_is_written_once_with_what_was_seen() -> None:
    there = care()
    row = signed(there, {"level": coding("two"), "seen": words("Paid the rent with me.")})
    actions.sign(assessment=row, by=actor(there.worker))
    step = SkillStep.objects.get()
    assert (step.skill, step.level, step.on, step.evidence) == ("money", 2, TODAY, "Paid the rent with me.")
    assert (step.source_kind, step.source_id) == ("assessment", row.pk)
    assert list(Entry.objects.values_list("kind", flat=True)) == ["assessed"]
    actions.void(assessment=row, reason="A mistake.", by=actor(there.worker))
    assert SkillStep.objects.get().voided


def test_without_evidence_the_answer_says_what_was_seen() -> None:
    there = care()
    signed(there, {"level": coding("four")})
    assert SkillStep.objects.get().evidence == "It is four"


def test_what_cannot_be_written_is_told_at_its_item_and_nothing_is_signed() -> None:
    there = care()
    with pytest.raises(AnswerProblems) as caught:
        signed(there, {"medicine-dose[0]": words("300 mg")}, turns=1)
    assert [(one.item, one.reason) for one in caught.value.problems] == [("medicine-name[0]", "Fill this in.")]
    with pytest.raises(AnswerProblems) as caught:
        signed(there, {"medicine-name[0]": words("Lithium"), "medicine-since[0]": day("2028-01-01")}, turns=1)
    assert [one.item for one in caught.value.problems] == ["medicine-since[0]"]
    assert not Fact.objects.exists()
    assert set(Assessment.objects.values_list("state", flat=True)) == {"open"}


def test_what_starts_from_the_known_and_changes_holds_from_the_day_it_was_asked() -> None:
    there = care()
    said = {
        "medicine-name[0]": words("Lithium"),
        "medicine-dose[0]": words("300 mg"),
        "medicine-since[0]": day("2026-03-01"),
    }
    signed(there, said, turns=1)
    signed(there, said | {"medicine-dose[0]": words("600 mg")}, turns=1)  # the day still says when it was begun
    assert holding("medicine") == [
        ({"name": "Lithium", "dose": "300 mg"}, date(2026, 3, 1), TODAY),
        ({"name": "Lithium", "dose": "600 mg"}, TODAY, None),
    ]


def test_nothing_is_learned_of_facts_under_other_labels() -> None:
    there = care()
    state_fact(
        person=there.person,
        kind="medicine",
        value={"name": "Buprenorphine", "dose": "8 mg"},
        said_by="paper",
        said_on=TODAY,
        labels=1,
        by=actor(there.worker),
    )
    signed(there, {"medicine-name[0]": words("Buprenorphine")}, turns=1)
    assert [(fact.labels, fact.value, fact.ends_on) for fact in Fact.objects.order_by("labels")] == [
        (0, {"name": "Buprenorphine"}, None),
        (1, {"name": "Buprenorphine", "dose": "8 mg"}, None),
    ]
