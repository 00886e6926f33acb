"""Writing the ledger, keeping drafts."""

from goldthread.casework.record.actions.drafts import discard_draft, save_draft, use_up_draft
from goldthread.casework.record.actions.entries import (
    correct_entries,
    entry_of,
    hide_entries,
    mark_entries,
    void_entries,
    void_entries_of,
    write_entry,
)

__all__ = [
    "correct_entries",
    "discard_draft",
    "entry_of",
    "hide_entries",
    "mark_entries",
    "save_draft",
    "use_up_draft",
    "void_entries",
    "void_entries_of",
    "write_entry",
]
