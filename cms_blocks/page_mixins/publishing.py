"""What a page needs before readers see it: said in the form, and held in the publish path."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.models import Revision


class PublishingRulesMixin(models.Model):
    """A draft may be incomplete. Whoever or whatever publishes, the rules of page and rows hold.

    A row class has rules of its own where it has a method `publishing_gaps() -> {field: message}`.
    """

    class Meta:
        abstract = True

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """Raises ValidationError where readers would lack something, whoever or whatever publishes."""
        revision.as_object().validate_for_publishing()
        return super().publish(revision, *args, **kwargs)  # type: ignore[misc]

    def validate_for_publishing(self) -> None:
        if gaps := self.all_gaps():
            raise ValidationError(gaps)

    def all_gaps(self) -> dict[str, Any]:
        """Of the page and its rows, as they are stored."""
        return {**dict(self._row_gaps()), **self.publishing_gaps()}

    def publishing_gaps(self, has_rows: Callable[[str], bool] | None = None) -> dict[str, Any]:
        """What readers would lack: message by field. `has_rows` says whether a relation has any."""
        return {}

    def has_rows(self, relation: str) -> bool:
        return bool(getattr(self, relation).exists())

    def _row_gaps(self) -> Any:
        """(relation, its first message) for each relation with rules."""
        for relation in get_all_child_relations(type(self)):
            if not hasattr(relation.related_model, "publishing_gaps"):
                continue
            rows = getattr(self, relation.get_accessor_name()).all()
            messages = [message for row in rows for message in row.publishing_gaps().values()]
            if messages:
                yield relation.get_accessor_name(), messages[0]
