"""What is made ready before Goldthread serves."""

import fcntl
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from goldthread.casework.assessments.models import Instrument
from goldthread.casework.assessments.shipped import shipped
from goldthread.doors.command import preparing
from tests.factories import AgencyFactory


@pytest.fixture
def calls(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The collections made, each while nobody else could make one."""
    settings.STATIC_ROOT, settings.DEBUG = tmp_path / ".static", False
    settings.STATIC_ROOT.mkdir()
    made: list[str] = []

    def collect(command: str, **_options: Any) -> None:
        with (tmp_path / ".static.lock").open("w") as lock, pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        made.append(command)

    monkeypatch.setattr(preparing, "call_command", collect)
    return made


def test_static_files_are_collected_once_and_by_one_process_at_a_time(calls: list[str]) -> None:
    preparing.collect_static_files()
    preparing.collect_static_files()
    assert calls == ["collectstatic"]


def test_what_another_process_collected_meanwhile_is_not_collected_again(
    calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def wait(*_lock: Any) -> None:
        preparing._stamp().write_text(preparing._digest_of_static_files())

    monkeypatch.setattr(preparing.fcntl, "flock", wait)
    preparing.collect_static_files()
    assert calls == []


@pytest.mark.django_db
def test_an_agency_gets_the_instruments_that_are_shipped_and_one_that_is_not_set_up_waits() -> None:
    preparing.install_instruments()
    assert Instrument.objects.count() == 0
    AgencyFactory()
    preparing.install_instruments()
    preparing.install_instruments()
    assert Instrument.objects.count() == len(shipped())
