"""Making all tables in a fraction of the time (ADR 0069).

Django keeps a set of classes beside what migrations have built so far, and after each step makes those anew that stand in any
relation to what was touched: with our rooms nine tenths of the time of a fresh agency. A new model changes no other model's
table, and an index or a constraint no class at all, so the three commonest steps need none of that. Before a migration
runs Python, Django makes every class anew (``clear_delayed_apps_cache``): its models are whole, as without this.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ModelState, ProjectState

_add_model = ProjectState.add_model
_append_option = ProjectState._append_option  # type: ignore[attr-defined]  # index and constraint: not in the stubs


@contextmanager
def quick_states() -> Iterator[None]:
    """Migrations run within make only the classes that they touch. Not for several threads at once."""
    ProjectState.add_model = _add_this_model_alone  # type: ignore[assignment, method-assign]  # put in its place on purpose
    ProjectState._append_option = _append_option_in_place  # type: ignore[attr-defined]  # as above
    try:
        yield
    finally:
        ProjectState.add_model = _add_model  # type: ignore[method-assign]  # back again
        ProjectState._append_option = _append_option  # type: ignore[attr-defined]  # back again


def _add_this_model_alone(state: ProjectState, model_state: ModelState) -> None:
    classes = state.__dict__.pop("apps", None)  # without them Django only notes the model
    _add_model(state, model_state)
    if classes is not None:
        for model in classes.get_models(include_auto_created=True, include_swapped=True):
            model._meta.apps = classes  # else what the new model points to would not know of it
        classes.render_multiple([model_state])
        _keep(state, classes)


def _append_option_in_place(state: ProjectState, app_label: str, model_name: str, option_name: str, obj: Any) -> None:
    classes = state.__dict__.pop("apps", None)
    _append_option(state, app_label, model_name, option_name, obj)
    if classes is not None:
        options = state.models[app_label, model_name].options
        setattr(classes.get_model(app_label, model_name)._meta, option_name, list(options[option_name]))
        _keep(state, classes)


def _keep(state: ProjectState, classes: Any) -> None:
    state.__dict__["apps"] = classes
    state.is_delayed = True
