"""Opening programs and changing their rules. A version is never edited: a change is another version, with a day of its own."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.foundation.agency.editing import change
from goldthread.foundation.agency.models import Team
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError, EditConflict, FieldConflict
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.programs.models import Program, ProgramVersion
from goldthread.foundation.programs.queries import parsed, source_of, versions_of
from goldthread.foundation.programs.rules.deviations import Deviation, from_content, weigh
from goldthread.foundation.programs.rules.differences import other_changes, rule_changes
from goldthread.foundation.programs.rules.template import Template
from goldthread.foundation.programs.rules.words import say
from goldthread.foundation.programs.rules.writing import to_content

FARTHEST = timedelta(days=2 * 366)
"""Rules may be made for up to two years ahead."""


@transaction.atomic
def open_program(
    *,
    key: str,
    name: str,
    template: Template,
    template_key: str,
    team: Team | None,
    opened_on: date,
    by: Actor,
    form_id: UUID | None = None,
) -> Program:
    """Open a program with the rules of *template*, copied. *template_key*: the shipped template it came from, else empty.

    Twice is once. DomainError: no name, or a name or key that is taken.
    """
    if form_id and (made := Program.objects.filter(pk=form_id).first()):
        return made
    _check_name(name)
    if Program.objects.filter(key=key).exists():
        raise DomainError(_("A program with the short name “%(key)s” is there already.") % {"key": key}, "name")
    program = Program(
        pk=form_id or new_id(),
        key=key,
        name=name.strip(),
        template_key=template_key,
        unit=template.unit,
        labels=labels_of(template),
        team=team,
        opened_on=opened_on,
    )
    program.save(force_insert=True)
    _make_version(program, template, 1, opened_on, by, reason="", deviations=[])
    details = {"who": by.name, "template": template_key, "opened_on": opened_on.isoformat()}
    record(by=by, action="programs.opened", kind="program", object_id=program.pk, details=details)
    return program


def labels_of(template: Template) -> int:
    """The labels that everything of a program with *template* carries."""
    return sum(Label[name.upper()] for name in template.labels)


def _check_name(name: str, own: UUID | None = None) -> None:
    if not name.strip():
        raise DomainError(_("Give it a name."), "name")
    named = Program.objects.filter(name__iexact=name.strip())
    if (named.exclude(pk=own) if own else named).exists():
        raise DomainError(_("This name is taken."), "name")


@transaction.atomic
def edit_program(*, program: Program, values: Mapping[str, Any], version: int, by: Actor) -> Program:
    """Change name or team of *program*. DomainError: no name, or one that is taken. EditConflict."""
    _check_name(values["name"], program.pk)
    return change(program, values, version=version, by=by, action="programs.edited", kind="program")


@transaction.atomic
def change_rules(
    *,
    program: Program,
    template: Template,
    in_force_from: date,
    by: Actor,
    reason: str,
    deviations: Iterable[Deviation],
    version_seen: int,
) -> ProgramVersion:
    """Give *program* the rules *template* from a day on. *version_seen*: the number of the version that was last looked at.

    A rule of the field that asks for less than its source needs a deviation: an administrator by name, and why. The same
    rules again make no new version. DomainError: the day cannot be, the labels or the unit would change, a loosened
    rule that nobody answers for. EditConflict: somebody else changed the rules since.
    """
    Program.objects.select_for_update().get(pk=program.pk)
    versions = versions_of(program)
    last = versions[0]
    before = parsed(last)
    if last.number != version_seen:
        raise _conflict(versions, version_seen, template)
    if to_content(template) == to_content(before):
        return last
    _check_day(in_force_from, last, by)
    _check_same_kind(before, template)
    stated = [_dated(one, by) for one in deviations]
    weighed = weigh(source_of(program, versions), before, template, from_content(last.deviations), stated)
    if weighed.unanswered:
        raise _unanswered([loose.title for loose in weighed.unanswered])
    made = _make_version(program, template, last.number + 1, in_force_from, by, reason, weighed.deviations)
    details = {
        "who": by.name,
        "number": made.number,
        "in_force_from": in_force_from.isoformat(),
        "rules": [one.key for one in rule_changes(before, template)],
        "deviations": [one.requirement for one in weighed.deviations],
    }
    record(by=by, action="programs.rules_changed", kind="program", object_id=program.pk, details=details)
    return made


def _dated(deviation: Deviation, by: Actor) -> Deviation:
    return Deviation(deviation.requirement, deviation.reason.strip(), deviation.staff, deviation.name, str(by.today))


def _make_version(
    program: Program,
    template: Template,
    number: int,
    day: date,
    by: Actor,
    reason: str,
    deviations: Iterable[Deviation],
) -> ProgramVersion:
    version = ProgramVersion(
        program=program,
        number=number,
        in_force_from=day,
        content=to_content(template),
        deviations=[one.to_content() for one in deviations],
        reason=reason.strip(),
        made_by=by.staff,
        made_by_name=by.name[:120],
        made_at=by.at,
    )
    version.save(force_insert=True)
    return version


def _check_day(day: date, last: ProgramVersion, by: Actor) -> None:
    if day < last.in_force_from:
        text = _("Rules from %(day)s on are there already: choose that day or a later one.")
        raise DomainError(text % {"day": last.in_force_from.isoformat()}, "in_force_from")
    if day > by.today + FARTHEST:
        raise DomainError(_("This is too far ahead: two years at most."), "in_force_from")


def _check_same_kind(before: Template, after: Template) -> None:
    if set(before.labels) != set(after.labels):
        text = _(
            "The labels of a program stay as they are: what was written under them carries them. Open another program."
        )
        raise DomainError(text, "file")
    if before.unit != after.unit:
        text = _("A program goes on serving persons, or households, as it began. Open another program.")
        raise DomainError(text, "file")


def _unanswered(titles: list[str]) -> DomainError:
    text = _(
        "This asks for less than the source of the rule does: %(rules)s. Say why, and which administrator answers for it."
    )
    return DomainError(text % {"rules": ", ".join(titles)}, "deviation_reason")


def _conflict(versions: list[ProgramVersion], version_seen: int, mine: Template) -> EditConflict:
    """What the other one changed since, rule by rule, beside what was about to be saved."""
    last = versions[0]
    theirs = parsed(last)
    seen = next((parsed(one) for one in versions if one.number == version_seen), None)
    changed = rule_changes(seen, theirs) if seen else []
    conflicts = [
        FieldConflict(one.key, _said(mine, one.key), _said(theirs, one.key), last.made_by_name, last.made_at)
        for one in changed
    ]
    if seen and not changed:
        names = [name for name, _was, _now in other_changes(seen, theirs)]
        conflicts = [FieldConflict(name, "", "", last.made_by_name, last.made_at) for name in names]
    return EditConflict(_("Somebody else changed these rules while you were writing. Look at them again."), conflicts)


def _said(template: Template, key: str) -> str:
    rule = template.requirement(key)
    return say(rule, template) if rule else ""
