"""The editor's form of an entry."""

from typing import Any

from modelcluster.forms import BaseChildFormSet

from cms_blocks.panels import SourceRowForm

from .models import Entry


class EntryForm(SourceRowForm):
    """All of a source row; of a translation its texts alone, since facts are edited on the source row."""

    synchronised = ("slug", "kind", "external_id")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.is_source:
            for name in Entry.fact_relations:
                self.formsets.pop(name, None)

    def is_valid(self) -> bool:
        """A draft may be incomplete; what is to be published must be within reach."""
        if not super().is_valid():
            return False
        if self.is_deferred_validation or not self.instance.is_source or self._is_reachable():
            return True
        self.add_error("phone", Entry.unreachable_message)
        return False

    def _is_reachable(self) -> bool:
        if any(self.cleaned_data.get(name) for name in ("phone", "email", "website")):
            return True
        places = self.formsets["locations"]
        return any(
            form not in places.deleted_forms
            for form in places.forms
            if form.instance.pk or form.has_changed()
        )


class EntryTopicFormSet(BaseChildFormSet):
    """A topic, its translation and one it is used for are the same: none can be chosen beside the other."""

    def validate_unique(self) -> None:
        for form in self.forms:
            if form.is_valid() and form.cleaned_data.get("topic"):
                form.cleaned_data["topic"] = form.cleaned_data["topic"].preferred
        super().validate_unique()
