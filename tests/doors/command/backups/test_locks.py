"""A restore that PostgreSQL has no room for is refused beforehand, with the number to set."""

import pytest

from goldthread.doors.command.backups import locks
from goldthread.doors.command.backups.making import schemas
from goldthread.doors.command.backups.manifest import BackupError

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def test_one_agency_fits() -> None:
    locks.refuse_too_many(schemas())


def test_what_does_not_fit_is_refused_with_the_number_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for 64 locks at 64 a transaction, as many are to be set as there are to hold."""
    monkeypatch.setattr(locks, "ROOM", "SELECT current_setting('max_locks_per_transaction')::bigint")
    held = locks._number(locks.HELD, list(schemas()))
    assert held > 300
    with pytest.raises(BackupError, match=rf"Set max_locks_per_transaction to {held} or more.*Nothing was restored"):
        locks.refuse_too_many(schemas())
