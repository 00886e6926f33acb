"""Waitlists: put on, ranked by the rules, called meanwhile, offered, answered, lapsed, taken off, put back, enrolled."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from goldthread.casework.caseload.actions import enrol
from goldthread.casework.episodes.models import Episode
from goldthread.casework.intake.actions.leaving import put_back, remove
from goldthread.casework.intake.actions.looking_after import look_after, rank_all
from goldthread.casework.intake.actions.offers import answer, offer, take_back_answer
from goldthread.casework.intake.actions.settling import settle
from goldthread.casework.intake.actions.taking_in import take_in
from goldthread.casework.intake.actions.waiting import keep_in_touch, put_on_waitlist, say_of_order, touch
from goldthread.casework.intake.actions.writing import keep
from goldthread.casework.intake.models import Inquiry, Offer, Outcome, Place, Touch
from goldthread.casework.intake.queries.vacancies import vacancies
from goldthread.casework.intake.queries.waiting import positions, rules_today, waits_of_client
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.models import Task
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.actions import change_rules, open_program
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.rules.reading import read_template
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Notice
from goldthread.people.persons.actions.about import edit_about
from tests.factories import AgencyFactory, PersonFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db
RULES = """template: adults
title: Adults
requirements: []
waitlist:
  first:
    - danger
    - {priority: leaving_hospital, when: {referral: [hospital]}}
  contact: 30 days
  answer: 5 business days
  source: judgement
