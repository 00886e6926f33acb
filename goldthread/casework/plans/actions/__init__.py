"""What happens to plans, and to what they put to work."""

from goldthread.casework.plans.actions.ending import begin_again_with_episode, end_with_episode
from goldthread.casework.plans.actions.making import amend, begin_plan, begin_review, edit, withdraw
from goldthread.casework.plans.actions.papers import ask_for_paper, keep_paper, paper_failed, stand_of
from goldthread.casework.plans.actions.progress import ProgressItem, record_progress, void_progress
from goldthread.casework.plans.actions.putting_in_force import approve, return_plan, wrote_in
from goldthread.casework.plans.actions.signing import (
    SignerAsked,
    ask_for_signatures,
    back_to_draft,
    decline,
    decline_by_link,
    link_mailed,
    link_of,
    link_to_mail,
    new_link,
    put_back,
    read_by_link,
    secret_of,
    sign_by_link,
    sign_here,
    take_off,
)
from goldthread.casework.plans.actions.working import (
    close_goal,
    drop_step,
    finish_step,
    note_service,
    reopen_goal,
    reopen_step,
)

__all__ = [
    "ProgressItem",
    "SignerAsked",
    "amend",
    "approve",
    "ask_for_paper",
    "ask_for_signatures",
    "back_to_draft",
    "begin_again_with_episode",
    "begin_plan",
    "begin_review",
    "close_goal",
    "decline",
    "decline_by_link",
    "drop_step",
    "edit",
    "end_with_episode",
    "finish_step",
    "keep_paper",
    "link_mailed",
    "link_of",
    "link_to_mail",
    "new_link",
    "note_service",
    "paper_failed",
    "put_back",
    "read_by_link",
    "record_progress",
    "reopen_goal",
    "reopen_step",
    "return_plan",
    "secret_of",
    "sign_by_link",
    "sign_here",
    "stand_of",
    "take_off",
    "void_progress",
    "withdraw",
    "wrote_in",
]
