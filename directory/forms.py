"""The editor's form of an entry."""

import math
import re
from itertools import chain
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from cms_blocks.panels import SourceRowForm

from . import gazetteer, host_fields
from .facet_panels import add_choice_fields, keep_choices
from .models import Entry, Location, PositionSource
from .models.kinds import LEFT_OUT

_POSITION = ("latitude", "longitude")


class EntryForm(SourceRowForm):
    """All of a source row; of a translation its texts alone, since facts are edited on the source row."""

    synchronised = ("slug", "kind", "external_id")
    #: Whether entries of the kind that was sent have fields that the form it was sent from had not.
    has_gained_fields = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.is_source:
            for name in Entry.fact_relations:
                self.formsets.pop(name, None)
        else:
            add_choice_fields(self)
        self._leave_out()

    def _leave_out(self) -> None:
        """What entries of this kind do not have; what is filled in all the same stays to be seen.

        What was sent is read by the form it was sent from, which may have been that of another kind.
        """
        kind = self.data.get("kind") or self.instance.kind
        for name in LEFT_OUT.get(kind, ()):
            if not getattr(self.instance, name):
                self.fields.pop(name, None)
        for fields in host_fields.sound():
            is_of_kind = not fields.kinds or kind in fields.kinds
            was_sent = f"{fields.relation}-TOTAL_FORMS" in self.data
            is_kept = was_sent if self.is_bound else is_of_kind or fields.row_of(self.instance) is not None
            if not is_kept and self.formsets.pop(fields.relation, None) is not None:
                self.has_gained_fields |= self.is_bound and is_of_kind
        self.has_gained_fields |= any(map(self._was_not_sent, {*chain(*LEFT_OUT.values())} & {*self.fields}))

    def _was_not_sent(self, name: str) -> bool:
        widget = self.fields[name].widget
        return self.is_bound and widget.value_omitted_from_data(self.data, self.files, self.add_prefix(name))

    def save(self, commit: bool = True) -> Any:
        if self.instance.is_source:
            keep_choices(self)
        return super().save(commit=commit)

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


class SourceRowFormSet(BaseChildFormSet):
    """A thing and its translation are the same: neither can be chosen beside the other."""

    chosen: str

    def chosen_row(self, row: Any) -> Any:
        return row.facts

    def validate_unique(self) -> None:
        for form in self.forms:
            if form.is_valid() and form.cleaned_data.get(self.chosen):
                form.cleaned_data[self.chosen] = self.chosen_row(form.cleaned_data[self.chosen])
        super().validate_unique()


class EntryTopicFormSet(SourceRowFormSet):
    """A topic and one it is to be used for are the same too."""

    chosen = "topic"

    def chosen_row(self, row: Any) -> Any:
        return row.preferred


class EntryTargetGroupFormSet(SourceRowFormSet):
    chosen = "target_group"


class EntryRelationFormSet(SourceRowFormSet):
    """A row learns only here from which entry it starts, and so whether it leads back there."""

    chosen = "to_entry"

    def clean(self) -> None:
        super().clean()
        for form in self.forms:
            if form in self.deleted_forms or not form.cleaned_data.get("to_entry"):
                continue
            form.instance.from_entry = self.instance
            try:
                form.instance.clean()
            except ValidationError as error:
                form.add_error(None, error)


class LocationForm(WagtailAdminModelForm):
    """A position may be pasted whole, “55.861, 9.845”, into the field for the latitude."""

    latitude = forms.CharField(
        label=capfirst(_("latitude")),
        required=False,
        help_text=_("You may paste both at once: 55.861, 9.845"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        position = [cleaned.get(name) for name in _POSITION]
        if position != [self.initial.get(name) for name in _POSITION]:
            is_found = position == self._position_of_address(cleaned)
            self.instance.position_source = PositionSource.GAZETTEER if is_found else PositionSource.GIVEN
        return cleaned

    def _position_of_address(self, cleaned: dict[str, Any]) -> list[float] | None:
        """As the button “Find from the address” writes it, which so goes on to follow the address."""
        given = {name: cleaned[name] for name in ("postal_code", "city", "country") if name in cleaned}
        location = Location(**given)
        location.derive()
        place = gazetteer.place_of(location)
        return [round(getattr(place, name), gazetteer.DECIMALS) for name in _POSITION] if place else None

    def clean_latitude(self) -> float | None:
        numbers = _numbers(self.cleaned_data["latitude"])
        try:
            values = [float(number) for number in numbers]
        except ValueError:
            values = []
        if len(values) != len(numbers) or len(values) > 2 or not all(map(math.isfinite, values)):
            raise ValidationError(_("Write one number, or two with a comma between: 55.861, 9.845"))
        self._pasted = values[1:]
        return values[0] if values else None

    def clean_longitude(self) -> float | None:
        pasted: list[float] = getattr(self, "_pasted", [])
        own: float | None = self.cleaned_data["longitude"]
        return pasted[0] if pasted else own


def _numbers(text: str) -> list[str]:
    """The numbers in a text. Where it has no point, a comma between digits is the decimal comma."""
    if "." not in text:
        text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    return re.findall(r"[^,;\s]+", text)
