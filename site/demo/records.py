"""Decides what a run may write, so that nothing is doubled and nobody's work is overwritten."""

import hashlib
import json
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Model
from wagtail.models import Locale, RevisionMixin

from .models import DemoRecord
from .texts import Text

M = TypeVar("M", bound=Model)

NAMESPACE = uuid.UUID("8d1f7c52-3a55-5a0c-9a59-2f4c70b1d3e6")


def translation_key(kind: str, key: str) -> uuid.UUID:
    """The same on every installation, so that the demo's public ids are too."""
    return uuid.uuid5(NAMESPACE, f"{kind}:{key}")


def row_digest(row: Model) -> str:
    """Changes when somebody edits the row: its latest revision where it has revisions, else its values."""
    if isinstance(row, RevisionMixin):
        return f"revision {row.latest_revision_id}"
    columns = [column.attname for column in row._meta.concrete_fields if column.attname != "last_login"]
    values = {column: getattr(row, column) for column in columns}
    plain = json.dumps(values, sort_keys=True, cls=_Encoder)
    return hashlib.sha256(plain.encode()).hexdigest()


class _Encoder(DjangoJSONEncoder):
    def default(self, value: Any) -> Any:
        try:
            return super().default(value)
        except TypeError:
            return str(value)  # phone numbers and files


@dataclass
class Run:
    """One run of the loader: its options, its counts, and the records of earlier runs."""

    reset: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    kept: dict[str, str] = field(default_factory=dict)
    written: list[Model] = field(default_factory=list)
    progress: Callable[[], object] = lambda: None

    def __post_init__(self) -> None:
        self._records = {record.key: record for record in DemoRecord.objects.all()}
        self._locales = {locale.language_code: locale for locale in Locale.objects.all()}

    def locale(self, code: str) -> Locale:
        return self._locales[code]

    def row_id(self, name: str) -> int | None:
        """Primary key of what an earlier run wrote under that name; the row may be gone."""
        record = self._records.get(name)
        return record.object_id if record else None

    def write(self, name: str, text: Text, row: M | None, make: Callable[[M | None], M]) -> M | None:
        """Calls `make(row)` where the demo may write, and returns the row as it is now; None if deleted.

        `row` is what the caller found; `make` saves (and publishes) and returns what it saved.
        """
        self.progress()
        verdict = self.verdict(name, text, row)
        self.counts[verdict] += 1
        if verdict in ("edited", "deleted"):
            self.kept[name] = verdict
        if verdict in ("created", "updated"):
            row = make(row)
            self.written.append(row)
            self._remember(name, text.digest, row)
        return row

    def verdict(self, name: str, text: Text, row: Model | None) -> str:
        """One of created, updated, unchanged (all ours), edited, deleted (by somebody: left alone)."""
        record = self._records.get(name)
        if row is None:
            return "created" if record is None or self.reset else "deleted"
        if record is not None and not record.text_digest:
            return "created"
        if self.reset:
            return "updated"
        if record is None or record.row_digest != row_digest(row):
            return "edited"
        return "unchanged" if record.text_digest == text.digest else "updated"

    def begin(self, name: str, row: Model) -> None:
        """Remembers a row that is there but not written yet: `write` will."""
        self._remember(name, "", row)

    def _remember(self, name: str, text_digest: str, row: Model) -> None:
        values = {"object_id": row.pk, "text_digest": text_digest, "row_digest": row_digest(row)}
        self._records[name], _ = DemoRecord.objects.update_or_create(key=name, defaults=values)


def source_row(model: type[M], kind: str, key: str) -> M | None:
    """What the demo made under that key, wherever it is now; else what somebody has at that address."""
    sources = model._default_manager.filter(source_row=None)
    return (
        sources.filter(translation_key=translation_key(kind, key)).first() or sources.filter(slug=key).first()
    )


def by_locale(model: type[M], key: uuid.UUID) -> dict[str, M]:
    """Language code -> that thing's row in the language."""
    found: models.QuerySet[M] = model._default_manager.filter(translation_key=key).select_related("locale")
    return {row.locale.language_code: row for row in found}  # type: ignore[attr-defined]
