"""Rules changed over HTTP: as sentences and as files, with versions, conflicts and deviations."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs import queries
from goldthread.foundation.programs.enums import Reason, Unit
from goldthread.foundation.programs.rules.template import Span
from goldthread.foundation.programs.shipped import shipped
from goldthread.foundation.workforce.enums import Role
from tests.doors.web.account.helpers import sign_in
from tests.doors.web.programs.helpers import FAR, filled, opened, page
from tests.factories import AgencyFactory, StaffFactory

TWO = ("mental-health-tcm", "substance-use")
"""Templates that ./test tries. Whether a template reads as it was written is asked of many, drawn by chance, in foundation/programs/rules/test_writing.py."""
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def agency():
    cache.clear()
    return AgencyFactory()


@pytest.fixture
def gloria(client):
    staff = StaffFactory(role=Role.ADMINISTRATOR, name="Gloria Nakamura")
    sign_in(client, staff)
    return staff


@pytest.mark.parametrize(
    "key",
    [pytest.param(key, marks=() if key in TWO else pytest.mark.slow) for key in sorted(shipped())],
)
def test_every_rule_of_every_template_can_be_saved_untouched_and_nothing_changes(client, gloria, key):
    program = opened(key)
    for rule in shipped()[key].requirements:
        answer = client.get(page("rule", program.pk, rule.key))
        assert answer.status_code == 200
        assert answer.content.count(b"btn primary") == 1
        answer = client.post(page("rule", program.pk, rule.key), filled(program, rule.key))
        assert answer.status_code == 302, rule.key
    assert program.versions.count() == 1


def test_an_interval_is_changed_from_a_day_on(client, gloria):
    program = opened()
    sent = filled(program, "face-to-face-90", every_count="60", reason="The county asks for it")
    answer = client.post(page("rule", program.pk, "face-to-face-90"), sent)
    assert answer.headers["Location"] == page("version", program.pk, 2)
    rule = queries.template_on(program, FAR).requirement("face-to-face-90")
    assert rule.interval.span == Span(60, Unit.DAYS)
    text = client.get(page("version", program.pk, 2)).content.decode()
    assert "every 90 days" in text
    assert "every 60 days" in text
    assert "asks for more" in text
    assert "The county asks for it" in text
    assert "Other rules hold from" in client.get(page("program", program.pk)).content.decode()


def test_every_part_of_the_sentence_can_be_changed(client, gloria):
    program = opened("substance-use")
    sent = filled(
        program,
        "contact",
        title="Seen every week",
        weight="safety",
        kind="contact",
        mode=["in_person", "video"],
        place=["residence"],
        seen=["client"],
        activity=["monitoring"],
        least_minutes="20",
        trigger="referred",
        clock="last",
        every_count="1",
        every_unit="weeks",
        first_count="3",
        first_unit="business_days",
        high_count="2",
        high_unit="days",
        from_plan="on",
        remind_count="2",
        remind_unit="days",
        escalate_count="12",
        escalate_unit="hours",
        grace_count="1",
        grace_unit="days",
        exceptions=["refused", "weather"],
    )
    assert client.post(page("rule", program.pk, "contact"), sent).status_code == 302
    rule = queries.template_on(program, FAR).requirement("contact")
    accepts = rule.accepts[0]
    assert (rule.title, rule.weight, rule.trigger.kind) == ("Seen every week", "safety", "referred")
    assert (accepts.modes, accepts.places, accepts.activities, accepts.minutes) == (
        {"in_person", "video"},
        {"residence"},
        {"monitoring"},
        20,
    )
    assert (rule.interval.span, rule.offset) == (Span(1, Unit.WEEKS), Span(3, Unit.BUSINESS_DAYS))
    assert rule.interval.by_acuity == {"high": Span(2, Unit.DAYS)}
    assert rule.interval.from_plan
    assert (rule.remind, rule.escalate, rule.grace) == (Span(2, Unit.DAYS), Span(12, Unit.HOURS), Span(1, Unit.DAYS))
    assert rule.exceptions == {Reason.REFUSED, Reason.WEATHER}


@pytest.mark.parametrize(
    ("said", "clock", "offset"),
    [
        ({"clock": "period", "each": "week", "due_day": "5"}, "period", None),
        (
            {"clock": "trigger", "due_count": "9", "due_unit": "days", "direction": "before"},
            "trigger",
            Span(9, Unit.DAYS, before=True),
        ),
    ],
)
def test_the_clock_is_changed(client, gloria, said, clock, offset):
    program = opened("substance-use")
    assert client.post(page("rule", program.pk, "contact"), filled(program, "contact", **said)).status_code == 302
    rule = queries.template_on(program, FAR).requirement("contact")
    assert (rule.clock, rule.offset, rule.due_day) == (clock, offset, 5 if clock == "period" else None)


def test_an_age_stays_the_start_of_its_clock(client, gloria):
    program = opened("early-intervention")
    sent = filled(program, "transition-conference", due_count="120")
    assert sent["trigger"] == "as-it-is"
    assert client.post(page("rule", program.pk, "transition-conference"), sent).status_code == 302
    rule = queries.template_on(program, FAR).requirement("transition-conference")
    assert (rule.trigger.age, rule.offset) == (Span(3, Unit.YEARS), Span(120, Unit.DAYS, before=True))


def test_the_percent_of_a_share_is_changed(client, gloria):
    program = opened("foster-care-child")
    sent = filled(program, "visits-in-residence", percent="60")
    assert client.post(page("rule", program.pk, "visits-in-residence"), sent).status_code == 302
    assert queries.template_on(program, FAR).requirement("visits-in-residence").share.percent == 60


def test_looking_at_what_is_not_different_says_so(client, gloria):
    program = opened()
    answer = client.post(
        page("rule", program.pk, "face-to-face-90"), filled(program, "face-to-face-90", due_count="20", look="1")
    )
    assert "Nothing is different yet." in answer.content.decode()
    assert program.versions.count() == 1


def test_looking_first_saves_nothing(client, gloria):
    program = opened()
    answer = client.post(
        page("rule", program.pk, "face-to-face-90"), filled(program, "face-to-face-90", every_count="60", look="1")
    )
    assert answer.status_code == 200
    assert "every 60 days" in answer.content.decode()
    assert 'value="60"' in answer.content.decode()
    assert program.versions.count() == 1


def test_loosening_a_rule_of_the_field_needs_an_administrator_and_a_reason(client, gloria):
    program = opened()
    sent = filled(program, "face-to-face-90", every_count="120")
    answer = client.post(page("rule", program.pk, "face-to-face-90"), sent | {"deviation_by": str(gloria.pk)})
    assert answer.status_code == 422
    assert "asks for less than the source of the rule does" in answer.content.decode()
    worker = StaffFactory(role=Role.CASE_MANAGER)
    assert (
        client.post(
            page("rule", program.pk, "face-to-face-90"),
            sent | {"deviation_by": str(worker.pk), "deviation_reason": "So"},
        ).status_code
        == 422
    )
    answer = client.post(
        page("rule", program.pk, "face-to-face-90"),
        sent | {"deviation_by": str(gloria.pk), "deviation_reason": "A waiver", "in_force_from": "2026-11-01"},
    )
    assert answer.status_code == 302
    text = client.get(page("program", program.pk)).content.decode()
    assert "Gloria Nakamura answers for it: A waiver" in text
    assert "Asks for less than its source: A contact in person, with the client, every 90 days" in text
    assert "1 rule asks for less" in client.get(page("list")).content.decode()


def test_taking_a_rule_of_the_field_out_is_a_deviation_that_stays_in_sight(client, gloria):
    program = opened()
    sent = filled(program, "monthly-activity", remove="on", in_force_from="2026-11-01")
    assert client.post(page("rule", program.pk, "monthly-activity"), sent).status_code == 422
    answer = client.post(
        page("rule", program.pk, "monthly-activity"),
        sent | {"deviation_by": str(gloria.pk), "deviation_reason": "A waiver"},
    )
    assert answer.status_code == 302
    text = client.get(page("program", program.pk)).content.decode()
    assert "taken out" in text
    assert "A waiver" in text
    assert client.get(page("rule", program.pk, "monthly-activity")).status_code == 404


def test_a_rule_is_added(client, gloria):
    program = opened("occupational")
    assert client.get(page("new_rule", program.pk)).status_code == 200
    sent = {
        "form_id": str(new_id()),
        "version": "1",
        "title": "Call the employer",
        "weight": "other",
        "kind": "contact",
        "mode": ["phone"],
        "seen": ["employer"],
        "clock": "period",
        "each": "month",
        "every_unit": "days",
        "trigger": "enrolled",
        "direction": "after",
        "remind_count": "7",
        "remind_unit": "days",
        "escalate_count": "1",
        "escalate_unit": "days",
        "in_force_from": FAR.isoformat(),
    }
    assert client.post(page("new_rule", program.pk), sent).status_code == 302
    rule = queries.template_on(program, FAR).requirement("call-the-employer")
    assert (rule.period, rule.source.judgement, rule.accepts[0].seen) == ("month", True, {"employer"})
    answer = client.post(page("new_rule", program.pk), sent | {"version": "2"})
    assert answer.status_code == 422
    assert "another one above" in answer.content.decode()


def test_what_cannot_be_is_said_and_stays_typed(client, gloria):
    program = opened("occupational")
    answer = client.post(
        page("rule", program.pk, "contact"), filled(program, "contact", every_count="", reason="A long story")
    )
    assert answer.status_code == 422
    assert "when it is due" in answer.content.decode()
    assert "A long story" in answer.content.decode()
    answer = client.post(
        page("rule", program.pk, "contact"), filled(program, "contact", every_count="3", in_force_from="2031-01-01")
    )
    assert answer.status_code == 422
    assert client.post(page("rule", program.pk, "contact"), {}).status_code == 422


def test_two_at_one_rule_the_second_sees_the_first(client, gloria):
    program = opened("occupational")
    mine = filled(program, "contact", every_count="3")
    assert (
        client.post(page("rule", program.pk, "contact"), filled(program, "contact", every_count="4")).status_code == 302
    )
    answer = client.post(page("rule", program.pk, "contact"), mine)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "every 4 weeks" in text
    assert "every 3 weeks" in text
    assert 'name="version" value="2"' in text
    assert client.post(page("rule", program.pk, "contact"), mine | {"version": "2"}).status_code == 302
    assert queries.template_on(program, FAR).requirement("contact").interval.span == Span(3, Unit.WEEKS)


def test_two_at_different_rules_both_are_kept(client, gloria):
    program = opened("occupational")
    mine = filled(program, "plan", due_count="20")
    assert (
        client.post(page("rule", program.pk, "contact"), filled(program, "contact", every_count="4")).status_code == 302
    )
    assert client.post(page("rule", program.pk, "plan"), mine).status_code == 302
    template = queries.template_on(program, FAR)
    assert template.requirement("contact").interval.span == Span(4, Unit.WEEKS)
    assert template.requirement("plan").offset == Span(20, Unit.DAYS)


def test_rules_go_out_as_a_file_and_come_back(client, gloria):
    program = opened()
    answer = client.get(page("file", program.pk))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="idd-hcbs-1.yaml"'
    text = (
        answer.content.decode()
        .replace("every: 90 days", "every: 60 days")
        .replace("plan_word: person-centered plan", "plan_word: ISP")
    )

    def send(text, **more):
        file = SimpleUploadedFile("rules.yaml", text.encode())
        said = {"form_id": str(new_id()), "version": "1", "in_force_from": FAR.isoformat(), "file": file}
        return client.post(page("upload", program.pk), said | more)

    assert client.get(page("upload", program.pk)).status_code == 200
    assert client.post(page("upload", program.pk), {}).status_code == 422
    wrong = send(text.replace("every: 60 days", "evry: 60 days"))
    assert wrong.status_code == 422
    assert "Did you mean “every”?" in wrong.content.decode()
    looser = send(text.replace("every: 60 days", "every: 100 days"))
    assert looser.status_code == 422
    assert "every 100 days" in looser.content.decode()
    assert send(text).status_code == 302
    template = queries.template_on(program, FAR)
    assert (template.plan_word, template.requirement("face-to-face-90").interval.span) == ("ISP", Span(60, Unit.DAYS))
    shown = client.get(page("version", program.pk, 2)).content.decode()
    assert "Word for the plan" in shown
    again = send(text)
    assert again.status_code == 409
    assert client.get(page("file", program.pk) + "?version=1").content.decode() == answer.content.decode()
    assert client.get(page("file", program.pk) + "?version=7").status_code == 404
    assert client.get(page("file", program.pk) + "?version=x").status_code == 404
    assert send(text, version="2").headers["Location"] == page("program", program.pk)


def test_a_clock_goes_on_through_a_pause_where_the_form_says_so(client, gloria):
    program = opened()
    address = page("rule", program.pk, "face-to-face-90")
    assert client.post(address, filled(program, "face-to-face-90", runs_on="on")).status_code == 302
    assert not queries.template_on(program, FAR).requirement("face-to-face-90").only_pauses
    text = client.get(page("version", program.pk, 2)).content.decode()
    assert "The clock goes on through a pause." in text
    assert "asks for more" in text


def test_to_let_a_clock_of_the_law_stand_still_somebody_must_answer_for_it(client, gloria):
    program = opened()
    sent = filled(program, "plan-annual")
    assert sent.pop("runs_on")
    answer = client.post(page("rule", program.pk, "plan-annual"), sent)
    assert answer.status_code == 422
    assert not program.versions.filter(number=2).exists()
