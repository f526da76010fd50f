"""In the form of a page's translation: what is the same in every language, and where it is changed."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


def has_facts_of_another(page: Any) -> bool:
    """Whether the facts of this page are those of the page in another language."""
    return page.pk is not None and hasattr(page, "source_page") and page.source_page() is not page


class PageFactsNotePanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "torv_blocks/admin/facts_note.html"

        def is_shown(self) -> bool:
            return has_facts_of_another(self.instance)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            source = self.instance.source_page()
            what = _("Repetitions, and the fields that cannot be changed here,")
            if not hasattr(self.instance, "schedules"):
                what = _("The fields that cannot be changed here")
            edit_url = reverse("wagtailadmin_pages:edit", args=[source.pk])
            return {**context, "what": what, "source": source, "edit_url": edit_url}
