"""What happened at work: clients handed over, cover, second workers, a block, two broken glasses, kept views."""

from goldthread.access.actions import break_glass, review_glass, set_block
from goldthread.access.models import BreakGlass
from goldthread.casework.caseload.actions import assign, hand_over
from goldthread.casework.caseload.models import AssignmentKind
from goldthread.doors.demo.agency import ANDRE, GLORIA, JONAH, KEISHA, MEI_LIN, RENEE, SUNNIVA, TOMAS
from goldthread.doors.demo.past import Happening, Past
from goldthread.doors.demo.work.lately import episode_of
from goldthread.foundation.workforce.actions import save_view
from goldthread.foundation.workforce.models import Notice

CLIENT_LIST = "clients"
"""The page of the kept views, as doors/web/clients calls it."""
BLOCK_SET = 74


def happenings(past: Past) -> list[Happening]:
    """Everything that happened at work."""
    jonah_began = (past.today - past.staff(JONAH).started_on).days - 14
    return [
        Happening(jonah_began, 9, lambda p: inherit(p, jonah_began)),
        Happening(BLOCK_SET, 10, block_former_partner),
        Happening(33, 13, first_glass),
        Happening(32, 9, judge_first_glass),
        Happening(21, 15, second_workers),
        Happening(18, 9, keep_views),
        Happening(1, 16, second_glass),
    ]


def inherit(past: Past, ago: int) -> None:
    """Jonah's older clients were Renee's before he came."""
    hand_over(
        from_staff=past.staff(RENEE),
        to_staff=past.staff(JONAH),
        on=past.day(ago),
        by=past.by(GLORIA, ago, 9),
        reason="New colleague: Renee had far too many clients.",
        clients=past.office.inherited,
    )


def block_former_partner(past: Past) -> None:
    set_block(
        person=past.person("Erik Lindgaard"),
        staff=past.staff(SUNNIVA),
        reason="Former partner. Sunniva told us herself on his first day.",
        by=past.by(GLORIA, BLOCK_SET, 10),
    )


def first_glass(past: Past) -> None:
    break_glass(
        viewer=past.viewer(TOMAS, 33, 13),
        pk=past.person("Curtis Boyd").pk,
        reason="He fell in our lobby and is confused. The ambulance asks what he takes and whom to call.",
    )


def judge_first_glass(past: Past) -> None:
    glass = BreakGlass.objects.get(client=past.person("Curtis Boyd"))
    by = past.by(GLORIA, 32, 9, 20)
    review_glass(
        glass=glass,
        outcome="justified",
        note="Talked with Tomás and with the front desk. He looked at alerts and the emergency contact only.",
        by=by,
    )
    Notice.objects.filter(source_id=glass.pk).update(seen_at=by.at)


def second_workers(past: Past) -> None:
    """Some clients have a second worker."""
    for client, staff, team, why in (
        ("Walt Brandt", ANDRE, "Older adults and disabilities", "Home visits in pairs."),
        ("Inés Costa Ferreira", RENEE, "Mental health", "Works with her mother."),
        ("Dolores Quintana", MEI_LIN, "Older adults and disabilities", "Joint visits after the second fall."),
        ("Aiyana Brightwater", TOMAS, "Families and foster care", "School meetings."),
    ):
        assign(
            client=past.person(client),
            staff=past.staff(staff),
            kind=AssignmentKind.SECONDARY,
            episode=episode_of(past.people[client].pk),
            team=past.office.teams[team],
            starts_on=past.day(21),
            by=past.by(GLORIA, 21, 15),
            reason=why,
        )


def keep_views(past: Past) -> None:
    """Lists that people come back to."""
    for staff, name, query in (
        (RENEE, "Alerts to look at again", "whose=mine&alerts_due=1"),
        (RENEE, "Speak Spanish", "whose=mine&language=es"),
        (GLORIA, "Alerts to look at again", "whose=team&alerts_due=1"),
        (KEISHA, "Nobody's yet", "whose=all&state=unassigned"),
    ):
        save_view(staff=past.staff(staff), page=CLIENT_LIST, name=name, query=query, by=past.by(staff, 18, 9))


def second_glass(past: Past) -> None:
    break_glass(
        viewer=past.viewer(JONAH, 1, 16),
        pk=past.person("Otis Merriweather").pk,
        reason="His niece is at the desk in tears: he does not open. Mei-Lin is on a visit and does not answer.",
    )
