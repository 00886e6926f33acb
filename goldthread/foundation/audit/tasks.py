"""The sealer."""

import logging

from goldthread.foundation.audit import actions, queries
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.jobs import job

log = logging.getLogger(__name__)


@job()
def seal_audit_log(by: Actor) -> None:
    """Chain what has been added since the last time; say so loudly when something had to wait too long."""
    if late := queries.seconds_late(by.at):
        log.error("audit sealer late", extra={"count": late})
    actions.seal(by=by)
