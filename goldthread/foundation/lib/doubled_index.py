"""Taking away an index that another one begins with (ADR 0089)."""

from collections.abc import Iterator
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Index


class DropOwnIndex(Operation):
    """The foreign keys *fields* of *model* lose the index of their own. Django's ``AlterField`` says the same, but writes the whole
    table anew on SQLite, once for each field; this only drops the index."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model: str, *fields: str) -> None:
        self.model = model
        self.fields = fields

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        for name in self.fields:
            state.alter_field(
                app_label, self.model.lower(), name, _without_index(self._field_in(state, app_label, name)), True
            )

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        editor: Any = schema_editor
        model = from_state.apps.get_model(app_label, self.model)
        named = {index.name for index in model._meta.indexes}
        for field in self._of(model):
            own = editor._constraint_names(
                model, [field.column], index=True, unique=False, type_=Index.suffix, exclude=named
            )
            for name in own:
                editor.execute(editor._delete_index_sql(model, name))

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        editor: Any = schema_editor
        model = to_state.apps.get_model(app_label, self.model)
        for field in self._of(model):
            editor.execute(editor._create_index_sql(model, fields=[field]))

    def describe(self) -> str:
        """As ``migrate`` tells it."""
        return f"Drop the index of {', '.join(self.fields)} on {self.model}, which another one begins with"

    def _of(self, model: Any) -> Iterator[Any]:
        return (model._meta.get_field(name) for name in self.fields)

    def _field_in(self, state: ProjectState, app_label: str, name: str) -> Any:
        return state.models[app_label, self.model.lower()].fields[name]


def _without_index(field: Any) -> Any:
    copy = field.clone()
    copy.db_index = False
    return copy
