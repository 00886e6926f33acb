"""What the worker does for ways out: PDF, which take seconds of processor time that a page has not."""

from goldthread.casework.discharge import actions
from goldthread.casework.discharge.models import Packet
from goldthread.doors.web.discharge.printing import html_of
from goldthread.doors.web.plans.tasks import pdf_of
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.jobs import job


@job()
def make_packet(by: Actor, packet: str) -> None:
    """Make the file that *packet* asks for. Made already: nothing."""
    found = Packet.objects.select_related("way__episode__program__team__site", "way__person").get(pk=packet)
    if found.file_id is not None:
        return
    try:
        data = pdf_of(html_of(found.way, form=found.form, language=found.language))
    except Exception:
        actions.packet_failed(packet=found.pk)  # who waits is told; the queue tries again
        raise
    actions.keep_packet(packet=found.pk, data=data, by=by)
