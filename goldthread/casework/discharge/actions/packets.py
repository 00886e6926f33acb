"""The packet is asked for as a file, and made by the worker. As ``plans.actions.papers``."""

import json
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from goldthread.casework.discharge.actions.common import staff_of, told
from goldthread.casework.discharge.models import Packet, WayOut
from goldthread.foundation.files.actions import keep_made
from goldthread.foundation.lib.actor import Actor

PDF = "application/pdf"
LIBRARIES, FAILED = "libraries", "failed"
"""What can be the problem with a packet."""


def stand_of(way: WayOut, more: object = "") -> str:
    """Of what a packet shows: the signed words, addenda, and *more* (appointments that stay). Another stand is another paper."""
    addenda = [str(pk) for pk in way.addenda.order_by("at", "pk").values_list("pk", flat=True)]
    return sha256(json.dumps([way.digest, way.state, addenda, str(more)]).encode()).hexdigest()


@transaction.atomic
def ask_for_packet(*, way: WayOut, form: str, language: str, stand: str, by: Actor) -> tuple[Packet, bool]:
    """The packet of this stand, and whether it is to be made: asked for the first time, or again after a problem or a long wait."""
    packet, new = Packet.objects.get_or_create(
        way=way,
        form=form,
        language=language,
        stand=stand,
        defaults={"asked_by_id": staff_of(by), "asked_at": by.at, "labels": way.labels},
    )
    again = not new and (bool(packet.problem) or waits_long(packet, by.at))
    if again:
        packet.problem, packet.asked_at = "", by.at
        packet.save(update_fields=["problem", "asked_at"])
    if new or again:
        told(way, "discharge.packet_asked", by, form=form)
    return packet, new or again


@transaction.atomic
def keep_packet(*, packet: UUID, data: bytes | None, by: Actor) -> None:
    """Keep what was made of it; None: the server lacks what it takes. Twice changes nothing."""
    found = Packet.objects.select_for_update().get(pk=packet)
    if found.file_id is not None:
        return
    if data is None:
        found.problem = LIBRARIES
    else:
        found.file, found.problem = keep_made(data=data, media_type=PDF, by=by), ""
    found.save(update_fields=["file", "problem"])


def packet_failed(*, packet: UUID) -> None:
    """It could not be made this time: whoever waits for it may try again, and so does the queue."""
    Packet.objects.filter(pk=packet, file=None).update(problem=FAILED)


def waits_long(packet: Packet, at: datetime) -> bool:
    """Has the worker not made it for a minute?"""
    return packet.file_id is None and not packet.problem and (at - packet.asked_at).total_seconds() > 60
