"""What keeps a note from being signed, as sentences at their fields. Pure; everything typed stays."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.casework.contacts.rules.known import Known
from goldthread.casework.contacts.rules.written import LONGEST, Problem, Written
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.enums import Activity, Mode

DAY = timedelta(hours=24)
LONGEST_TRAVEL = 24 * 60


class NoteProblems(DomainError):
    """The note cannot be signed yet. ``problems`` says why, each at its field."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems[0].message, problems[0].field)
        self.problems = problems


def problems(note: Written, known: Known) -> list[Problem]:
    """Everything that keeps *note* from being signed, in the order of the form."""
    found = [*note.unread]
    for check in (_how, _when, _times, _lives, _program, _who, _done, _texts, _next):
        found.extend(check(note, known))
    first_at_each_field = {one.field: one for one in reversed(found)}
    return [one for one in found if first_at_each_field[one.field] is one]


def _how(note: Written, known: Known) -> Iterator[Problem]:
    if note.mode is None:
        yield Problem("how", _("Say how the contact took place."))
    elif note.mode == Mode.IN_PERSON and note.place is None:
        yield Problem("place", _("Say where you met."))


def _when(note: Written, known: Known) -> Iterator[Problem]:
    if note.day is None:
        yield Problem("day", _("Say on which day it was."))
    elif note.day > known.today:
        yield Problem("day", _("This day is still to come. Sign the note when the contact has taken place."))
    if note.start is None:
        yield Problem("start", _("Say when it began."))
    if note.end is None:
        yield Problem("end", _("Say when it ended."))


def _times(note: Written, known: Known) -> Iterator[Problem]:
    span = note.span(known.zone)
    if span is None:
        return
    start, end = span
    if end < start:
        yield Problem(
            "end", _("The end is before the start. If it went past midnight, tick “ended the next day”."), "next_day"
        )
    elif end - start >= DAY:
        yield Problem("end", _("A contact is shorter than a day. Look at the times again."))
    elif start > known.at:
        yield Problem("start", _("This time is still to come. Sign the note when the contact has taken place."))
    elif end > known.at:
        yield Problem("end", _("It has not ended yet at this time. Put right when it ended."))
    elif known.overlapping and not note.overlap_is_right:
        other = known.overlapping[0]
        words = {
            "start": time_format(other[0].astimezone(known.zone), "TIME_FORMAT"),
            "end": time_format(other[1].astimezone(known.zone), "TIME_FORMAT"),
        }
        message = _(
            "You signed another contact in this time (%(start)s to %(end)s). If both are right, tick “both times are right”."
        )
        yield Problem("start", message % words, "overlap_is_right")
    if note.travel_minutes > LONGEST_TRAVEL:
        yield Problem("travel_minutes", _("This is more than a day on the road. Look at it again."))


def _lives(note: Written, known: Known) -> Iterator[Problem]:
    if note.day is None:
        return
    for part in note.parts:
        life = known.lives.get(part.person)
        if life is None:
            yield Problem("who", _("Somebody in this note is not a client here. Open the page again."))
        elif life.born_on and note.day < life.born_on:
            yield Problem("day", _("%(name)s was not born yet on this day.") % {"name": life.name})
        elif part.present and life.died_on and note.day > life.died_on:
            yield Problem("who", _("%(name)s had died by this day. Untick them as present.") % {"name": life.name})


def _program(note: Written, known: Known) -> Iterator[Problem]:
    episode = known.episode
    if note.episode is None:
        if known.has_episodes:
            yield Problem("episode", _("Say for which program this contact was."))
        return
    if episode is None:
        yield Problem("episode", _("This client is not in that program. Choose another one."))
        return
    if note.day is None:
        return
    begins = min(episode.enrolled_on, episode.referred_on or episode.enrolled_on)
    if note.day < begins:
        words = {"program": episode.program, "day": date_format(begins, "j M Y")}
        yield Problem(
            "episode",
            _("On this day the client was not in %(program)s yet: that began %(day)s. Look at day and program.")
            % words,
        )
    elif episode.discharged_on and note.day > episode.discharged_on and not note.aftercare:
        words = {"program": episode.program, "day": date_format(episode.discharged_on, "j M Y")}
        yield Problem(
            "episode",
            _("The client left %(program)s on %(day)s. If this was aftercare, tick “aftercare”.") % words,
            "aftercare",
        )
    elif strangers := [part for part in note.parts if part.person not in known.members | {note.person}]:
        names = ", ".join(known.lives[one.person].name for one in strangers if one.person in known.lives)
        yield Problem("who", _("Not in this program on this day: %(names)s.") % {"names": names})


def _who(note: Written, known: Known) -> Iterator[Problem]:
    if note.attempted or note.others or any(part.present for part in note.parts):
        return
    yield Problem("who", _("Say who was there, or that you tried and did not reach them."))


def _done(note: Written, known: Known) -> Iterator[Problem]:
    if not note.activities:
        if not note.attempted:
            yield Problem("activity", _("Say what was done: at least one."))
        return
    minutes = note.minutes(known.zone)
    said = [value for value in note.activities.values() if value is not None]
    all_said = len(said) == len(note.activities)
    if sum(said) > minutes or (all_said and sum(said) != minutes):
        message = ngettext(
            "The minutes written here add up to %(said)d; the contact lasted %(all)d minute.",
            "The minutes written here add up to %(said)d; the contact lasted %(all)d minutes.",
            minutes,
        )
        yield Problem("activity", message % {"said": sum(said), "all": minutes})
    if unanswered := three_questions(note):
        yield unanswered


def three_questions(note: Written) -> Problem | None:
    """Whether a service was furnished and adequate and needs changed must be said by who checked on one; None: it was, or
    nobody did."""
    answered = note.furnished and note.adequate and note.changed
    if answered or note.attempted or Activity.MONITORING not in note.activities:
        return None
    return Problem("monitoring", _("You checked on a service: answer the three questions."))


def _texts(note: Written, known: Known) -> Iterator[Problem]:
    if not note.narrative.strip() and not note.attempted:
        yield Problem("narrative", _("Write what happened: a sentence is enough."))
    longest = max(
        [("narrative", note.narrative), *(("who", part.own_part) for part in note.parts)], key=lambda t: len(t[1])
    )
    if len(longest[1]) > LONGEST:
        message = _("This text has %(many)s letters; %(most)s fit into one note. Move the rest into an addendum.")
        yield Problem(longest[0], message % {"many": f"{len(longest[1]):,}", "most": f"{LONGEST:,}"})
    if any(len(goal.words) > 500 for goal in note.goals):
        yield Problem("goals", _("Keep each goal to 500 letters."))
    if note.attempted and any(goal.id for goal in note.goals):
        yield Problem("goals", _("You did not reach them: choose “not today” for each goal, and say it in the text."))


def _next(note: Written, known: Known) -> Iterator[Problem]:
    if note.next_step and note.next_on is None:
        yield Problem("next_on", _("Say by when: the next step becomes a task."))
    elif note.next_on and not note.next_step:
        yield Problem("next_step", _("Say what the next step is, or take the date away."))
    elif note.next_on and note.next_on < known.today:
        yield Problem("next_on", _("This day is over. Choose a day from today on."))
    if len(note.next_step) > 200:
        yield Problem("next_step", _("Keep the next step to 200 letters."))
