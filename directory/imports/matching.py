"""Which entry of the directory a row means: that with its external_id, in its language."""

from collections.abc import Collection, Iterable

from ..models import Entry


class Entries:
    """The entries some rows speak of, in every language, in three queries however many they are."""

    def __init__(self, external_ids: Collection[str]) -> None:
        self._rows: dict[tuple[str, str], Entry] = {}
        self._sources: dict[str, Entry] = {}
        for entry in _with_translations(external_ids):
            self.add(entry.facts.external_id or entry.external_id, entry)

    def add(self, external_id: str, entry: Entry) -> None:
        self._rows[external_id, entry.locale.language_code] = entry
        if entry.is_source:
            self._sources[external_id] = entry

    def find(self, external_id: str, locale: str) -> Entry | None:
        return self._rows.get((external_id, locale))

    def source(self, external_id: str) -> Entry | None:
        return self._sources.get(external_id)


def _with_translations(external_ids: Collection[str]) -> Iterable[Entry]:
    """Also translations that do not carry the id themselves, since somebody gave it to the source later."""
    keys = Entry.objects.filter(external_id__in=external_ids).values("translation_key")
    rows = Entry.objects.filter(translation_key__in=keys).order_by("source_row_id", "pk")
    return rows.select_related("locale", "source_row").prefetch_related(
        "entry_topics__topic", *Entry.fact_relations
    )
