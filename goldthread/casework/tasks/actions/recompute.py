"""Working out again: for episodes in hand, for a whole program in stages, and when time alone asks for it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.actions.publishing import look_again, together, work_out_tasks, worked_out_by
from goldthread.casework.tasks.models import Reckoning, Task
from goldthread.casework.tasks.queries.histories import Loaded, histories_of
from goldthread.casework.tasks.rules.history import Event, History
from goldthread.casework.tasks.rules.narrowing import ALL_OF_IT, Since, stays_ahead, touched_since
from goldthread.casework.tasks.rules.versions import rules_on
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.compiled import AnyOf, Compiled, Given
from goldthread.foundation.lib.writes import Writes
from goldthread.foundation.workforce.models import Staff


def recompute(*, episodes: Iterable[UUID], by: Actor) -> None:
    """Work out every requirement of *episodes* (ids) again. What is right already is not written."""
    with transaction.atomic():
        recompute_locked(lock(episodes), by=by)


_LOCKED = Compiled(lambda: Episode.objects.select_for_update().filter(AnyOf(F("pk"), Given("ids"))).order_by("pk"))
_RECKONINGS = Compiled(lambda: Reckoning.objects.filter(AnyOf(F("pk"), Given("ids"))))


def lock(ids: Iterable[UUID]) -> list[Episode]:
    """The episodes, with ``reckoning``, locked until the transaction ends; in one order, so that two cannot wait for each other."""
    locked = _LOCKED.ask(ids=list(ids))
    read_reckonings(locked)
    return locked


def read_reckonings(locked: Iterable[Episode]) -> None:
    """Put ``reckoning`` on episodes that are locked. After the lock: joined to it, a lock that had to wait would bring the
    reckoning as it was before."""
    episodes = {episode.pk: episode for episode in locked}
    found = {one.pk: one for one in _RECKONINGS.ask(ids=list(episodes))} if episodes else {}
    for pk, episode in episodes.items():
        has_reckoning(episode, found.get(pk))


def has_reckoning(episode: Episode, reckoning: Reckoning | None) -> None:
    """Put it on the episode; that there is none yet is known, too."""
    Episode._meta.get_field("reckoning").set_cached_value(episode, reckoning)


def recompute_locked(
    episodes: Sequence[Episode],
    *,
    by: Actor,
    touched: Mapping[UUID, Sequence[Event]] | None = None,
) -> None:
    """As ``recompute``, of episodes that the caller has locked, with ``reckoning``. *touched*: what changed in each of them;
    only the requirements that look at it are worked out again, and of these only what can have changed."""
    wanted = [episode for episode in episodes if touched is None or touched.get(episode.pk)]
    if wanted:
        make_right(histories_of(wanted, by.today), touched, by, Writes())


def make_right(
    loaded: Sequence[Loaded], touched: Mapping[UUID, Sequence[Event]] | None, by: Actor, writes: Writes
) -> None:
    """The same of episodes that were *loaded* since they were locked. What *writes* holds already is written with it."""
    scopes = {one.episode.pk: scope_of(one, touched[one.episode.pk], by.today) if touched else None for one in loaded}
    if not _right(loaded, scopes, by, writes):
        _right(loaded, dict.fromkeys(scopes), by, writes)


def _right(loaded: Sequence[Loaded], scopes: Mapping[UUID, Since | None], by: Actor, writes: Writes) -> bool:
    """Make the tasks of the episodes right, as far as *scopes* says. False: what was left out of a scope is not as it must have
    been, so all has to be worked out (a row that a narrow look takes for gone, or for new, may be settled in truth)."""
    tasks = tasks_of(scopes)
    changes = together(
        [
            work_out_tasks(one, tasks[one.episode.pk], reckoning_of(one.episode, by), by, scopes[one.episode.pk])
            for one in loaded
        ]
    )
    narrow = any(since != ALL_OF_IT for only in scopes.values() if only is not None for since in only.values())
    if narrow and changes.is_doubtful:
        return False
    keep([(reckoning_of(one.episode, by), one, scopes[one.episode.pk] is None) for one in loaded], by, writes)
    return changes.write(writes, narrow=narrow)


def set_owner(*, episode: Episode, owner: Staff | None, by: Actor, team_id: UUID | None = None) -> UUID | None:
    """Give the open requirement tasks of *episode*, and those to come, to *owner*; to the team when there is nobody.

    What a worker delegated stays with whom it was delegated to. Returns who had them until now (an id), where that was somebody else.
    """
    team = None if owner else team_id or episode.program.team_id
    with transaction.atomic():
        made, created = Reckoning.objects.select_for_update().get_or_create(
            episode=episode, defaults={"owner": owner, "team_id": team, "worked_out_at": by.at, "version": 0}
        )
        before = None if created or (owner and made.owner_id == owner.pk) else made.owner_id
        if not created and (made.owner_id, made.team_id) != (owner.pk if owner else None, team):
            made.owner, made.team_id = owner, team
            made.save(update_fields=["owner", "team"])
        open_tasks = Task.objects.filter(episode=episode, state="open", asked_by__isnull=True).exclude(requirement="")
        open_tasks.update(owner=owner, team_id=team)
    return before


def scope_of(one: Loaded, events: Sequence[Event], today: date) -> Since | None:
    """The requirements that *events*, there or gone, can have changed, and how much of each. None: all of them, from the beginning,
    because nobody knows when all of them were worked out last."""
    reckoning = one.episode.reckoning if hasattr(one.episode, "reckoning") else None
    if reckoning is None or reckoning.version == 0 or reckoning.refresh_on is None:
        return None
    whole_on = worked_out_by(reckoning.refresh_on)
    changed = [*events, *_together_with(events, one.history)]
    moved = touched_since(one.rules, today, changed, whole_on, ahead_stays=stays_ahead(one.history))
    every = len(moved) == len(rules_on(one.rules, today)) and set(moved.values()) == {ALL_OF_IT}
    return None if every else moved


def _together_with(events: Iterable[Event], history: History) -> list[Event]:
    """What comes from the same notes, of a household: taken together they are one event, on the day of the first of them."""
    sources = {event.source for event in events}
    return [event for event in history.events if event.source is not None and event.source in sources]


_ALL_TASKS = Compiled(lambda: Task.objects.filter(AnyOf(F("episode"), Given("ids"))).exclude(requirement=""))
_SOME_TASKS = Compiled(
    lambda: Task.objects.filter(
        Q(done_on__isnull=True, period_end__isnull=True)
        | Q(done_on__gte=Given("met_since"), period_end__isnull=True)
        | Q(period_end__gte=Given("since"), period_start__isnull=True)
        | Q(period_end__gte=Given("since"), period_start__lte=Given("until"))
        | Q(period_end__gte=Given("since"), period_start__gt=Given("beyond")),
        AnyOf(F("episode"), Given("ids")),
        AnyOf(F("requirement"), Given("keys")),
    )
)


def tasks_of(scopes: Mapping[UUID, Since | None]) -> dict[UUID, list[Task]]:
    """The stored tasks of the requirements of each episode (None: of all of them) that lie in their windows."""
    found: dict[UUID, list[Task]] = {pk: [] for pk in scopes}
    for task in _asked(scopes):
        only = scopes[task.episode_id]  # type: ignore[index]  # asked by episode: it has one
        window = ALL_OF_IT if only is None else only.get(task.requirement)
        if window and not window.is_over(task.period_end, task.done_on) and not window.is_ahead(task.period_start):
            found[task.episode_id].append(task)  # type: ignore[index]  # as above
    return found


def _asked(scopes: Mapping[UUID, Since | None]) -> list[Task]:
    """With one statement: what is too much for one episode is needed by another, or by another requirement."""
    if any(only is None for only in scopes.values()):
        return _ALL_TASKS.ask(ids=list(scopes))
    asked = [(key, window) for only in scopes.values() if only is not None for key, window in only.items()]
    if not asked:
        return []
    return _SOME_TASKS.ask(
        ids=list(scopes),
        keys=sorted({key for key, _window in asked}),
        since=min(window.since for _key, window in asked),
        met_since=min(window.met_since for _key, window in asked),
        until=max(window.until for _key, window in asked),
        beyond=min(window.beyond for _key, window in asked),
    )


def reckoning_of(episode: Episode, by: Actor) -> Reckoning:
    """The reckoning of *episode*, or a new one that is not kept yet."""
    if hasattr(episode, "reckoning"):
        return episode.reckoning
    return Reckoning(episode=episode, worked_out_at=by.at, version=0)


def keep(rows: list[tuple[Reckoning, Loaded, bool]], by: Actor, writes: Writes) -> None:
    """Remember, with what *writes* holds, when to look again, and that what somebody works out from an older state is stale."""
    made: list[Reckoning] = []
    changed: list[Reckoning] = []
    for reckoning, loaded, whole in rows:
        new = reckoning._state.adding
        reckoning.refresh_on = look_again(reckoning.refresh_on, loaded, by.today, whole=whole)
        reckoning.version += 1
        reckoning.worked_out_at = by.at
        (made if new else changed).append(reckoning)
    writes.insert(made)
    writes.update(changed, ("refresh_on", "version", "worked_out_at"))
