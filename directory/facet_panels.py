"""Editors' facets in the forms of the admin: making them, choosing for an entry, ordering those of a page."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.compare import M2MFieldComparison
from wagtail.admin.panels import Panel

from cms_blocks.panels import SourceRowForm

from .editor_facets import MadeFacet, choices_by_key, default_order, made_facets
from .models import Entry, EntryFacetValue
from .models.editor_facet import VALUE_TAKEN, free_value_slug


class EditorFacetForm(SourceRowForm):
    synchronised = ("slug",)


class FacetValueFormSet(BaseChildFormSet):
    """Choices in their order; those of a translated filter are names alone."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if not self.instance.is_source:
            form.fields.pop("slug", None)

    def validate_unique(self) -> None:
        """Empty addresses are no doubles: they are made here."""
        kept = [form for form in self.forms if form not in self.deleted_forms]
        if self.instance.is_source:
            self._give_addresses(kept)
            return
        for form in kept:
            if form.has_changed() and not form.instance.pk:
                form.add_error("label", _("Make new choices in the language the filter was made in."))

    def _give_addresses(self, kept: Sequence[Any]) -> None:
        taken: set[str] = set()
        unnamed = []
        for form in kept:
            slug = getattr(form, "cleaned_data", {}).get("slug") or form.instance.slug
            if slug in taken:
                form.add_error("slug", VALUE_TAKEN)
            elif slug:
                taken.add(slug)
            elif form.instance.label:
                unnamed.append(form)
        for form in unnamed:
            form.instance.slug = free_value_slug(form.instance.label, taken)
            taken.add(form.instance.slug)


def field_name(facet: MadeFacet) -> str:
    return f"facet-{facet.name}"


def add_choice_fields(form: Any) -> None:
    """One field for each facet; `form.instance` is a source row."""
    chosen = {carried.value_id for carried in form.instance.entry_facet_values.all()}
    locale = get_language() or ""
    for facet in made_facets():
        if facet.choices:
            form.fields[field_name(facet)] = forms.TypedMultipleChoiceField(
                label=facet.label,
                choices=[(choice.pk, choice.names.within(locale)) for choice in facet.choices.values()],
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[choice.pk for choice in facet.choices.values() if choice.pk in chosen],
            )


def keep_choices(form: Any) -> None:
    """From the fields to the entry in memory, before it is saved; what was chosen before keeps its row."""
    names = [field_name(facet) for facet in made_facets()]
    shown = [name for name in names if name in form.cleaned_data]
    if not any(name in form.changed_data for name in shown):
        return
    wanted = [pk for name in shown for pk in form.cleaned_data[name]]
    set_choices(form.instance, wanted)


def set_choices(entry: Entry, wanted: Sequence[int]) -> None:
    """`wanted` are keys of values, in their order."""
    rows = {row.value_id: row for row in entry.entry_facet_values.all()}
    kept = [rows.get(pk) or EntryFacetValue(value_id=pk) for pk in wanted]
    for order, row in enumerate(kept):
        row.sort_order = order
    entry.entry_facet_values.set(kept)


class _ChoicesComparison(M2MFieldComparison):
    """What two versions of an entry have of all filters, by their names."""

    def __init__(self, label: Any, obj_a: Entry, obj_b: Entry) -> None:
        self.val_a, self.val_b = _chosen(obj_a), _chosen(obj_b)
        self._label = label

    def field_label(self) -> Any:
        return self._label

    def get_items(self) -> tuple[list[str], list[str]]:
        return self.val_a, self.val_b

    def get_item_display(self, item: str) -> str:
        return item

    def has_changed(self) -> bool:
        return self.val_a != self.val_b


def _chosen(entry: Entry) -> list[str]:
    locale = get_language() or ""
    chosen = {row.value_id for row in entry.entry_facet_values.all()}
    return [
        f"{facet.label}: {choice.names.within(locale)}"
        for pk, (facet, choice) in choices_by_key().items()
        if pk in chosen
    ]


class FacetChoicesPanel(Panel):
    """The fields of `add_choice_fields`."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "torv_directory/admin/facet_choices.html"

        def _names(self) -> list[str]:
            return [name for facet in made_facets() if (name := field_name(facet)) in self.form.fields]

        def is_shown(self) -> bool:
            return bool(self._names())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "fields": [self.form[name] for name in self._names()]}

        def get_comparison(self) -> list[Any]:
            heading = self.heading
            return [lambda obj_a, obj_b: _ChoicesComparison(heading, obj_a, obj_b)]


class OrderWidget(forms.Widget):
    """A number beside each name: 1 comes first, without a number it is left out. Needs no script."""

    template_name = "torv_directory/admin/facet_order.html"

    def __init__(self, names: Mapping[str, str | Promise]) -> None:
        super().__init__()
        self.names = names

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        numbers = value if isinstance(value, dict) else {key: n for n, key in enumerate(value or (), start=1)}
        key_order = [*(key for key in numbers if key in self.names), *self.names]
        context["rows"] = [
            {"name": f"{name}-{key}", "label": self.names[key], "number": numbers.get(key, "")}
            for key in dict.fromkeys(key_order)
        ]
        return context

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> dict[str, str]:
        return {key: str(data.get(f"{name}-{key}", "")).strip() for key in self.names}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}-{key}" in data for key in self.names)


class FacetOrderField(forms.Field):
    """Names of facets in the order of their numbers; the order that all have anyhow is no order at all."""

    widget: Any

    def __init__(self, built_in: Sequence[str], **kwargs: Any) -> None:
        from search import registry

        self.usual = default_order(built_in)
        names = {facet.name: facet.label for facet in registry.facets(self.usual)}
        super().__init__(required=False, widget=OrderWidget(names), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value or list(self.usual)

    def clean(self, value: Any) -> list[str]:
        numbers = {key: self._number(text) for key, text in (value or {}).items() if text}
        ordered = sorted(numbers, key=lambda key: (numbers[key], self.usual.index(key)))
        return [] if tuple(ordered) == self.usual else ordered

    def _number(self, text: str) -> int:
        if not text.isdecimal() or len(text) > 4:
            raise ValidationError(_("“%(text)s” is no whole number."), params={"text": text[:60]})
        return int(text)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return (initial or []) != self.clean(data)
        except ValidationError:
            return True
