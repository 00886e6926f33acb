"""Where every requirement of an episode stands, worked out when somebody looks: no row can be older than the day."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.queries.histories import histories_of
from goldthread.casework.tasks.rules.engine import Standing, work_out


def standings_of(episodes: Iterable[Episode], on: date, at: datetime | None = None) -> dict[UUID, list[Standing]]:
    """Every requirement of each episode on *on* (shares with their rates), the newest period first. Seven queries."""
    return {one.episode.pk: work_out(one.history, one.rules, on, at) for one in histories_of(episodes, on)}


def standing(episode: Episode, on: date, at: datetime | None = None) -> list[Standing]:
    """Every requirement of *episode* on *on*: state and why (``rules.words.explain``)."""
    return standings_of([episode], on, at).get(episode.pk, [])
