"""Jobs: work done after the answer, by the worker. They live in a table of the database; there is no broker.

A job is a function of a room's ``tasks.py``. It takes the actor first (the worker says who and when; below the doors
nothing reads the clock), then ids, never client content. It may run twice: a worker can be killed between doing the
work and saying so. Write it so that the second run changes nothing::

    @job()
    def sweep(by: Actor) -> None: ...

    transaction.on_commit(lambda: sweep.enqueue())
"""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, cast

from django.db import connection
from django_tasks import task
from django_tasks.base import Task
from django_tasks.utils import normalize_json
from django_tasks_db.backend import DatabaseBackend

from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id

P = ParamSpec("P")
TRIES = 5


def job(*, tries: int = TRIES) -> Callable[[Callable[Concatenate[Actor, P], None]], "Task[P, None]"]:
    """Make a function a job. *tries*: how often it is tried, with growing pauses, before it lands among the failed."""

    def decorate(function: Callable[Concatenate[Actor, P], None]) -> "Task[P, None]":
        function.tries = tries  # type: ignore[attr-defined]  # read by the worker
        return cast("Task[P, None]", task(function))

    return decorate


def tries_of(function: Callable[..., Any]) -> int:
    """How often the job made of *function* may be tried."""
    return getattr(function, "tries", TRIES)


def current_agency() -> str:
    """The schema of the agency that this connection works for; empty on SQLite, where there is only one."""
    return getattr(connection, "schema_name", "") or ""


class AgencyQueue(DatabaseBackend):
    """The queue of django-tasks-db, whose rows also say for which agency the job is. On PostgreSQL it lies in ``public``."""

    def _task_to_db_task(self, task: Any, args: Any, kwargs: Any) -> Any:
        from django_tasks_db.models import DBTaskResult  # here: this module is imported before the models are ready

        return DBTaskResult.objects.create(
            id=new_id(),
            args_kwargs=normalize_json({"args": args, "kwargs": kwargs, "agency": current_agency()}),
            priority=task.priority,
            task_path=task.module_path,
            queue_name=task.queue_name,
            run_after=task.run_after,
            backend_name=self.alias,
        )
