"""The server is killed (-9) between answer and signature: no acknowledged answer is lost, nothing is there twice."""

import http.client
import json
import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest

from goldthread.foundation.lib.ids import new_id
from tests.doors.web.contacts.test_killed import Browser, Server

INSTALL = """
from django.utils import timezone
from goldthread.casework.assessments.shipped import install_shipped
from goldthread.foundation.lib.actor import Actor
now = timezone.now()
install_shipped(by=Actor(at=now, today=now.date()))
"""
QUESTIONS = range(1, 10)
OFTEN = ("LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9")
SIGN_AT = 8
Answers = dict[int, str]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[Server, str]]:
    made = Server(tmp_path)
    person = made.set_up()
    made.command("shell", typed=INSTALL)
    made.start()
    yield made, person
    made.end()


def form(answers: Answers, **more: Any) -> dict[str, Any]:
    return {f"a:phq-9-{n}": f"http://loinc.org|{code}" for n, code in answers.items()} | {"seen": "0"} | more


def answer_until_killed(
    server: Server, web: Browser, sheet: str, chance: random.Random, wait: float
) -> tuple[Answers, Answers, bool]:
    """Answer one question after the other, then sign. Returns the answers that were acknowledged, what was on its way when the
    server was killed (it may be there or not), and whether the signature was acknowledged."""
    acknowledged: Answers = {}
    on_its_way: Answers = {}
    signed = False

    def kill() -> None:
        time.sleep(wait)
        server.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        for stroke in range(1, 400):
            on_its_way = {}
            if stroke % SIGN_AT == 0:
                whole = dict.fromkeys(QUESTIONS, "LA6568-5") | acknowledged | {9: "LA6569-3"}
                status, _body = web.post(f"{sheet}answer/", form(whole, do="sign"))
                signed = status == 200
                break
            question = 9 if stroke == 2 else chance.choice(QUESTIONS[:-1])
            code = "LA6569-3" if question == 9 else chance.choice(OFTEN)
            named = {"only": f"phq-9-{question}", "writer": "tab", "stroke": str(stroke)}
            on_its_way = {question: code}
            status, body = web.post(f"{sheet}save/", form({question: code}, **named))
            assert status == 200, body[:300]
            assert json.loads(body)["saves"] >= 1
            acknowledged[question] = code
    except (http.client.HTTPException, OSError):
        pass
    killer.join()
    return acknowledged, on_its_way, signed


def kept(server: Server, row: UUID) -> tuple[str, Answers]:
    """The state of the sheet, and what it holds."""
    (state, answers, response) = server.read(
        "SELECT state, answers, response FROM assessments_assessment WHERE id = ?", row.hex
    )[0]
    if state == "open":
        said = {key: values[0]["valueCoding"]["code"] for key, values in json.loads(answers).items() if values}
    else:
        items = json.loads(response)["item"]
        said = {item["linkId"]: item["answer"][0]["valueCoding"]["code"] for item in items if item.get("answer")}
    return state, {int(key.rpartition("-")[2]): code for key, code in said.items() if key != "phq-9-difficulty"}


def kill_many(server: Server, person: str, kills: int) -> None:
    chance = random.Random(11)
    web = Browser(server.address)
    for _number in range(kills):
        row = new_id()
        sheet = f"/clients/{person}/assessments/{row}/"
        begin = {"instrument": "phq-9", "form_id": str(row)}
        status, body = web.post(f"/clients/{person}/assessments/new/", begin)
        assert status == 200, body[-600:]
        acknowledged, on_its_way, signed = answer_until_killed(server, web, sheet, chance, chance.uniform(0.02, 0.9))
        server.start()
        state, there = kept(server, row)
        assert state == "signed" or not signed, "an acknowledged signature is lost"
        newest = acknowledged | on_its_way
        lost = {n: code for n, code in acknowledged.items() if there.get(n) not in (code, newest[n])}
        assert not lost, "an acknowledged answer is lost"
        alarm = "SELECT count(*) FROM tasks_task WHERE id = ?", uuid5(row, "safety phq-9-9").hex
        assert server.read(*alarm) == [(int(there.get(9) == "LA6569-3"),)], "the task stands and falls with the answer"
        whole = dict.fromkeys(QUESTIONS, "LA6568-5") | there | {9: "LA6569-3"}
        for _twice in range(2):
            status, body = web.post(f"{sheet}answer/", form(whole, do="sign"))
            assert status == 200, body[-600:]
        assert kept(server, row) == ("signed", whole)
        assert server.read("SELECT count(*) FROM record_entry WHERE source_id = ?", row.hex) == [(1,)]
        assert server.read(*alarm) == [(1,)]
        assert server.read("SELECT count(*) FROM assessments_score WHERE assessment_id = ?", row.hex) == [(1,)]
    assert server.read("SELECT count(*) FROM assessments_assessment") == [(kills,)]
    assert server.read("SELECT count(*) FROM tasks_task WHERE weight = 0") == [(kills,)]


@pytest.mark.thorough
@pytest.mark.sqlite
def test_killed_a_few_times(server: tuple[Server, str]) -> None:
    kill_many(*server, kills=2)


@pytest.mark.sqlite
@pytest.mark.slow
def test_killed_a_hundred_times(server: tuple[Server, str]) -> None:
    kill_many(*server, kills=100)
