"""Deeds done at one moment, each in a thread with a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connection

from goldthread.foundation.lib.errors import DomainError
from tests.databases import within_agency


def race(*deeds: Callable[[], object], told: Callable[[DomainError], str] | None = None) -> list[str]:
    """Do all *deeds* at once; what became of each, sorted: ``in``, what *told* makes of a refusal, or the fault itself."""
    said: list[str] = []
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> None:
        try:
            within_agency()
            start.wait(20)
            deed()
            said.append("in")
        except DomainError as error:
            said.append(told(error) if told else f"told: {error.message}")
        except Exception as error:  # what a thread raises is seen by nobody else
            said.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(said)
