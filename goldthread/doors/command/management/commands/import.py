"""``goldthread import``: what an agency has already. Each subcommand is a module of ``goldthread.doors.command.imports``."""

from goldthread.doors.command.imports import clients
from goldthread.doors.command.of_one_agency import OfOneAgency


class Command(OfOneAgency):
    help = "Bring clients from a file."
    subcommands = {"clients": clients}
