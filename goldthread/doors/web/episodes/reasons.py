"""The reasons of a discharge, in the words of the program's template on that day."""

from datetime import date
from uuid import UUID

from goldthread.casework.episodes.models import Episode
from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import Rules, in_force, rules_of


def reasons_of(program: Program, day: date) -> list[tuple[str, str]]:
    """Key and words of each reason for which an episode of *program* may end on *day*."""
    return _reasons(rules_of([program.pk]).get(program.pk), day)


def reason_words(episode: Episode, rules: dict[UUID, Rules]) -> str:
    """Why *episode* ended, by the *rules* of its program. Empty while it goes on; the bare key when they no longer know it."""
    if episode.discharged_on is None:
        return ""
    words = dict(_reasons(rules.get(episode.program_id), episode.discharged_on))
    return words.get(episode.discharge_reason, episode.discharge_reason)


def _reasons(rules: Rules | None, day: date) -> list[tuple[str, str]]:
    return [(reason.key, spoken(reason.title)) for reason in in_force(rules, day).discharge_reasons] if rules else []
