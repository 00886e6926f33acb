"""A new master key, and new keys for every agency: everything encrypted is encrypted anew, and the old keys go.

Each step is one small transaction or one file put in place, and is known by its outcome: killed at any moment everything
still opens, and the next run goes on where this one was. While it runs (or has been broken off) what lies under the old keys
and what lies under the new ones is opened and found alike.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from goldthread.doors.command.archives.exporting import agency_keys
from goldthread.doors.command.backups.restoring import nobody_else
from goldthread.foundation.accounts.codes import lock_second_steps_anew
from goldthread.foundation.audit.actions import record
from goldthread.foundation.files.actions import reseal_files
from goldthread.foundation.lib import keys
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.encryption import LAST_VERSION, OwnKeys
from goldthread.foundation.lib.jobs import current_agency
from goldthread.foundation.tenancy import setup
from goldthread.foundation.tenancy.acting import within
from goldthread.people.persons.actions.resealing import reseal_identifiers

SEALED = {
    "persons.Identifier.sealed": reseal_identifiers,
    "files": reseal_files,
    "mfa.Authenticator.data": lock_second_steps_anew,
}
"""Everything that lies under an agency's keys → what puts it under the newest. Each returns how many, and how many do not open."""


class TooManyChanges(Exception):
    """Versions of keys are numbered in one byte."""


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """What was done for one agency."""

    schema: str
    changed: int
    unreadable: int


def rotate(by: Actor, tell: Callable[[Rekeyed], None]) -> int:
    """Change every key, or go on with a change that was broken off. Returns the version of the master key from now on.

    Nobody may be at work meanwhile: raises BackupError when Goldthread runs on this data folder. *tell* hears of each agency.
    """
    with nobody_else():
        schemas = [place.schema for place in setup.agencies()] if settings.MULTI_AGENCY else [""]
        if len(keys.master_versions(settings.DATA)) < 2:
            _start(schemas)
        for schema in schemas:
            with within(schema):
                _give_new_keys()
        for schema in schemas:
            with within(schema):
                tell(_rekey(schema, by))
        *old, newest = keys.master_versions(settings.DATA)
        for version in old:
            keys.drop_master(settings.DATA, version)
    return newest


def _start(schemas: list[str]) -> None:
    """Every agency's keys are taken out of the old master key before there is a new one."""
    for schema in schemas:
        with within(schema):
            own = agency_keys()
            if max(own) >= LAST_VERSION:
                raise TooManyChanges(f"Keys can be changed {LAST_VERSION - 1} times.")
            keys.keep_agency_keys(settings.DATA, current_agency(), own)
    keys.master_key(settings.DATA)
    keys.make_next_master(settings.DATA)


def _give_new_keys() -> None:
    """Unless it was done: an agency whose keys are wrapped under the newest master key has its new version."""
    if keys.is_wrapped_anew(settings.DATA, current_agency()):
        return
    own = agency_keys()
    keys.keep_agency_keys(settings.DATA, current_agency(), own | {max(own) + 1: OwnKeys.new()})


def _rekey(schema: str, by: Actor) -> Rekeyed:
    results = [renew() for renew in SEALED.values()]
    done = Rekeyed(schema, sum(changed for changed, _ in results), sum(lost for _, lost in results))
    own = agency_keys()
    if len(own) > 1:
        record(by=by, action="keys.changed", kind="agency", details={"changed": done.changed, "lost": done.unreadable})
        keys.keep_agency_keys(settings.DATA, current_agency(), {max(own): own[max(own)]})
    return done
