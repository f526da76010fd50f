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
    At most one of the fields may be other than nullable, as SQLite copies the table for it.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, models: Sequence[str], fields: Mapping[str, "models.Field[Any, Any]"]) -> None:
        self.models = models
        self.fields = fields

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # else each field makes all models anew that know the model
        for model in self.models:
            for name, field in self.fields.items():
                state.add_field(app_label, model, name, field.clone(), preserve_default=True)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        copied_first = sorted(self.fields, key=lambda name: self.fields[name].null)
        for model in self.models:
            old, new = (state.apps.get_model(app_label, model) for state in (from_state, to_state))
            if not self.allow_migrate_model(schema_editor.connection.alias, new):
                continue
            for name in copied_first:
                field: Any = new._meta.get_field(name)
                schema_editor.add_field(old, field)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for model in self.models:
            old = from_state.apps.get_model(app_label, model)
            if self.allow_migrate_model(schema_editor.connection.alias, old):
                for name in self.fields:
                    schema_editor.remove_field(old, old._meta.get_field(name))

    def describe(self) -> str:
        return f"Add {', '.join(self.fields)} to {len(self.models)} models"
