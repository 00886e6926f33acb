"""Working out again: for episodes in hand, for a whole program in stages, and when time alone asks for it."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import F

from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.actions.publishing import next_look, together, work_out_tasks
from goldthread.casework.tasks.models import Reckoning, Task
from goldthread.casework.tasks.queries.histories import Loaded, histories_of
from goldthread.casework.tasks.rules.engine import touched as keys_touched
from goldthread.casework.tasks.rules.history import Event
from goldthread.casework.tasks.rules.versions import rules_on
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.bulk import update_rows
from goldthread.foundation.lib.compiled import AnyOf, Compiled, Given
from goldthread.foundation.programs.queries import Rules
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
        Episode._meta.get_field("reckoning").set_cached_value(episode, found.get(pk))  # none yet is known, too


def recompute_locked(
    episodes: Sequence[Episode],
    *,
    by: Actor,
    touched: Mapping[UUID, Sequence[Event]] | None = None,
    rules: Mapping[UUID, Rules] | None = None,
) -> None:
    """As ``recompute``, of episodes that the caller has locked, with ``reckoning``. *touched*: what changed in each of them;
    only the requirements that look at it are worked out again. *rules* of their programs, when the caller has read them."""
    wanted = [episode for episode in episodes if touched is None or touched.get(episode.pk)]
    if not wanted:
        return
    loaded = histories_of(wanted, by.today, rules)
    scopes = {one.episode.pk: _only(one, by, touched) for one in loaded}
    tasks = tasks_of(scopes)
    known = {episode.pk: reckoning_of(episode, by) for episode in wanted}
    changes = [
        work_out_tasks(one, tasks[one.episode.pk], known[one.episode.pk], by, scopes[one.episode.pk]) for one in loaded
    ]
    together(changes).write()
    keep([(known[one.episode.pk], one, scopes[one.episode.pk] is None) for one in loaded], by)


def set_owner(*, episode: Episode, owner: Staff | None, by: Actor, team_id: UUID | None = None) -> None:
    """Give the open requirement tasks of *episode*, and those to come, to *owner*; to the team when there is nobody.

    What a worker delegated stays with whom it was delegated to.
    """
    team = None if owner else team_id or episode.program.team_id
    with transaction.atomic():
        made, created = Reckoning.objects.select_for_update().get_or_create(
            episode=episode, defaults={"owner": owner, "team_id": team, "worked_out_at": by.at, "version": 0}
        )
        if not created and (made.owner_id, made.team_id) != (owner.pk if owner else None, team):
            made.owner, made.team_id = owner, team
            made.save(update_fields=["owner", "team"])
        open_tasks = Task.objects.filter(episode=episode, state="open", asked_by__isnull=True).exclude(requirement="")
        open_tasks.update(owner=owner, team_id=team)


def _only(one: Loaded, by: Actor, touched: Mapping[UUID, Sequence[Event]] | None) -> frozenset[str] | None:
    """The keys of the requirements that what changed can touch. None: all of them."""
    if touched is None or not hasattr(one.episode, "reckoning") or one.episode.reckoning.version == 0:
        return None
    keys = keys_touched(one.rules, by.today, touched[one.episode.pk])
    return None if len(keys) == len(rules_on(one.rules, by.today)) else keys


_ALL_TASKS = Compiled(lambda: Task.objects.filter(AnyOf(F("episode"), Given("ids"))).exclude(requirement=""))
_SOME_TASKS = Compiled(
    lambda: Task.objects.filter(AnyOf(F("episode"), Given("ids")), AnyOf(F("requirement"), Given("keys")))
)


def tasks_of(scopes: Mapping[UUID, frozenset[str] | None]) -> dict[UUID, list[Task]]:
    """The stored tasks of the requirements of each episode (None: of all of them)."""
    found: dict[UUID, list[Task]] = {pk: [] for pk in scopes}
    keys = {key for only in scopes.values() if only is not None for key in only}
    whole = any(only is None for only in scopes.values())
    for task in _ALL_TASKS.ask(ids=list(scopes)) if whole else _SOME_TASKS.ask(ids=list(scopes), keys=sorted(keys)):
        only = scopes[task.episode_id]  # type: ignore[index]  # asked by episode: it has one
        if only is None or task.requirement in only:
            found[task.episode_id].append(task)  # type: ignore[index]  # as above
    return found


def reckoning_of(episode: Episode, by: Actor) -> Reckoning:
    """The reckoning of *episode*, or a new one that is not kept yet."""
    if hasattr(episode, "reckoning"):
        return episode.reckoning
    return Reckoning(episode=episode, worked_out_at=by.at, version=0)


def keep(rows: list[tuple[Reckoning, Loaded, bool]], by: Actor) -> None:
    """Remember when to look again, and that what somebody works out from an older state is stale."""
    made: list[Reckoning] = []
    changed: list[Reckoning] = []
    for reckoning, loaded, whole in rows:
        new = reckoning._state.adding
        look = next_look(loaded, by.today)
        if whole or look is None or reckoning.refresh_on is None or look < reckoning.refresh_on:
            reckoning.refresh_on = look
        reckoning.version += 1
        reckoning.worked_out_at = by.at
        (made if new else changed).append(reckoning)
    if made:
        Reckoning.objects.bulk_create(made)
    if changed:
        update_rows(changed, ("refresh_on", "version", "worked_out_at"))
