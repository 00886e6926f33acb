"""What each role is for, in a sentence, and what policy.csv grants it: shown to everybody on a settings page."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from goldthread.access.acts import CLIENT_ACTS, Act
from goldthread.access.rules import Relation, Rule, the_policy
from goldthread.foundation.lib.labels import Label, names_of
from goldthread.foundation.workforce.enums import Role

ACT_WORDS: dict[Act, StrOrPromise] = {
    Act.FIND: _("find in search and lists"),
    Act.READ: _("open the record"),
    Act.EDIT: _("change the record"),
    Act.ASSIGN: _("assign to a worker"),
    Act.EXPORT: _("export a list"),
    Act.MERGE: _("merge two records of one person"),
    Act.REVEAL_IDENTIFIER: _("see a whole identifying number"),
    Act.SET_LABELS: _("set sensitivity labels"),
    Act.SEE_WHO_SAW: _("see who has seen the record"),
    Act.SET_BLOCK: _("block a worker from a record"),
    Act.REVIEW_GLASS: _("review broken glass"),
    Act.READ_EPISODE: _("see which programs the client is in"),
    Act.ENROL: _("enroll in a program"),
    Act.MANAGE_EPISODE: _("transfer, pause and discharge"),
    Act.READ_RECORD: _("read notes, tasks, assessments, plans and the timeline"),
    Act.WRITE_CONTACT: _("write contacts and progress notes"),
    Act.COSIGN_CONTACT: _("co-sign notes"),
    Act.WRITE_TASK: _("make and close tasks"),
    Act.WRITE_SCHEDULE: _("make and change appointments"),
    Act.MAKE_REPORT: _("make a safety report"),
    Act.READ_REPORT: _("read safety reports of others"),
    Act.READ_FACT: _("read facts: income, coverage, medicines, housing …"),
    Act.WRITE_FACT: _("enter and correct facts"),
    Act.WRITE_ASSESSMENT: _("assess, and write down needs"),
    Act.WRITE_PLAN: _("write plans"),
    Act.WRITE_DISCHARGE: _("prepare and sign discharges"),
    Act.SEND_PACKAGE: _("send what a signed release names to whoever serves the client next"),
    Act.APPROVE_PLAN: _("approve plans"),
    Act.READ_DOCUMENT: _("read documents"),
    Act.WRITE_DOCUMENT: _("upload, renew and remove documents"),
    Act.READ_INQUIRY: _("read inquiries"),
    Act.WRITE_INQUIRY: _("take down and answer inquiries"),
    Act.HAND_OVER: _("hand over a caseload"),
    Act.COVER: _("arrange cover for days away"),
    Act.READ_WORKER_AUDIT: _("see what a worker has seen"),
    Act.OVERSEE: _("see the load and the lateness of each worker"),
    Act.CREATE: _("add a new one"),
    Act.BREAK_GLASS: _("break the glass in an emergency"),
    Act.READ_STAFF: _("see who works here"),
    Act.MANAGE_STAFF: _("manage staff and roles"),
    Act.MANAGE_AGENCY: _("manage the agency"),
    Act.READ_POLICY: _("read these rules"),
    Act.READ_JOBS: _("see background jobs"),
    Act.IMPORT_CLIENTS: _("bring clients from a file"),
    Act.MANAGE_PROGRAMS: _("set up programs and their rules"),
    Act.MANAGE_INSTRUMENTS: _("install and build instruments"),
}
RELATION_WORDS: dict[Relation, StrOrPromise] = {
    Relation.CASELOAD: _("their own caseload"),
    Relation.COVER: _("those they cover for"),
    Relation.SUPERVISOR_OF: _("the teams they supervise"),
    Relation.TEAM: _("their team"),
    Relation.SITE: _("their site, or every site"),
    Relation.AFTERCARE: _("those whose aftercare they see to"),
    Relation.AFTERCARE_OF: _("those whose aftercare their workers see to"),
    Relation.AGENCY: _("the whole agency"),
    Relation.GLASS: _("one record, for four hours"),
    Relation.OWN: _("those they took down or see to"),
}


class RoleClass:
    """A role. ``purpose`` says what it is for; ``rules`` are its rows of the policy."""

    role: ClassVar[Role]
    purpose: ClassVar[StrOrPromise]

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        """The rows of policy.csv that speak of this role."""
        return tuple(rule for rule in the_policy().rules if rule.role == cls.role)

    @classmethod
    def permissions(cls) -> frozenset[Act]:
        """What the role may do to anybody or anything."""
        return frozenset(rule.act for rule in cls.rules())


class Intake(RoleClass):
    role = Role.INTAKE
    purpose = _("Turns a call or a referral into a client with a worker, or into a good answer.")


class CaseManager(RoleClass):
    role = Role.CASE_MANAGER
    purpose = _("Works with their own clients and keeps their records; helps out in the team.")


class Supervisor(RoleClass):
    role = Role.SUPERVISOR
    purpose = _("Answers for the work of their teams: shares it out, steps in, looks into questions of access.")


class ProgramManager(RoleClass):
    role = Role.PROGRAM_MANAGER
    purpose = _("Runs the programs of a site, or of every site, and answers for them to funders.")


class Quality(RoleClass):
    role = Role.QUALITY
    purpose = _("Reads files to see that the work is done, shown and private; changes nothing.")


class Billing(RoleClass):
    role = Role.BILLING
    purpose = _("Finds people by name and number for claims; opens no record.")


class Auditor(RoleClass):
    role = Role.AUDITOR
    purpose = _("Reads files for a funder or an authority; changes and takes away nothing.")


class Administrator(RoleClass):
    role = Role.ADMINISTRATOR
    purpose = _("Sets up the agency, its staff and their roles; sees no client.")


ROLES: tuple[type[RoleClass], ...] = (
    Intake,
    CaseManager,
    Supervisor,
    ProgramManager,
    Quality,
    Billing,
    Auditor,
    Administrator,
)


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """One rule in words: *may* do what *to* whom, with which *labels*, and *why*."""

    may: StrOrPromise
    to: StrOrPromise
    labels: list[StrOrPromise]
    why: StrOrPromise


@dataclass(frozen=True, slots=True)
class PolicySection:
    """One role: its name, what it is for, and its rules."""

    role: Role
    name: StrOrPromise
    purpose: StrOrPromise
    lines: list[PolicyLine]


def policy_table() -> list[PolicySection]:
    """The whole policy in words, role by role, for the settings page."""
    return [PolicySection(c.role, c.role.label, c.purpose, [_line(rule) for rule in c.rules()]) for c in ROLES]


def _line(rule: Rule) -> PolicyLine:
    cleared = the_policy().cleared(rule.role, rule.to) if rule.act in CLIENT_ACTS else 0
    return PolicyLine(ACT_WORDS[rule.act], RELATION_WORDS[rule.to], names_of(Label(cleared)), _(rule.why))
