"""A signed note as the composer's fields: what its new version starts with when it came back."""

from datetime import datetime

from django.utils import timezone

from goldthread.casework.contacts.models import Contact
from goldthread.doors.web.contacts.offered import ELSEWHERE, Offered
from goldthread.doors.web.contacts.toward import ENDED, HELPED, NOTE, TOWARD, VALUE
from goldthread.doors.web.contacts.typed import Typed


def typed_of(contact: Contact, offered: Offered) -> Typed:
    """The fields as they stood when *contact* was signed."""
    values = {
        "replaces": [str(contact.pk)],
        "how": [_way(contact, offered)],
        "place": [contact.place],
        "place_words": [contact.place_words],
        "day": [contact.happened_on.isoformat()],
        "start": [_clock(contact.started_at)],
        "end": [_clock(contact.ended_at)],
        "travel_minutes": [str(contact.travel_minutes or "")],
        "miles": ["" if contact.miles is None else str(contact.miles)],
        "narrative": [contact.narrative],
        "barrier": list(contact.barriers),
        "domain": list(contact.domains),
        "next_step": [contact.next_step],
        "next_on": [contact.next_on.isoformat() if contact.next_on else ""],
        "next_in": ["date" if contact.next_on else ""],
        "safety": ["yes" if contact.safety_concern else "no"],
        "episode": [str(contact.episode_id or "")],
        "attempted": ["1"] if contact.attempted else [],
        "aftercare": ["1"] if contact.aftercare else [],
        "overlap_is_right": ["1"] if contact.overlaps else [],
        "next_day": ["1"] if _day(contact.started_at) != _day(contact.ended_at) else [],
        "monitoring_note": [contact.monitoring.get("note", "")],
    }
    values |= {name: [contact.monitoring.get(name, "")] for name in ("furnished", "adequate", "changed")}
    return Typed(values | _people(contact) | _done(contact))


def _people(contact: Contact) -> dict[str, list[str]]:
    rows = list(contact.people.all())
    values = {
        "who": [str(row.person_id) for row in rows if row.person_id and row.present],
        "other_name": [", ".join(row.name for row in rows if row.name)],
        "other_role": [next((row.role for row in rows if row.name), "other")],
    }
    values["someone"] = ["1"] if values["other_name"][0] else []
    return values | {f"own_{row.person_id}": [row.own_part] for row in rows if row.client}


def _done(contact: Contact) -> dict[str, list[str]]:
    activities = list(contact.activities.all())
    values = {"activity": [row.activity for row in activities]}
    values |= {f"minutes_{row.activity}": [str(row.minutes)] for row in activities}
    for number, goal in enumerate(goal for goal in contact.goals if "id" not in goal):
        values |= {f"goal_{number}": [goal["words"]], f"went_{number}": [goal["went"]]}
    values |= _toward(contact)
    for row in contact.checklists.all():
        for item, said in row.answers.items():
            values[f"check_{row.checklist}_{item}"] = [said["answer"]]
            values[f"checknote_{row.checklist}_{item}"] = [said["note"]]
    return values


def _toward(contact: Contact) -> dict[str, list[str]]:
    """What was said of goals and services of the plan."""
    of_plan = [goal for goal in contact.goals if "id" in goal]
    services = contact.monitoring.get("services", [])
    values = {"step": [step["id"] for goal in of_plan for step in goal.get("steps", [])]}
    values["service"] = [one["id"] for one in services]
    for goal in of_plan:
        values |= {f"{TOWARD}{goal['id']}": [goal["went"]], f"{NOTE}{goal['id']}": [goal.get("note", "")]}
        values |= {f"{VALUE}{one['id']}": [one["value"]] for one in goal.get("values", [])}
    for one in services:
        values |= {f"{ENDED}{one['id']}": ["1"] if one.get("ended") else []}
        values |= {f"{HELPED}{one['id']}": [one.get("helped", "")]}
    return values


def _way(contact: Contact, offered: Offered) -> str:
    if contact.kind and offered.way(f"kind:{contact.kind}"):
        return f"kind:{contact.kind}"
    same = (way for way in offered.ways if way.mode == contact.mode and (way.place or "") == contact.place)
    return next((way.value for way in same if way.value != ELSEWHERE), ELSEWHERE)


def _clock(at: datetime) -> str:
    return f"{at.astimezone(timezone.get_current_timezone()):%H:%M}"


def _day(at: datetime) -> str:
    return at.astimezone(timezone.get_current_timezone()).date().isoformat()
