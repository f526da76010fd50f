"""What a page must have before it is published: the rules, the form and the list of what is missing."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import Panel
from wagtail.models import Revision

from ..shared_facts import row_facts
from .facts_note import has_facts_of_another


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

    def _row_gaps(self) -> Iterator[tuple[str, Any]]:
        """(relation, its first message) for each relation with rules."""
        for relation in get_all_child_relations(type(self)):
            if not hasattr(relation.related_model, "publishing_gaps"):
                continue
            rows = getattr(self, relation.get_accessor_name()).all()
            messages = [message for row in rows for message in row.publishing_gaps().values()]
            if messages:
                yield relation.get_accessor_name(), messages[0]


class PublishingForm(WagtailAdminPageForm):
    """A draft may be incomplete; what is to be published must help its readers on.

    In a translation the facts that it has from its source can be seen, and not changed in vain.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        page: Any = kwargs.get("instance")
        source = page.source_page() if page is not None and has_facts_of_another(page) else None
        if source is not None:
            page.take_facts(source)
        super().__init__(*args, **kwargs)
        if source is not None:
            _close(self, source.fact_fields)
            for relation, rows in self.formsets.items():
                _close_rows(rows, source, relation)

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        if self.is_deferred_validation:
            return True
        gaps = self.instance.publishing_gaps(self._has_rows)
        for name, message in gaps.items():
            self.add_error(name if name in self.fields else None, message)
        return self._rows_are_complete() and not gaps

    def _has_rows(self, relation: str) -> bool:
        if relation not in self.formsets:
            return bool(getattr(self.instance, relation).exists())
        return any(_filled(self.formsets[relation]))

    def _rows_are_complete(self) -> bool:
        found = False
        for rows in self.formsets.values():
            if not hasattr(rows.model, "publishing_gaps"):
                continue
            for form in _filled(rows):
                for name, message in form.instance.publishing_gaps().items():
                    form.add_error(name, message)
                    found = True
        return not found


def _close(form: Any, names: Iterable[str]) -> None:
    for name in names:
        if name in form.fields:
            form.fields[name].disabled = True


def _close_rows(rows: Any, source: Any, relation: str) -> None:
    """Shows the facts of the rows that the source has too."""
    names = row_facts(rows.model)
    stored = {row.translation_key: row for row in getattr(source, relation).all()} if names else {}
    for form in rows.forms if stored else ():
        if form.instance.pk and (row := stored.get(form.instance.translation_key)):
            form.initial.update({name: getattr(row, name) for name in names})
            _close(form, names)


def _filled(rows: Any) -> Iterator[Any]:
    """The rows that will be there after saving."""
    return (
        form
        for form in rows.forms
        if form not in rows.deleted_forms and (form.instance.pk or form.has_changed())
    )


class GapsPanel(Panel):
    """Says on top of the form what the stored draft needs before it can be published."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "torv_blocks/admin/publishing_gaps.html"

        def is_shown(self) -> bool:
            return bool(self.instance.all_gaps())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "gaps": self.instance.all_gaps().values()}
