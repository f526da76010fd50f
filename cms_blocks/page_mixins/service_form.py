"""The editor's form of a service page, and the list of what it still lacks."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import Panel


class ServicePageForm(WagtailAdminPageForm):
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