"""


@pytest.fixture
def by(actor: Actor) -> Actor:
    AgencyFactory()
    return replace(actor, staff=StaffFactory(role=Role.INTAKE).pk)


@pytest.fixture
def program(by: Actor) -> Program:
    return open_program(
        key="adults", name="Adults", template=read_template(RULES), template_key="", team=TeamFactory(),
        opened_on=date(2026, 1, 1), by=by,
    )  # fmt: skip


def inquiry(by: Actor, given: str, days_ago: int = 0, **more: list[str]) -> Inquiry:
    said = {"given": [given], "family": ["Ortiz"], "program": ["adults"]} | more
    then = replace(by, today=by.today - timedelta(days=days_ago))
    return settle(inquiry=keep(pk=uuid4(), given=said, by=then).inquiry, client=None, by=by)


def waits(by: Actor, program: Program, given: str = "Maria", days_ago: int = 0, **more: list[str]) -> Place:
    return put_on_waitlist(inquiry=inquiry(by, given, days_ago, **more), program=program, by=by)


def order(program: Program) -> list[str]:
    rows = list(Place.objects.filter(program=program, ended_on__isnull=True).select_related("inquiry"))
    found = {row.pk: row.inquiry.display_name.split()[0] for row in rows}
    numbers = positions(rows)
    assert numbers == {row.pk: positions([row])[row.pk] for row in rows}
    return [found[pk] for pk in sorted(numbers, key=lambda pk: numbers[pk])]


def tasks(kind: str) -> list[tuple[str, date | None]]:
    return list(Task.objects.filter(source_kind=kind, state="open").order_by("due_on").values_list("title", "due_on"))


def test_put_on_the_list_with_a_task_and_the_inquiry_is_answered(by: Actor, program: Program):
    place = waits(by, program)
    again = put_on_waitlist(inquiry=place.inquiry, program=program, by=by)
    assert again == place
    # thirty days after 19 November is Saturday 19 December; the next day of work is the 21st
    assert (place.since, place.contact_on, place.rank) == (date(2026, 11, 19), date(2026, 12, 21), 2)
    assert tasks("place") == [("Call somebody who is on a waitlist", date(2026, 12, 21))]
    outcome = Outcome.objects.get()
    assert (outcome.result, outcome.source_kind, outcome.source_id) == ("waitlisted", "place", place.pk)
    assert Inquiry.objects.get().state == "done"


def test_ranked_by_groups_then_by_days(by: Actor, program: Program):
    waits(by, program, "Late")
    waits(by, program, "Early", 9)
    waits(by, program, "Hospital", referral=["hospital"])
    danger = waits(by, program, "Danger")
    say_of_order(place=danger, answers={"danger": True}, note="Threatened at home", version=danger.version, by=by)
    assert order(program) == ["Danger", "Hospital", "Early", "Late"]
    # what a person says comes before what is worked out
    hospital = Place.objects.get(group="leaving_hospital")
    say_of_order(
        place=hospital, answers={"leaving_hospital": False}, note="Home again", version=hospital.version, by=by
    )
    assert order(program) == ["Danger", "Early", "Late", "Hospital"]
    with pytest.raises(DomainError, match="Say why"):
        say_of_order(place=danger, answers={}, note=" ", version=9, by=by)
    with pytest.raises(DomainError, match="Somebody else changed"):
        say_of_order(place=danger, answers={}, note="So", version=1, by=by)


def test_changed_rules_and_facts_rank_anew(by: Actor, program: Program):
    waits(by, program, "First", 3)
    second = waits(by, program, "Second")
    assert order(program) == ["First", "Second"]
    rules = read_template(RULES.replace("referral: [hospital]", "age: {under: 6}"))
    change_rules(
        program=program, template=rules, in_force_from=by.today, by=by, reason="", deviations=[], version_seen=1
    )
    row = second.inquiry
    row.said |= {"birth_date": "3/4/2023"}
    row.save()
    assert rank_all(program=program, by=by) == 1
    assert order(program) == ["Second", "First"]
    assert rank_all(program=program, by=by) == 0


def test_who_cannot_be_put_on_it(by: Actor, program: Program):
    row = keep(pk=uuid4(), given={"given": ["Ana"], "program": ["adults"]}, by=by).inquiry
    with pytest.raises(DomainError, match="who it is"):
        put_on_waitlist(inquiry=row, program=program, by=by)
    with pytest.raises(DomainError, match="The criteria say no"):
        put_on_waitlist(
            inquiry=settle(inquiry=row, client=None, by=by), program=program, judged={"verdict": "not"}, by=by
        )
    known = PersonFactory()
    one, two = (settle(inquiry=inquiry(by, name), client=known, by=by) for name in ("One", "Two"))
    put_on_waitlist(inquiry=one, program=program, by=by)
    with pytest.raises(DomainError, match="on this waitlist already"):
        put_on_waitlist(inquiry=two, program=program, by=by)
    assert Entry.objects.get(kind="waiting").person == known
    assert [number for _place, number in waits_of_client(known.pk, 0)] == [1]


def test_called_and_called_again(by: Actor, program: Program):
    place, press = waits(by, program), uuid4()
    for _press in range(2):
        touch(place=place, how="not_reached", note="No answer", form_id=press, by=by)
    assert Touch.objects.count() == 1
    # three days of work after Thursday 19 November: Friday, Monday, Tuesday
    assert tasks("place") == [("Call somebody who is on a waitlist", date(2026, 11, 24))]
    touch(place=place, how="still", by=replace(by, today=date(2026, 11, 24)))
    assert tasks("place") == [("Call somebody who is on a waitlist", date(2026, 12, 24))]
    touch(place=place, how="still", again_on=date(2026, 12, 1), by=by)
    assert Place.objects.get().contact_on == date(2026, 12, 1)
    for how, day, said in (("", None, "how it went"), ("still", by.today, "a day to come")):
        with pytest.raises(DomainError, match=said):
            touch(place=place, how=how, again_on=day, by=by)


def test_an_offer_out_of_turn_needs_words_and_an_answer_has_a_day(by: Actor, program: Program):
    waits(by, program, "First", 3)
    place = waits(by, program, "Second")
    with pytest.raises(DomainError, match="Others come first"):
        offer(place=place, by=by)
    press = uuid4()
    made = [offer(place=place, why_now="The room has stairs", form_id=press, by=by) for _press in range(2)]
    assert made[0] == made[1]
    # five days of work after 19 November; the 26th is Thanksgiving, so the 27th
    assert made[0].answer_by == date(2026, 11, 27)
    assert tasks("offer") == [("Hear whether an offered place is wanted", date(2026, 11, 27))]
    with pytest.raises(DomainError, match="offered a place already"):
        offer(place=place, why_now="Again", by=by)


def test_accepted_leads_back_to_the_inquiry_and_enrolled_ends_the_waiting(by: Actor, program: Program):
    place = waits(by, program)
    offer(place=place, by=by)
    answer(place=place, answer="accepted", by=by)
    row = Inquiry.objects.get()
    assert (row.state, row.due_on, row.owner_id) == ("open", by.today, by.staff)
    assert not Outcome.objects.filter(voided=False).exists()
    take_in(inquiry=row, program=program, by=by, enrolled_on=by.today)
    place.refresh_from_db()
    assert (place.state, place.ended_on) == ("enrolled", by.today)
    assert Outcome.objects.get(voided=False).result == "enrolled"
    assert Inquiry.objects.get().state == "done"
    assert tasks("place") == tasks("offer") == []
    with pytest.raises(DomainError, match="enrolled"):
        put_back(place=place, by=by)
    with pytest.raises(DomainError, match="no answer to take back"):
        take_back_answer(place=place, by=by)


def test_declined_and_stays_or_leaves_and_taken_back(by: Actor, program: Program):
    place = waits(by, program)
    offer(place=place, by=by)
    answer(place=place, answer="declined", note="In spring", by=by)
    place.refresh_from_db()
    assert (place.state, place.since) == ("waiting", by.today)
    assert len(tasks("place")) == 1
    take_back_answer(place=place, by=by)
    assert Offer.objects.get().answer == ""
    assert (len(tasks("place")), len(tasks("offer"))) == (0, 1)
    answer(place=place, answer="declined", stays=False, by=by)
    place.refresh_from_db()
    assert (place.state, place.end_reason) == ("removed", "declined")
    take_back_answer(place=place, by=by)
    answer(place=place, answer="accepted", by=by)
    take_back_answer(place=place, by=by)
    assert Outcome.objects.get(voided=False).result == "waitlisted"
    assert Inquiry.objects.get().state == "done"
    for said, wrong in (("maybe", "Say what the answer was"), ("declined", None), ("declined", "no offer to answer")):
        if wrong is None:
            answer(place=place, answer=said, by=by)
            continue
        with pytest.raises(DomainError, match=wrong):
            answer(place=place, answer=said, by=by)


def test_nobody_answers_and_the_morning_ends_the_offer_not_the_waiting(by: Actor, program: Program):
    waits(by, program, "Other", 1)
    place = waits(by, program, "Silent", 5)
    owner = StaffFactory(role=Role.INTAKE)
    keep_in_touch(place=place, owner=owner, by=by)
    offer(place=place, by=by)
    last_day = replace(by, staff=None, today=date(2026, 11, 27))
    assert look_after(program=program, by=last_day) == 0
    late = replace(last_day, today=date(2026, 11, 28))
    assert look_after(program=program, by=late) == 1
    assert look_after(program=program, by=late) == 0
    place.refresh_from_db()
    assert (place.state, Offer.objects.get().answer) == ("waiting", "no_answer")
    assert order(program) == ["Silent", "Other"]
    assert ("Nobody answered an offer: call, then offer again or take off the list", date(2026, 11, 30)) in tasks(
        "place"
    )
    assert Notice.objects.get(kind="offer_lapsed").to == owner


def test_taken_off_and_put_back_at_the_same_position(by: Actor, program: Program):
    place = waits(by, program, "First", 3)
    waits(by, program, "Second")
    offer(place=place, by=by)
    with pytest.raises(DomainError, match="Choose why"):
        remove(place=place, reason="", by=by)
    with pytest.raises(DomainError, match="own words"):
        remove(place=place, reason="other", by=by)
    remove(place=place, reason="moved", note="To Ohio", by=by)
    assert Offer.objects.get().answer == "withdrawn"
    assert order(program) == ["Second"]
    with pytest.raises(DomainError, match="no longer on the waitlist"):
        touch(place=place, how="still", by=by)
    for _press in range(2):
        put_back(place=place, by=by)
    assert order(program) == ["First", "Second"]


def test_put_on_it_by_mistake_asks_the_inquiry_again(by: Actor, program: Program):
    place = waits(by, program)
    remove(place=place, reason="mistake", by=by)
    assert Inquiry.objects.get().state == "open"
    other = put_on_waitlist(inquiry=Inquiry.objects.get(), program=program, by=by)
    assert other != place
    with pytest.raises(DomainError, match="just answered"):
        put_back(place=place, by=by)
    remove(place=other, reason="mistake", by=by)
    put_back(place=other, by=by)
    assert Inquiry.objects.get().state == "done"


def test_whoever_was_enrolled_elsewhere_waits_no_longer(by: Actor, program: Program):
    known = PersonFactory()
    place = put_on_waitlist(inquiry=settle(inquiry=inquiry(by, "Ana"), client=known, by=by), program=program, by=by)
    enrol(program=program, person=known, enrolled_on=by.today, by=by)
    assert look_after(program=program, by=replace(by, staff=None)) == 1
    place.refresh_from_db()
    assert place.state == "enrolled"


def test_whoever_has_died_waits_no_longer_and_is_not_called(by: Actor, program: Program):
    """Whom a goodbye of another program says to have died: their offer held a place, and somebody was to call them."""
    known = PersonFactory(client_number=8, client_since=by.today)
    place = put_on_waitlist(inquiry=settle(inquiry=inquiry(by, "Ana"), client=known, by=by), program=program, by=by)
    offer(place=place, by=by)
    edit_about(person=known, version_seen=known.version, values={"deceased": True, "died_on": by.today}, by=by)
    job = replace(by, staff=None)
    assert [look_after(program=program, by=job) for _hour in range(2)] == [1, 0]
    place.refresh_from_db()
    assert (place.state, place.end_reason, place.ended_on) == ("removed", "died", by.today)
    assert not Task.objects.filter(state="open").exists()
    assert Offer.objects.get().answer == "withdrawn"
    Program.objects.filter(pk=program.pk).update(unit="household")
    program.refresh_from_db()
    put_back(place=place, by=by)
    assert look_after(program=program, by=job) == 0, "the others of a household may still want it"


def with_places(program: Program, by: Actor, many: int) -> None:
    text = RULES.replace("  source: judgement", f"  places: {many}\n  source: judgement")
    change_rules(
        program=program, template=read_template(text), in_force_from=by.today, by=by, reason="", deviations=[],
        version_seen=1,
    )  # fmt: skip


def free(program: Program, by: Actor) -> tuple[int, int]:
    found = vacancies({program.pk: rules_today(program.pk, by.today).waitlist})[program.pk]
    return found.free, found.places


def test_an_offer_takes_its_place_and_one_more_than_there_are_needs_who_may_and_a_reason(by: Actor, program: Program):
    assert vacancies({program.pk: rules_today(program.pk, by.today).waitlist}) == {}
    with_places(program, by, 2)
    enrolled = enrol(program=program, person=PersonFactory(client_number=9, client_since=by.today), enrolled_on=by.today, by=by)  # fmt: skip
    first, second = waits(by, program, "First", 3), waits(by, program, "Second", 1)
    assert free(program, by) == (1, 2)
    press = uuid4()
    for _press in range(2):
        offer(place=first, form_id=press, by=by)
    assert free(program, by) == (0, 2)
    for may, why, said in (
        (False, "", "No place is free: 2 of 2 are taken"),
        (False, "A sister of hers leaves", "A supervisor or program manager"),
        (True, " ", "Say why one more"),
    ):
        with pytest.raises(DomainError, match=said):
            offer(place=second, why_over=why, may_exceed=may, by=by)
    offer(place=second, why_over="A sister of hers leaves", may_exceed=True, by=by)
    assert Offer.objects.get(place=second).why_over == "A sister of hers leaves"
    assert free(program, by) == (0, 2)
    answer(place=first, answer="declined", by=by)
    answer(place=second, answer="declined", stays=False, by=by)
    assert free(program, by) == (1, 2)
    offer(place=first, why_over="Nobody asked for this", may_exceed=True, by=by)
    assert Offer.objects.get(place=first, answer="").why_over == ""
    answer(place=first, answer="accepted", by=by)
    assert free(program, by) == (0, 2), "accepted, and not enrolled yet"
    take_in(inquiry=first.inquiry, program=program, by=by, enrolled_on=by.today)
    assert free(program, by) == (0, 2), "who was offered a place needs no second one"
    Episode.objects.filter(pk=enrolled.pk).update(discharged_on=by.today, discharge_reason="moved")
    assert free(program, by) == (1, 2)


def test_whoever_comes_in_by_no_offer_takes_a_place_too(by: Actor, program: Program):
    with_places(program, by, 1)
    waiting = waits(by, program, "First", 3)
    offer(place=waiting, by=by)
    row = settle(inquiry=inquiry(by, "Second"), client=None, by=by)
    for may, why in ((False, "Twins"), (True, "")):
        with pytest.raises(DomainError, match="No place is free") as refused:
            take_in(inquiry=row, program=program, by=by, enrolled_on=by.today, override=why, may_exceed=may)
        assert refused.value.field == "override"
    assert not Episode.objects.exists()
    take_in(inquiry=row, program=program, by=by, enrolled_on=by.today, override="Twins", may_exceed=True)
    assert Outcome.objects.get(inquiry=row, voided=False).override == "Twins"
