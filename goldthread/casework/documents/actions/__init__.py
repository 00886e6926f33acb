"""Documents are added, renewed, removed, and brought back; what they are evidence of."""

from goldthread.casework.documents.actions.keeping import (
    Days,
    add_document,
    add_version,
    bring_back,
    need_not_renew,
    remove,
)
from goldthread.casework.documents.actions.proving import papers_that_ended

__all__ = [
    "Days",
    "add_document",
    "add_version",
    "bring_back",
    "need_not_renew",
    "papers_that_ended",
    "remove",
]
