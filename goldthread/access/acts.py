"""The actions that the gate decides on. Each later room adds its rows here, in policy.csv and in expected.csv."""

from enum import StrEnum


class Act(StrEnum):
    """What somebody wants to do. The words are those of policy.csv."""

    # on one client, or on a list of them
    FIND = "client.find"
    READ = "client.read"
    EDIT = "client.edit"
    CREATE = "client.create"
    ASSIGN = "client.assign"
    EXPORT = "client.export"
    REVEAL_IDENTIFIER = "identifier.reveal"
    SET_LABELS = "client.set_labels"
    SEE_WHO_SAW = "client.see_who_saw"
    SET_BLOCK = "block.set"
    # on the agency
    BREAK_GLASS = "glass.break"
    REVIEW_GLASS = "glass.review"
    READ_STAFF = "staff.read"
    MANAGE_STAFF = "staff.manage"
    HAND_OVER = "caseload.hand_over"
    MANAGE_AGENCY = "agency.manage"
    READ_POLICY = "policy.read"
    READ_WORKER_AUDIT = "audit.read_worker"
    READ_JOBS = "jobs.read"
