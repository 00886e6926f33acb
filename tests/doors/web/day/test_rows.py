"""A line of My day as HTML: everything that somebody typed is escaped, and the words are those of the reader's language."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.utils import translation

from goldthread.casework.tasks.queries.lists import Listed
from goldthread.doors.web.day.lines import line_of
from goldthread.doors.web.day.rows import html_of

ANN, RENEE, TASK = UUID(int=1), UUID(int=2), UUID(int=3)
TODAY = date(2026, 12, 7)
NASTY = "<b onclick='x()'>\"&"
SAFE = "&lt;b onclick=&#x27;x()&#x27;&gt;&quot;&amp;"


def listed(title: str = "Home visit", name: str = "Ann", **more: object) -> Listed:
    plain = Listed(
        pk=TASK,
        client_id=ANN,
        client_name=name,
        owner_id=RENEE,
        owner_name="Renee",
        episode_id=None,
        title=title,
        due_on=TODAY,
        due_at=None,
        period_end=None,
        clock="",
        action="task",
        requirement="",
        source_kind="",
        source_id=None,
        repeat={},
        why=[],
        note="",
    )
    return plain._replace(**more)  # type: ignore[arg-type]  # fields by name


def html(task: Listed, me: UUID = RENEE, **more: str) -> str:
    return html_of([replace(line_of(task, TODAY, me, back="day"), **more)], "to<ken", TODAY)  # type: ignore[arg-type]


def test_what_was_typed_is_escaped_wherever_it_stands() -> None:
    seen = html(
        listed(title=NASTY, name=NASTY, note=NASTY, owner_name=NASTY), me=ANN, booked="/x/?a=1&b=2", booked_words=NASTY
    )
    assert NASTY not in seen
    assert "<b onclick" not in seen
    assert seen.count(SAFE) == 9
    assert "/x/?a=1&amp;b=2" in seen
    assert 'value="to&lt;ken"' in seen


def test_a_task_that_a_person_made_is_ticked_off_in_place() -> None:
    seen = html(listed())
    assert f'<form method="post" action="/clients/{ANN}/tasks/{TASK}/?back=day">' in seen
    assert '<input type="hidden" name="done_on" value="2026-12-07">' in seen
    assert 'class="task plain"' in seen


def test_a_task_of_a_rule_opens_what_meets_it() -> None:
    seen = html(listed(requirement="visit", action="visit", episode_id=RENEE))
    assert f'href="/clients/{ANN}/note/?task={TASK}&amp;how=in_person&amp;episode={RENEE}">Log<' in seen
    assert f'href="/clients/{ANN}/calendar/new/?task={TASK}&amp;back=day">Schedule<' in seen
    assert "<form" not in seen


def test_a_task_of_no_client_leads_to_its_own_page() -> None:
    seen = html(listed(client_id=None, client_name=None))
    assert '<span class="who soft">—</span>' in seen
    assert f'href="/day/tasks/{TASK}/"' in seen


def test_languages_are_not_mixed_up() -> None:
    with translation.override("es"):
        assert "Hecha" in html(listed())
    with translation.override("en"):
        assert "Done" in html(listed())
