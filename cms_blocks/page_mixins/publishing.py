"""What a page must have before it is published: the rule, the form and the list of what is missing."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import Panel
from wagtail.models import Revision


class PublishingRulesMixin(models.Model):
    """A draft may be incomplete; publishing it is refused, whoever or whatever publishes."""

    class Meta:
        abstract = True

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """Raises ValidationError where readers would lack something."""
        revision.as_object().validate_for_publishing()
        return super().publish(revision, *args, **kwargs)  # type: ignore[misc]

    def validate_for_publishing(self) -> None:
        if gaps := self.publishing_gaps():
            raise ValidationError(gaps)

    def publishing_gaps(self, has_rows: Callable[[str], bool] | None = None) -> dict[str, Any]:
        """What readers would lack: message by field. `has_rows` says whether a relation has any."""
        raise NotImplementedError


class PublishingForm(WagtailAdminPageForm):
    """A draft may be incomplete; what is to be published must help its readers on."""

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        if self.is_deferred_validation:
            return True
        gaps = self.instance.publishing_gaps(self._has_rows)
        for name, message in gaps.items():
            self.add_error(name if name in self.fields else None, message)
        return not gaps

    def _has_rows(self, relation: str) -> bool:
        if relation not in self.formsets:
            return bool(getattr(self.instance, relation).exists())
        rows = self.formsets[relation]
        return any(
            form not in rows.deleted_forms for form in rows.forms if form.instance.pk or form.has_changed()
        )


class GapsPanel(Panel):
    """Says on top of the form what the stored draft needs before it can be published."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "torv_blocks/admin/publishing_gaps.html"

        def is_shown(self) -> bool:
            return bool(self.instance.publishing_gaps())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "gaps": self.instance.publishing_gaps().values()}
