"""Making all tables in a fraction of the time (ADR 0069).

Django keeps a set of classes beside what migrations have built so far, and after each step makes those anew that stand in any
relation to what was touched: with our rooms nine tenths of the time of a fresh agency. A new model or field changes no other
model's table, and a new index or constraint no class at all, so the commonest steps need none of that. Before a migration
runs Python, Django makes every class anew (``clear_delayed_apps_cache``): its models are whole, as without this.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ModelState, ProjectState
from django.db.models import Field

_STEPS = ("add_model", "add_field", "alter_field", "remove_field", "_append_option", "_remove_option")
_OWN: dict[str, Any] = {step: getattr(ProjectState, step) for step in _STEPS}
"""As Django has them."""


@contextmanager
def quick_states() -> Iterator[None]:
    """Migrations run within make only the classes that they touch. Not for several threads at once."""
    quick = (_add_model, _add_field, _alter_field, _remove_field, _append_option, _remove_option)
    for step, done in zip(_STEPS, quick, strict=True):
        setattr(ProjectState, step, done)
    try:
        yield
    finally:
        for step, done in _OWN.items():
            setattr(ProjectState, step, done)


def _add_model(state: ProjectState, model_state: ModelState) -> None:
    with _without_classes(state) as classes:
        _OWN["add_model"](state, model_state)
    _make_alone(state, classes, model_state)


def _add_field(state: ProjectState, app_label: str, model_name: str, *field: Any) -> None:
    with _without_classes(state) as classes:
        _OWN["add_field"](state, app_label, model_name, *field)
    _make_alone(state, classes, state.models[app_label, model_name])


def _remove_field(state: ProjectState, app_label: str, model_name: str, name: str) -> None:
    with _without_classes(state) as classes:
        _OWN["remove_field"](state, app_label, model_name, name)
    _make_alone(state, classes, state.models[app_label, model_name])


def _alter_field(
    state: ProjectState, app_label: str, model_name: str, name: str, field: "Field[Any, Any]", preserve_default: bool
) -> None:
    """Others may point to what is unique, and then change with it: that is left to Django."""
    if field.unique or state.models[app_label, model_name].fields[name].unique:
        _OWN["alter_field"](state, app_label, model_name, name, field, preserve_default)
        return
    with _without_classes(state) as classes:
        _OWN["alter_field"](state, app_label, model_name, name, field, preserve_default)
    _make_alone(state, classes, state.models[app_label, model_name])


def _append_option(state: ProjectState, app_label: str, model_name: str, option_name: str, obj: Any) -> None:
    with _without_classes(state) as classes:
        _OWN["_append_option"](state, app_label, model_name, option_name, obj)
    if classes is not None:
        options = state.models[app_label, model_name].options
        setattr(classes.get_model(app_label, model_name)._meta, option_name, list(options[option_name]))
        _keep(state, classes)


def _remove_option(state: ProjectState, app_label: str, model_name: str, option_name: str, obj_name: str) -> None:
    with _without_classes(state) as classes:
        _OWN["_remove_option"](state, app_label, model_name, option_name, obj_name)
    _make_alone(state, classes, state.models[app_label, model_name])


@contextmanager
def _without_classes(state: ProjectState) -> Iterator[Any]:
    """Without them Django only notes what changes. Gives them, or None where there are none yet."""
    yield state.__dict__.pop("apps", None)


def _make_alone(state: ProjectState, classes: Any, model_state: ModelState) -> None:
    """The class of this model; those that point to it go on pointing to the one before, which has the same table and key."""
    if classes is None:
        return
    for model in classes.get_models(include_auto_created=True, include_swapped=True):
        model._meta.apps = classes  # else what the new class points to would not know of it
    classes.unregister_model(model_state.app_label, model_state.name_lower)
    classes.render_multiple([model_state])
    _keep(state, classes)


def _keep(state: ProjectState, classes: Any) -> None:
    state.__dict__["apps"] = classes
    state.is_delayed = True
