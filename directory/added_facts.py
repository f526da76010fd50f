"""What editors' facets and the host's fields add to the search documents of many entries."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Model

from . import host_fields
from .editor_facets import Choice, MadeFacet, choices_by_key
from .models import EditorFacetValue, Entry, EntryFacetValue


class AddedFacts:
    """One query for the editors' choices and one for each model of the host, however many entries."""

    def __init__(self, entry_ids: Sequence[int]) -> None:
        self._choices: dict[int, list[tuple[MadeFacet, Choice]]] = defaultdict(list)
        self._facets: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
        self._words: dict[int, list[str]] = defaultdict(list)
        self._texts: dict[int, list[str]] = defaultdict(list)
        self._read_choices(entry_ids)
        for fields in host_fields.sound():
            for entry_id, row in fields.rows_of(entry_ids):
                self._read_row(fields, entry_id, row)

    def _read_choices(self, entry_ids: Sequence[int]) -> None:
        known = choices_by_key()
        carried = EntryFacetValue.objects.filter(entry__in=entry_ids).order_by("entry", "sort_order")
        for entry_id, value_id in carried.values_list("entry_id", "value_id"):
            if value_id in known:
                facet, choice = known[value_id]
                self._choices[entry_id].append((facet, choice))
                facets = self._facets[entry_id]
                facets[facet.name] = (*facets.get(facet.name, ()), choice.slug)

    def _read_row(self, fields: host_fields.HostFields, entry_id: int, row: Model) -> None:
        for each in fields.facets:
            if values := tuple(dict.fromkeys(each.values(row))):
                self._facets[entry_id][each.facet.name] = values
        self._words[entry_id] += fields.words(row)
        self._texts[entry_id] += fields.text(row)

    def facets(self, source: Entry) -> dict[str, tuple[str, ...]]:
        return self._facets[source.pk]

    def words(self, source: Entry, locale: str) -> tuple[str, ...]:
        """Names of the choices in that language, and what the host's fields give."""
        chosen = (choice.names.within(locale) for _facet, choice in self._choices[source.pk])
        return (*chosen, *self._words[source.pk])

    def texts(self, source: Entry) -> tuple[str, ...]:
        return tuple(self._texts[source.pk])


def related_models() -> tuple[type[Model], ...]:
    return (EditorFacetValue, EntryFacetValue, *(fields.model for fields in host_fields.sound()))


def entry_ids_of(instance: Model) -> list[int]:
    """The entries whose documents change with a row of `related_models`."""
    if isinstance(instance, EntryFacetValue):
        return [instance.entry_id]
    if isinstance(instance, EditorFacetValue):
        source = EditorFacetValue.objects.filter(
            translation_key=instance.translation_key, facet__source_row=None
        )
        rows = EntryFacetValue.objects.filter(value__in=source)
        return list(rows.order_by("entry").values_list("entry_id", flat=True))
    fields = host_fields.of_model(instance)
    return [getattr(instance, fields.keys[0].attname)] if fields else []
