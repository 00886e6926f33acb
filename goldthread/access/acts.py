"""The actions that the gate decides on. Each later room adds its rows here, in policy.csv and in expected.csv."""

from enum import StrEnum


class Act(StrEnum):
    """What somebody wants to do. The words are those of policy.csv."""

    # on one client, or on a list of them
    FIND = "client.find"
    READ = "client.read"
    EDIT = "client.edit"
    ASSIGN = "client.assign"
    EXPORT = "client.export"
    MERGE = "client.merge"
    REVEAL_IDENTIFIER = "identifier.reveal"
    SET_LABELS = "client.set_labels"
    SEE_WHO_SAW = "client.see_who_saw"
    SET_BLOCK = "block.set"
    REVIEW_GLASS = "glass.review"
    READ_EPISODE = "episode.read"
    ENROL = "episode.enrol"
    MANAGE_EPISODE = "episode.manage"
    READ_RECORD = "record.read"
    WRITE_CONTACT = "contact.write"
    COSIGN_CONTACT = "contact.cosign"
    WRITE_TASK = "task.write"
    WRITE_SCHEDULE = "schedule.write"
    MAKE_REPORT = "report.make"
    READ_REPORT = "report.read"
    READ_FACT = "fact.read"
    WRITE_FACT = "fact.write"
    WRITE_ASSESSMENT = "assessment.write"
    WRITE_PLAN = "plan.write"
    APPROVE_PLAN = "plan.approve"
    WRITE_DISCHARGE = "discharge.write"
    READ_DOCUMENT = "document.read"
    WRITE_DOCUMENT = "document.write"
    SEND_PACKAGE = "package.send"
    # on one inquiry, or on a list of them
    READ_INQUIRY = "inquiry.read"
    WRITE_INQUIRY = "inquiry.write"
    # on one worker, or on a list of them
    HAND_OVER = "caseload.hand_over"
    COVER = "caseload.cover"
    READ_WORKER_AUDIT = "audit.read_worker"
    OVERSEE = "team.oversee"
    # on the agency
    CREATE = "client.create"
    IMPORT_CLIENTS = "client.import"
    BREAK_GLASS = "glass.break"
    READ_STAFF = "staff.read"
    MANAGE_STAFF = "staff.manage"
    MANAGE_AGENCY = "agency.manage"
    READ_POLICY = "policy.read"
    READ_JOBS = "jobs.read"
    MANAGE_PROGRAMS = "program.manage"
    MANAGE_INSTRUMENTS = "instrument.manage"


CLIENT_ACTS = frozenset(
    {
        Act.FIND,
        Act.READ,
        Act.EDIT,
        Act.ASSIGN,
        Act.EXPORT,
        Act.MERGE,
        Act.REVEAL_IDENTIFIER,
        Act.SET_LABELS,
        Act.SEE_WHO_SAW,
        Act.SET_BLOCK,
        Act.REVIEW_GLASS,
        Act.READ_EPISODE,
        Act.ENROL,
        Act.MANAGE_EPISODE,
        Act.READ_RECORD,
        Act.WRITE_CONTACT,
        Act.COSIGN_CONTACT,
        Act.WRITE_TASK,
        Act.WRITE_SCHEDULE,
        Act.MAKE_REPORT,
        Act.READ_REPORT,
        Act.READ_FACT,
        Act.WRITE_FACT,
        Act.WRITE_ASSESSMENT,
        Act.WRITE_PLAN,
        Act.APPROVE_PLAN,
        Act.WRITE_DISCHARGE,
        Act.READ_DOCUMENT,
        Act.WRITE_DOCUMENT,
        Act.SEND_PACKAGE,
    }
)
"""Acts that are decided for each client."""
WORKER_ACTS = frozenset({Act.HAND_OVER, Act.COVER, Act.READ_WORKER_AUDIT, Act.OVERSEE})
"""Acts that are decided for each worker."""
INQUIRY_ACTS = frozenset({Act.READ_INQUIRY, Act.WRITE_INQUIRY})
"""Acts that are decided for each inquiry."""
