"""The editor's form of a page with publishing rules, and the list of what it still lacks."""

from collections.abc import Iterator
from typing import Any

from django.forms import BaseInlineFormSet, ModelForm
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import Panel


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


def _filled(rows: BaseInlineFormSet) -> Iterator[ModelForm]:
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
