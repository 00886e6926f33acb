"""Reading the thread: of one client in a fixed number of statements, and where it breaks for many clients at once."""

from goldthread.casework.thread.queries.asked import asked_and_silent, asked_of
from goldthread.casework.thread.queries.many import Broken, Many, count_breaks, find_breaks
from goldthread.casework.thread.queries.one import known_of
from goldthread.casework.thread.queries.whole import count_whole

__all__ = ["Broken", "Many", "asked_and_silent", "asked_of", "count_breaks", "count_whole", "find_breaks", "known_of"]
