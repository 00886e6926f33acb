"""The models of the way out."""

from goldthread.casework.discharge.models.paper import Packet
from goldthread.casework.discharge.models.way import Addendum, Settlement, WayOut

__all__ = ["Addendum", "Packet", "Settlement", "WayOut"]
