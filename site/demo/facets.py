"""Loads the filters that the editors of the town have made, with their choices in every language."""

from functools import partial
from typing import Any

from directory.models import EditorFacet, EditorFacetValue

from .records import Run, by_locale, source_row, translation_key
from .texts import LOCALES, Text, rows

SOURCE = LOCALES[0]
Choices = dict[tuple[str, str], EditorFacetValue]


def load(run: Run) -> Choices:
    """(filter, choice) -> what entries refer to; what somebody has deleted is absent."""
    found: Choices = {}
    for text in rows("facets.toml", "facet", key="slug"):
        facet = _facet(run, text)
        if facet is not None:
            found |= {(facet.slug, value.slug): value for value in facet.facet_values.all()}
    return found


def count() -> int:
    return len(rows("facets.toml", "facet", key="slug")) * len(LOCALES)


def _facet(run: Run, text: Text) -> EditorFacet | None:
    found = source_row(EditorFacet, "facet", text.key)
    source = run.write(f"facet:{SOURCE}:{text.key}", text, found, partial(_source, run=run, text=text))
    if source is None:
        return None
    translations = by_locale(EditorFacet, source.translation_key)
    for code in LOCALES[1:]:
        translate = partial(_translation, source=source, run=run, text=text, code=code)
        run.write(f"facet:{code}:{text.key}", text, translations.get(code), translate)
    return source


def _source(row: EditorFacet | None, *, run: Run, text: Text) -> EditorFacet:
    row = row or EditorFacet(translation_key=translation_key("facet", text.key), locale=run.locale(SOURCE))
    row.slug = text.key
    known = {value.slug: value for value in row.facet_values.all()}
    row.facet_values.set(
        [
            known.get(choice["slug"])
            or EditorFacetValue(
                translation_key=translation_key("facet-value", f"{text.key}:{choice['slug']}"),
                locale=run.locale(SOURCE),
                slug=choice["slug"],
                sort_order=order,
            )
            for order, choice in enumerate(text.values["choices"])
        ]
    )
    return _worded(row, text, SOURCE)


def _translation(
    row: EditorFacet | None, *, source: EditorFacet, run: Run, text: Text, code: str
) -> EditorFacet:
    return _worded(row or source.copy_for_translation(run.locale(code)), text, code)


def _worded(row: EditorFacet, text: Text, code: str) -> EditorFacet:
    words: dict[str, Any] = {choice["slug"]: choice[code] for choice in text.values["choices"]}
    row.label = text.values[code]["label"]
    values = list(row.facet_values.all())
    for value in values:
        value.label = words.get(value.slug, value.label)
    row.facet_values.set(values)
    row.full_clean()
    row.save()
    row.refresh_from_db()  # as the database has it, so that a later run compares like with like
    return row
