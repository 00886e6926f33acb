"""``goldthread import``: what an agency has already. Each subcommand is a module of ``goldthread.doors.command.imports``."""

from goldthread.doors.command.imports import clients, contacts, episodes
from goldthread.doors.command.of_one_agency import OfOneAgency


class Command(OfOneAgency):
    help = "Bring clients, their enrollments or their past contacts from a file."
    subcommands = {"clients": clients, "episodes": episodes, "contacts": contacts}
