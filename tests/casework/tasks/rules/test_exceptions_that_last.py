"""An exception that says until when, of what is asked again and again: every turn due by then is excused, and no other."""

from goldthread.casework.tasks.rules.words import explain
from tests.casework.tasks.rules.trying import due, stand, states

VISIT = "every: 14 days, accepts: contact, exceptions: [hospital]"
REVIEW = "every: 6 months, accepts: plan_review, exceptions: [hospital]"
CAME = "enrolled: 2026-01-15\nevents:\n"


def hospital(on: str, until: str) -> str:
    return f"  - {{on: {on}, kind: exception, reason: hospital, until: {until}}}\n"


def rows(rule: str, about: str, ask: str) -> list[tuple[str, str]]:
    return [(str(row.obligation.due), str(row.state)) for row in stand(rule, about, ask)]


def test_every_turn_that_is_due_while_it_holds_is_excused() -> None:
    """Due 29 Jan, 12 and 26 Feb, 12 and 26 Mar: in hospital until 20 Mar. The visit of 26 Mar is the next one asked for."""
    about = CAME + hospital("2026-01-25", "2026-03-20")
    excused = [(day, "excepted") for day in ("2026-03-12", "2026-02-26", "2026-02-12", "2026-01-29")]
    assert rows(VISIT, about, "2026-02-20") == [("2026-03-26", "not_yet"), *excused]
    assert states(VISIT, about, "2026-01-24", "2026-03-26", "2026-03-27") == ["due_soon", "due", "overdue"]
    why = explain(stand(VISIT, about, "2026-02-20")[0].why)
    assert why == "due Thu 26 Mar: 14 days after the excused due date of 12 Mar"
    last = explain(stand(VISIT, about, "2026-02-20")[-1].why)
    assert last.endswith("excused from 25 Jan to 20 Mar: the client was in the hospital")


def test_what_is_due_after_it_ended_is_not_excused() -> None:
    """Four days in hospital in February say nothing of the review of 15 July."""
    about = CAME + hospital("2026-02-03", "2026-02-06")
    assert rows(REVIEW, about, "2026-02-04") == [("2026-07-15", "not_yet")]
    assert rows(REVIEW, about, "2026-07-16") == [("2026-07-15", "overdue")]


def test_what_was_overdue_when_it_began_is_excused() -> None:
    """Due 29 Jan; in hospital from 2 to 10 Feb: the next is due 14 days after 29 Jan."""
    about = CAME + hospital("2026-02-02", "2026-02-10")
    assert states(VISIT, about, "2026-02-01") == ["overdue"]
    assert rows(VISIT, about, "2026-02-03") == [("2026-02-12", "not_yet"), ("2026-01-29", "excepted")]


def test_who_is_seen_meanwhile_starts_a_new_turn() -> None:
    """Seen on 10 Feb, so due 24 Feb, within the stay: excused. Seen on 10 Mar: due 24 Mar, after it."""
    about = CAME + hospital("2026-01-25", "2026-03-20")
    visit = "  - {on: 2026-02-10, kind: contact}\n"
    assert rows(VISIT, about + visit, "2026-02-10")[0] == ("2026-03-24", "not_yet")
    assert rows(VISIT, about + visit, "2026-02-10")[-1] == ("2026-01-29", "excepted")
    assert due(VISIT, about + visit + visit.replace("02-10", "03-10"), "2026-03-10") == "2026-03-24"


def test_of_two_the_one_that_lasts_longer_counts() -> None:
    about = CAME + hospital("2026-01-25", "2026-03-20") + hospital("2026-01-26", "2026-02-01")
    assert due(VISIT, about, "2026-02-20") == "2026-03-26"


def test_what_is_due_after_the_discharge_needs_no_excuse() -> None:
    about = "enrolled: 2026-01-15\ndischarged: 2026-02-05\nevents:\n" + hospital("2026-01-25", "2026-03-20")
    assert rows(VISIT, about, "2026-02-20") == [("2026-01-29", "excepted")]


def test_another_reason_excuses_nothing() -> None:
    about = CAME + hospital("2026-01-25", "2026-03-20").replace("hospital", "jail")
    assert states(VISIT, about, "2026-01-30") == ["overdue"]
