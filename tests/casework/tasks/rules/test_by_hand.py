"""The sixteen programs as somebody outside would try them: what the rules of the field ask of invented clients, worked out by hand."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from goldthread.casework.tasks.rules.scenario import read_scenario
from goldthread.casework.tasks.rules.scenario_answers import answers_of, as_json
from goldthread.foundation.programs.shipped import shipped

FILES = sorted((Path(__file__).parent / "by_hand").glob("*.yaml"))
ANYTHING, NONE = "*", "none"


def test_every_shipped_program_is_tried() -> None:
    assert {file.stem for file in FILES} == set(shipped())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_stands_as_worked_out_by_hand(file: Path) -> None:
    wrong = []
    for case in yaml.load(file.read_text("utf-8"), yaml.BaseLoader):
        assert f"program: {file.stem}\n" in case["scenario"]
        scenario = read_scenario(case["scenario"], file.name, shipped(), date(2026, 11, 23))
        answers = {answer["ask"]: answer["requirements"] for answer in as_json(answers_of(scenario))}
        for day, lines in case["stands"].items():
            wrong += [(case["about"], day, line) for line in lines if not _stands(line, answers[day])]
    assert wrong == []


def _stands(line: str, rows: list[dict[str, Any]]) -> bool:
    """Is there a row as *line* says: key, period, due, state and, where it matters, rate or child?"""
    key, period, due, state, *more = line.split(" | ")
    found = [row for row in rows if row["key"] == key and _period(row) == period]
    if more and "who" in (found or [{}])[0]:
        found = [row for row in found if row["who"] == more[0]]
    elif more:
        found = [row for row in found if _rate(row) == more[0]]
    if state == NONE:
        return not found
    return any(row["state"] == state and due in (ANYTHING, row["due"] or "-") for row in found)


def _period(row: dict[str, Any]) -> str:
    return " to ".join(row["period"]) if row["period"] else "-"


def _rate(row: dict[str, Any]) -> str:
    return "nothing counted" if row["rate"] is None else f"{row['rate']:.4f}"
