"""Edit forms of rows whose facts live on the source row."""

from typing import Any

from django.contrib.admin.utils import quote
from django.urls import NoReverseMatch, reverse
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import Panel
from wagtail.snippets.models import get_snippet_models

from .translation import SourceRowMixin


class SourceRowForm(WagtailAdminModelForm):
    """A translation's form has its texts only; `synchronised` names what it takes over besides its facts."""

    synchronised: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row: SourceRowMixin = self.instance
        if not row.is_source:
            for name in (*row.fact_fields, *self.synchronised):
                self.fields.pop(name, None)


class FactsNotePanel(Panel):
    """On a translation: says where its facts are changed. `what` names them in the editor's words."""

    def __init__(self, what: Any = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.what = what

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "what": self.what}

    class BoundPanel(Panel.BoundPanel):
        template_name = "torv_blocks/admin/facts_note.html"

        def is_shown(self) -> bool:
            return not self.instance.is_source

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            source = self.instance.facts
            return {**context, "what": self.panel.what, "source": source, "edit_url": edit_url(source)}


def edit_url(row: SourceRowMixin) -> str:
    """Where a row is edited; empty where it has no admin."""
    if type(row) not in get_snippet_models():
        return ""
    try:
        return reverse(row.snippet_viewset.get_url_name("edit"), args=[quote(row.pk)])
    except NoReverseMatch:
        return ""
