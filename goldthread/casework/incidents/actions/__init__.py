"""What a reporter does with a report."""

from goldthread.casework.incidents.actions.reporting import (
    log_oral,
    log_receipt,
    send_written,
    write_report,
)
from goldthread.casework.incidents.actions.starting import start_report

__all__ = ["log_oral", "log_receipt", "send_written", "start_report", "write_report"]
