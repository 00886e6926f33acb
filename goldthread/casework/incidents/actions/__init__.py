"""What a reporter does with a report."""

from goldthread.casework.incidents.actions.closing import close_as_mistake, take_up_again
from goldthread.casework.incidents.actions.reporting import (
    log_oral,
    log_receipt,
    send_written,
    write_report,
)
from goldthread.casework.incidents.actions.starting import start_report

__all__ = [
    "close_as_mistake",
    "log_oral",
    "log_receipt",
    "send_written",
    "start_report",
    "take_up_again",
    "write_report",
]
