"""A person decides: who is somebody known, who is new, which rows stay out. One by one or all that are alike."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from goldthread.casework.imports.enums import Decision, State, What
from goldthread.casework.imports.models import Finding, Import
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError


@transaction.atomic
def decide(*, run: UUID, row: int, decision: str, by: Actor) -> Finding:
    """Say who the person of *row* is (a Decision; empty: not decided after all). ``same:<id>``: of several whom the row may be
    about, that one."""
    about = _checked(run)
    finding = Finding.objects.filter(run=run, row=row, told=[]).first()
    if finding is None:
        raise DomainError(_("There is nothing to decide in this row."))
    decision, _colon, chosen = decision.partition(":")
    if (decision and decision not in offered(about.what)) or (chosen and chosen not in finding.among):
        raise DomainError(_("Choose one of the answers offered."))
    if chosen:
        finding.twin_id = UUID(chosen)
    if decision == Decision.NEW and _also_like_a_row(finding):
        _ask_about_the_row(finding)
    else:
        finding.decision = decision
    finding.save()
    record(by=by, action="imports.decided", kind="import", object_id=run, details={"row": row, "as": decision})
    return finding


def offered(what: str) -> tuple[Decision, ...]:
    """What can be decided of a row that is *what*: what happened to nobody known here does not come in."""
    every = (Decision.NEW, Decision.SAME, Decision.LEAVE)
    return every if what == What.CLIENTS else every[1:]


@transaction.atomic
def decide_all(*, run: UUID, decision: str, by: Actor, of_file: bool | None = None) -> int:
    """The same decision for every row that is not decided yet. *of_file*: only those like another row of the file (True), or
    like somebody known here (False). Returns how many."""
    about = _checked(run)
    if decision not in offered(about.what):
        raise DomainError(_("Choose one of the answers offered."))
    rows = Finding.objects.filter(run=run, told=[], decision="")
    if of_file is not None:
        rows = rows.filter(twin__isnull=of_file)
    count = _each(rows, decision)
    record(by=by, action="imports.decided", kind="import", object_id=run, details={"rows": count, "as": decision})
    return count


def _each(rows: QuerySet[Finding], decision: str) -> int:
    """Decide *rows*. Who is new after all, and like an earlier row that is like the same person, is asked about that row next."""
    asked = []
    if decision == Decision.NEW:
        asked = [one for one in rows.filter(twin__isnull=False, twin_row__isnull=False) if _also_like_a_row(one)]
        for one in asked:
            _ask_about_the_row(one)
    count = rows.exclude(pk__in=[one.pk for one in asked]).update(decision=decision)
    Finding.objects.bulk_update(asked, ["twin", "why", "why_row"], batch_size=500)
    return count + len(asked)


def _also_like_a_row(finding: Finding) -> bool:
    """Two rows like one person known here, both somebody new: they may be one person, too. Not where the earlier row is that person."""
    if finding.twin_id is None or finding.twin_row is None:
        return False
    known = Finding.objects.filter(run=finding.run_id, row=finding.twin_row, decision=Decision.SAME, twin__isnull=False)
    return not known.exists()


def _ask_about_the_row(finding: Finding) -> None:
    finding.twin, finding.why = None, finding.why_row


@transaction.atomic
def leave_refused(*, run: UUID, leave: bool, by: Actor) -> Import:
    """The rows that are refused stay out and the others come in; or not, after all."""
    row = _checked(run)
    row.without_refused = leave
    row.save(update_fields=["without_refused"])
    record(
        by=by, action="imports.left_out", kind="import", object_id=run, details={"rows": row.refused if leave else 0}
    )
    return row


def undecided(run: Import) -> int:
    """Rows that may be somebody known and are not decided."""
    return Finding.objects.filter(run=run, told=[], decision="").count()


def _checked(run: UUID) -> Import:
    row = Import.objects.select_for_update().get(pk=run)
    if row.state != State.CHECKED:
        raise DomainError(_("This file is being worked on, or has come in already. Look again."))
    return row
