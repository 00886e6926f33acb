"""``goldthread assessments``: answers out and in. Each subcommand is a module of ``goldthread.doors.command.assessments``."""

from goldthread.doors.command.assessments import exporting, importing
from goldthread.doors.command.of_one_agency import OfOneAgency


class Command(OfOneAgency):
    help = "Export and import answers to instruments."
    subcommands = {"export": exporting, "import": importing}
