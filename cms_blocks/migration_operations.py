"""Operations of Torv's own migrations."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class AddFieldsToEach(Operation):
    """The same fields for many models, as AddField for each.

    After each AddField of a foreign key to a page Django makes all page types anew; here it does so once.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, models: Sequence[str], fields: Mapping[str, "models.Field[Any, Any]"]) -> None:
        self.models = models
        self.fields = fields

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        for model in self.models:
            for name, field in self.fields.items():
                state.models[app_label, model].fields[name] = field.clone()
        state._relations = None
        state.__dict__.pop("apps", None)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for old, new in self._rendered(app_label, schema_editor, from_state, to_state):
            for name in self.fields:
                field: Any = new._meta.get_field(name)
                schema_editor.add_field(old, field)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for old, _new in self._rendered(app_label, schema_editor, from_state, to_state):
            for name in self.fields:
                field: Any = old._meta.get_field(name)
                schema_editor.remove_field(old, field)

    def _rendered(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> Any:
        for model in self.models:
            old = from_state.apps.get_model(app_label, model)
            if self.allow_migrate_model(schema_editor.connection.alias, old):
                yield old, to_state.apps.get_model(app_label, model)

    def describe(self) -> str:
        return f"Add {', '.join(self.fields)} to {len(self.models)} models"
