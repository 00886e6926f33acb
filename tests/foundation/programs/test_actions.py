"""Programs are opened from templates; their rules change by versions that are never edited."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError, EditConflict
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.programs import queries
from goldthread.foundation.programs.actions import change_rules, edit_program, open_program
from goldthread.foundation.programs.enums import Reason, Unit
from goldthread.foundation.programs.models import Program, ProgramVersion
from goldthread.foundation.programs.rules.deviations import Deviation
from goldthread.foundation.programs.rules.template import Interval, Span
from goldthread.foundation.programs.shipped import shipped
from tests.factories import TeamFactory

pytestmark = pytest.mark.django_db
OPENED = date(2026, 1, 5)
ANSWER = Deviation("face-to-face-90", "The state gave a waiver.", "7", "Gloria Nakamura")


def opened(actor: Actor, of="idd-hcbs", **changed):
    values = {
        "key": of,
        "name": f"Our {of}",
        "template": shipped()[of],
        "template_key": of,
        "team": None,
        "opened_on": OPENED,
        "by": actor,
    }
    return open_program(**(values | changed))


def every(template, key, count, unit=Unit.DAYS, **changed):
    """*template* with another interval of one rule."""
    rules = [
        replace(one, interval=Interval(Span(count, unit)), **changed) if one.key == key else one
        for one in template.requirements
    ]
    return replace(template, requirements=tuple(rules))


def changed(actor, program, template, day=date(2026, 12, 1), seen=None, deviations=(), reason=""):
    number = seen or queries.latest(program).number
    return change_rules(
        program=program,
        template=template,
        in_force_from=day,
        by=actor,
        reason=reason,
        deviations=deviations,
        version_seen=number,
    )


def test_a_program_opens_with_a_copy_of_the_rules(actor):
    team = TeamFactory()
    program = opened(actor, "substance-use", team=team)
    assert (program.template_key, program.unit, program.labels, program.team) == (
        "substance-use",
        "person",
        Label.SUBSTANCE_USE,
        team,
    )
    version = program.versions.get()
    assert (version.number, version.in_force_from, version.deviations, version.made_at) == (1, OPENED, [], actor.at)
    assert queries.template_on(program, date(2026, 11, 19)) == shipped()["substance-use"]
    event = Event.objects.get(action="programs.opened")
    assert event.object_id == str(program.pk)


def test_opening_twice_with_the_same_form_is_once(actor):
    form = new_id()
    assert opened(actor, form_id=form) == opened(actor, form_id=form)
    assert Program.objects.count() == 1


@pytest.mark.parametrize(
    "again", [{"key": "other", "name": "our IDD-hcbs"}, {"name": "another"}, {"key": "x", "name": "  "}]
)
def test_name_and_key_are_taken_once(actor, again):
    opened(actor)
    with pytest.raises(DomainError) as caught:
        opened(actor, **again)
    assert caught.value.field == "name"
    assert Program.objects.count() == 1


def test_open_programs_are_those_open_that_day(actor, django_assert_num_queries):
    first = opened(actor)
    later = opened(actor, "hospice", opened_on=date(2026, 12, 1))
    closed = opened(actor, "occupational")
    Program.objects.filter(pk=closed.pk).update(closed_on=date(2026, 11, 19))
    with django_assert_num_queries(1):
        assert queries.open_programs(date(2026, 11, 19)) == [first]
    assert queries.open_programs(date(2026, 11, 18)) == [first, closed]
    assert queries.open_programs(date(2026, 12, 1)) == [later, first]
    assert queries.all_programs() == [later, first, closed]


def test_a_change_is_another_version_from_a_day_on(actor):
    program = opened(actor)
    before = queries.template_on(program, OPENED)
    tighter = every(before, "face-to-face-90", 60)
    made = changed(actor, program, tighter, reason="As the county asks")
    assert (made.number, made.in_force_from, made.reason, made.deviations) == (
        2,
        date(2026, 12, 1),
        "As the county asks",
        [],
    )
    assert program.versions.get(number=1).content == ProgramVersion.objects.get(number=1).content
    assert queries.template_on(program, date(2026, 11, 30)) == before
    assert queries.template_on(program, date(2026, 12, 1)) == tighter
    assert queries.template_on(program, date(2020, 1, 1)) == before
    event = Event.objects.get(action="programs.rules_changed")
    assert event.details["rules"] == ["face-to-face-90"]


def test_rules_of_many_programs_are_read_once(actor, django_assert_num_queries):
    one, two = opened(actor), opened(actor, "hospice")
    changed(actor, one, every(shipped()["idd-hcbs"], "face-to-face-90", 30))
    queries._PARSED.clear()
    with django_assert_num_queries(2):
        rules = queries.rules_of([one.pk, two.pk])
    assert [day for day, _rules in rules[one.pk]] == [OPENED, date(2026, 12, 1)]
    assert rules[two.pk] == ((OPENED, shipped()["hospice"]),)
    with django_assert_num_queries(1):
        assert queries.rules_of([one.pk, two.pk]) == rules
    assert queries.rules_of([]) == {}


def test_two_changes_for_the_same_day_the_later_one_counts(actor):
    program = opened(actor)
    first = every(shipped()["idd-hcbs"], "face-to-face-90", 60)
    second = every(first, "face-to-face-90", 30)
    changed(actor, program, first)
    changed(actor, program, second)
    assert queries.rules_of([program.pk])[program.pk] == ((OPENED, shipped()["idd-hcbs"]), (date(2026, 12, 1), second))


def test_the_same_rules_make_no_version(actor):
    program = opened(actor)
    assert changed(actor, program, shipped()["idd-hcbs"]).number == 1


@pytest.mark.parametrize("day", [date(2026, 11, 30), date(2026, 11, 19) + timedelta(days=733)])
def test_days_that_cannot_be(actor, day):
    program = opened(actor)
    first = every(shipped()["idd-hcbs"], "face-to-face-90", 60)
    changed(actor, program, first)
    with pytest.raises(DomainError) as caught:
        changed(actor, program, every(first, "face-to-face-90", 30), day=day)
    assert caught.value.field == "in_force_from"


def test_a_rule_of_the_field_is_loosened_only_with_a_reason_and_a_name(actor):
    program = opened(actor)
    looser = every(shipped()["idd-hcbs"], "face-to-face-90", 120)
    with pytest.raises(DomainError, match="Face to face every 90 days") as caught:
        changed(actor, program, looser)
    assert caught.value.field == "deviation_reason"
    made = changed(actor, program, looser, deviations=[ANSWER])
    assert made.deviations == [
        {
            "requirement": "face-to-face-90",
            "reason": "The state gave a waiver.",
            "staff": "7",
            "name": "Gloria Nakamura",
            "on": "2026-11-19",
        }
    ]


def test_a_deviation_stays_with_other_changes_and_goes_when_the_rule_is_itself_again(actor):
    program = opened(actor)
    looser = every(shipped()["idd-hcbs"], "face-to-face-90", 120)
    changed(actor, program, looser, deviations=[ANSWER])
    other = every(looser, "assessment-annual", 11, Unit.MONTHS)
    assert changed(actor, program, other).deviations[0]["name"] == "Gloria Nakamura"
    with pytest.raises(DomainError):
        changed(actor, program, every(other, "face-to-face-90", 150))
    assert changed(actor, program, every(other, "face-to-face-90", 100)).deviations
    assert changed(actor, program, every(other, "face-to-face-90", 90)).deviations == []


def test_a_judgement_is_loosened_without_ceremony(actor):
    program = opened(actor, "substance-use")
    made = changed(actor, program, every(shipped()["substance-use"], "contact", 4, Unit.WEEKS))
    assert made.deviations == []


def test_rules_of_an_agencys_own_template_are_measured_against_its_first_version(actor):
    program = opened(actor, key="ours", template=shipped()["idd-hcbs"], template_key="", name="Ours")
    changed(actor, program, every(shipped()["idd-hcbs"], "face-to-face-90", 30))
    with pytest.raises(DomainError):
        changed(actor, program, every(shipped()["idd-hcbs"], "face-to-face-90", 91))


def test_labels_and_unit_stay(actor):
    program = opened(actor)
    with pytest.raises(DomainError, match="labels"):
        changed(actor, program, replace(shipped()["idd-hcbs"], labels=("hiv",)))
    with pytest.raises(DomainError, match="households"):
        changed(actor, program, replace(shipped()["idd-hcbs"], unit="household"))


def test_who_saw_an_older_version_gets_the_difference(actor):
    program = opened(actor)
    start = shipped()["idd-hcbs"]
    changed(replace(actor, name="Gloria Nakamura"), program, every(start, "face-to-face-90", 60))
    with pytest.raises(EditConflict) as caught:
        changed(actor, program, every(start, "face-to-face-90", 45), seen=1)
    (conflict,) = caught.value.conflicts
    assert (conflict.field, conflict.who) == ("face-to-face-90", "Gloria Nakamura")
    assert "45 days" in conflict.mine
    assert "60 days" in conflict.theirs
    assert program.versions.count() == 2


def test_a_conflict_beside_the_rules_names_the_field(actor):
    program = opened(actor)
    changed(actor, program, replace(shipped()["idd-hcbs"], plan_word="ISP"))
    with pytest.raises(EditConflict) as caught:
        changed(actor, program, replace(shipped()["idd-hcbs"], client_word="participant"), seen=1)
    assert [one.field for one in caught.value.conflicts] == ["plan_word"]


def test_a_version_that_never_was_is_a_conflict_too(actor):
    program = opened(actor)
    with pytest.raises(EditConflict):
        changed(actor, program, every(shipped()["idd-hcbs"], "face-to-face-90", 60), seen=9)


def test_name_and_team_are_edited(actor):
    program, other = opened(actor), opened(actor, "hospice")
    team = TeamFactory()
    edited = edit_program(program=program, values={"name": "Waiver", "team": team}, version=1, by=actor)
    assert (edited.name, edited.team, edited.version) == ("Waiver", team, 2)
    with pytest.raises(DomainError):
        edit_program(program=other, values={"name": "waiver", "team": None}, version=1, by=actor)


def test_an_exception_more_is_a_loosening(actor):
    program = opened(actor)
    source = shipped()["idd-hcbs"].requirement("face-to-face-90")
    more = every(shipped()["idd-hcbs"], "face-to-face-90", 90, exceptions=source.exceptions | {Reason.ILLNESS})
    with pytest.raises(DomainError):
        changed(actor, program, more)


def test_parsed_versions_are_kept_within_bounds(actor, monkeypatch):
    program = opened(actor)
    monkeypatch.setattr(queries, "MOST_PARSED", 0)
    assert queries.template_on(program, OPENED) == shipped()["idd-hcbs"]
    assert queries.parsed(queries.latest(program)) == shipped()["idd-hcbs"]
    queries._PARSED.clear()
    assert queries.parsed(queries.latest(program)) == shipped()["idd-hcbs"]
