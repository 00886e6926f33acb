"""``goldthread programs try``: the example of the issue, a wrong file, and the table."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

EXAMPLE = """
program: foster-care-child          # a shipped template, or an inline one
enrolled: 2026-01-15
events:
  - {on: 2026-01-20, kind: contact, mode: in_person, place: residence, minutes: 45}
  - {on: 2026-02-11, kind: contact, mode: in_person, place: school}
  - {on: 2026-03-02, kind: plan_signed}
ask: [2026-02-01, 2026-03-01, 2026-03-31]
"""


def tried(tmp_path: Path, text: str, *options: str) -> tuple[str, int]:
    file = tmp_path / "scenario.yaml"
    file.write_text(text, "utf-8")
    out, code = StringIO(), 0
    try:
        call_command("programs", "try", str(file), *options, stdout=out)
    except SystemExit as ended:
        code = int(ended.code or 0)
    return out.getvalue(), code


def rows(answer: Any, key: str) -> list[tuple[Any, str, str]]:
    return [(row["period"], row["due"], row["state"]) for row in answer["requirements"] if row["key"] == key]


def test_the_example(tmp_path: Path) -> None:
    text, code = tried(tmp_path, EXAMPLE, "--json")
    answers = json.loads(text)
    assert code == 0
    assert [answer["ask"] for answer in answers] == ["2026-02-01", "2026-03-01", "2026-03-31"]
    assert answers[0]["requirements"][0] == {
        "key": "monthly-visit",
        "period": ["2026-02-01", "2026-02-28"],
        "due": "2026-02-28",
        "state": "not_yet",
        "why": "due Sat 28 Feb: once in each month",
    }
    assert rows(answers[1], "monthly-visit") == [
        (["2026-03-01", "2026-03-31"], "2026-03-31", "not_yet"),
        (["2026-02-01", "2026-02-28"], "2026-02-28", "met"),
        (["2026-01-01", "2026-01-31"], "2026-01-31", "met"),
    ]
    assert rows(answers[2], "monthly-visit")[0] == (["2026-03-01", "2026-03-31"], "2026-03-31", "due")
    assert rows(answers[1], "plan") == [(None, "2026-03-16", "not_yet")]
    assert rows(answers[2], "plan") == [(None, "2026-03-16", "met")]
    shares = [
        row["rate"] for answer in answers for row in answer["requirements"] if row["key"] == "visits-in-residence"
    ]
    assert shares == [1.0, 0.5, 0.5]


def test_a_wrong_file(tmp_path: Path) -> None:
    text, code = tried(tmp_path, EXAMPLE.replace("plan_signed", "plan_sined"))
    assert code == 1
    assert "scenario.yaml:7: " in text
    assert "Did you mean “plan_signed”?" in text
    told, code = tried(tmp_path, EXAMPLE.replace("plan_signed", "plan_sined"), "--json")
    assert (code, json.loads(told)["problems"][0]["line"]) == (1, 7)


@pytest.mark.parametrize(
    ("text", "says"),
    [("a: [", "not YAML"), ("", "empty"), (EXAMPLE.replace("2026-01-15", "9999-12-31"), "beyond the calendar")],
)
def test_files_that_cannot_be_used(tmp_path: Path, text: str, says: str) -> None:
    told, code = tried(tmp_path, text.replace("2026-02-01", "9999-12-31"))
    assert (code, says in told) == (1, True), told


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("programs", "try", str(tmp_path / "none.yaml"), stdout=out)
    assert "cannot be opened" in out.getvalue()
    (tmp_path / "raw.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SystemExit):
        call_command("programs", "try", str(tmp_path / "raw.yaml"), stdout=out)
    assert "UTF-8" in out.getvalue()


def test_the_table(tmp_path: Path) -> None:
    text, code = tried(tmp_path, EXAMPLE)
    assert code == 0
    assert "monthly-visit        2026-02-01 to 2026-02-28  2026-02-28  not_yet" in text


def test_hours_and_children(tmp_path: Path) -> None:
    scenario = """
program:
  requirements:
    - {key: first, due: 48 hours, accepts: contact}
    - {key: each, each: month, accepts: contact, each_member: true}
enrolled: 2026-03-07T14:30
members: [Ana]
ask: 2026-03-08T10:00
"""
    answer = json.loads(tried(tmp_path, scenario, "--json")[0])[0]
    assert answer["ask"] == "2026-03-08T10:00"
    assert answer["requirements"][0]["due_at"] == "2026-03-09T19:30:00+00:00"
    assert answer["requirements"][1]["who"] == "Ana"
    assert "each (Ana)" in tried(tmp_path, scenario)[0]
