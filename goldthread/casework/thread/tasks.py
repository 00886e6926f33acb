"""What the calendar asks for: broken threads become tasks, where a program says so."""

from goldthread.casework.tasks.queries.histories import calendar_now
from goldthread.casework.thread.actions import tasks_of_breaks
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.jobs import job
from goldthread.foundation.programs.queries import open_programs


@job()
def tasks_of_threads(by: Actor) -> None:
    """Make tasks of the breaks that programs name, and close those that were mended. Again changes nothing."""
    zone, _calendar = calendar_now(by.today, by.today)
    for program in open_programs(by.today):
        tasks_of_breaks(program=program, zone=zone, by=by)
