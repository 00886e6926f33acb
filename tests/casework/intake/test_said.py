"""What an inquiry holds, and how the words of two open pages are laid together."""

from datetime import date

import pytest

from goldthread.casework.intake.rules.due import answer_by
from goldthread.casework.intake.rules.said import Clash, answers_of, clean, merge, name_of, words_to_find
from goldthread.foundation.agency.rules import Calendar
from goldthread.foundation.programs.enums import Unit, Urgency
from goldthread.foundation.programs.rules.eligibility import Eligibility
from goldthread.foundation.programs.rules.values import Span


def test_only_fields_are_kept_and_no_longer_than_they_may_be():
    said = clean(
        {"given": ["A" * 99], "hack": ["x"], "wanted": ["one\r\ntwo\0"], "program": ["b", "a", "a", ""]}
        | {"answer:a:smi": ["yes"], "answer:a:x": ["maybe"], "family": []}
    )
    assert said == {
        "given": "A" * 80,
        "wanted": "one\ntwo",
        "program": ["a", "b"],
        "answer:a:smi": "yes",
        "answer:a:x": "",
        "family": "",
    }
    assert answers_of(said | {"answer:ab:smi": "no"}, "a") == {"smi": True, "x": False}


def test_a_word_that_no_list_offers_is_no_answer():
    """Chosen from lists: what a page of before, or a made-up one, sends besides would stand in the inquiry, and no page could show it."""
    odd = {
        "came": ["pigeon"],
        "urgency": ["now"],
        "caller": ["x"],
        "message_ok": ["maybe"],
        "birth_kind": ["1e999"],
        "interpreter": ["x"],
        "referral": ["1e999"],
        "income_source": ["x"],
        "income_every": ["x"],
        "said_by": ["x"],
    }
    assert clean(odd) == dict.fromkeys(odd, "")
    assert clean({"coverage": ["x", "medicaid"]}) == {"coverage": ["medicaid"]}
    good = {
        "came": "phone",
        "urgency": "urgent",
        "caller": "self",
        "message_ok": "yes",
        "birth_kind": "year",
        "interpreter": "always",
        "referral": "jail",
        "income_source": "none",
        "income_every": "two_weeks",
        "said_by": "client",
    }
    assert clean({name: [word] for name, word in good.items()}) == good


def lay(stands, touched, sent, **more):
    return merge(stands, touched, sent, **({"seen": 3, "version": 5, "writer": "mine"} | more))


THEIRS = {"given": {"version": 4, "writer": "theirs", "before": "Mara"}}


def test_two_pages_that_changed_different_fields_both_win():
    merged = lay({"given": "Maria"}, THEIRS, {"given": "Mara", "family": "Ortiz"})
    assert merged.said == {"given": "Maria", "family": "Ortiz"}
    assert (merged.changed, merged.clashes) == ({"family"}, ())


def test_the_same_field_is_a_clash_and_stays_as_it_is():
    merged = lay({"given": "Maria"}, THEIRS, {"given": "Marta"})
    assert merged.said == {"given": "Maria"}
    assert merged.clashes == (Clash("given", "Marta", "Maria"),)
    seen = lay({"given": "Maria"}, THEIRS, {"given": "Marta"}, seen=4)
    assert (seen.said, seen.clashes) == ({"given": "Marta"}, ())


def test_a_page_that_says_what_it_changed_changes_nothing_else():
    merged = lay({"given": "Maria"}, THEIRS, {"given": "Old", "family": "Ortiz"}, changed=["family"])
    assert (merged.said, merged.clashes) == ({"given": "Maria", "family": "Ortiz"}, ())


def test_the_page_that_wrote_last_is_never_in_conflict_with_itself():
    merged = lay({"given": "M"}, {"given": {"version": 4, "writer": "mine", "before": ""}}, {"given": "Ma"})
    assert merged.said == {"given": "Ma"}
    assert lay({"given": "M"}, {}, {"given": ""}).said == {}


def test_what_a_list_shows_and_finds():
    said = {"given": "Núria", "family": "O'Neil", "caller_name": "Tom", "phone": "(541) 555-0142"}
    assert name_of(said) == "Núria O'Neil"
    assert name_of({"caller_name": "Tom"}) == "Tom"
    assert words_to_find(said) == " nuria oneil tom 5415550142  "


FRIDAY = date(2026, 11, 20)
DUE = [
    (Urgency.URGENT, FRIDAY, [], Calendar(), date(2026, 11, 23)),  # the Monday
    (Urgency.URGENT, FRIDAY, [], Calendar(closed=frozenset({date(2026, 11, 23)})), date(2026, 11, 24)),
    (Urgency.URGENT, date(2026, 11, 21), [], Calendar(), date(2026, 11, 23)),  # by the public page, on a Saturday
    (Urgency.CRISIS, date(2026, 11, 21), [], Calendar(), date(2026, 11, 21)),
    (Urgency.ROUTINE, FRIDAY, [], Calendar(), date(2026, 12, 4)),
    (Urgency.ROUTINE, FRIDAY, [Eligibility(routine=Span(1, Unit.WEEKS))], Calendar(), date(2026, 11, 27)),
    (Urgency.ROUTINE, FRIDAY, [Eligibility(), Eligibility(routine=Span(1, Unit.DAYS))], Calendar(), date(2026, 11, 23)),
]


@pytest.mark.parametrize(("urgency", "day", "asked", "calendar", "due"), DUE)
def test_by_when_it_is_answered(urgency, day, asked, calendar, due):
    assert answer_by(urgency, day, asked, calendar) == due
