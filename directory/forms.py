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
        """A draft may be incomplete; what is to be published must have what its kind asks for."""
        if not super().is_valid():
            return False
        if self.is_deferred_validation or not self.instance.is_source:
            return True
        missing = self.instance.missing_facts(self._is_given)
        for name, told in missing.items():
            self._say(name, told)
        return not missing

    def _say(self, name: str, told: Any) -> None:
        if name in self.formsets:
            self.formsets[name].non_form_errors().append(told)
        else:
            self.add_error(name, told)

    def _is_given(self, name: str) -> bool:
        return self._has_rows(name) if name in self.formsets else bool(self.cleaned_data.get(name))

    def _has_rows(self, relation: str) -> bool:
        rows = self.formsets[relation]
        return any(
            form not in rows.deleted_forms for form in rows.forms if form.instance.pk or form.has_changed()
        )


class EntryTopicFormSet(BaseChildFormSet):
    """A topic and its translation are the same topic: neither can be chosen beside the other."""

    def validate_unique(self) -> None:
        for form in self.forms:
            if form.is_valid() and form.cleaned_data.get("topic"):
                form.cleaned_data["topic"] = form.cleaned_data["topic"].facts
        super().validate_unique()
