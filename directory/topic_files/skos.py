"""Topics as SKOS in Turtle, for other vocabularies and their tools."""

import json
from collections.abc import Iterator
from typing import TextIO

from cms_blocks.models import Topic

#: What SKOS has no words for: `sensitive`, `see`, and the class of topics that are not to be used.
OWN = "urn:wagtail-torv:topics#"
PREFIX = f"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix torv: <{OWN}> .\n"


def export_turtle(file: TextIO) -> int:
    """Returns how many topics there are.

    One that is not to be used is no concept: it lends its labels to the one to use, where all tools find
    them, and is a `torv:Reference` for a Torv that reads the file.
    """
    sources = list(
        Topic.objects.filter(source_row=None)
        .select_related("broader", "locale", "see")
        .prefetch_related(
            "related", "translation_rows__locale", "seen_from__locale", "seen_from__translation_rows__locale"
        )
        .order_by("slug")
    )
    file.write(PREFIX)
    for topic in sources:
        sort = "torv:Reference" if topic.see else "skos:Concept"
        statements = " ;\n    ".join(_statements(topic))
        file.write(f"\n<{concept(topic)}> a {sort} ;\n    {statements} .\n")
    return len(sources)


def concept(topic: Topic) -> str:
    """Its public address, else an id of its own, the same on every export."""
    return topic.uri or f"urn:uuid:{topic.translation_key}"


def _statements(topic: Topic) -> Iterator[str]:
    rows = [topic, *topic.translation_rows.all()]
    yield from (f"skos:prefLabel {_literal(row.pref_label, row)}" for row in rows)
    yield from (f"skos:altLabel {_literal(word, row)}" for row in rows for word in row.synonyms)
    for other in topic.seen_from.all():
        for row in (other, *other.translation_rows.all()):
            yield from (f"skos:altLabel {_literal(word, row)}" for word in (row.pref_label, *row.synonyms))
    yield from (f"skos:scopeNote {_literal(row.scope_note, row)}" for row in rows if row.scope_note)
    if topic.notation:
        yield f"skos:notation {_quoted(topic.notation)}"
    if topic.broader:
        yield f"skos:broader <{concept(topic.broader)}>"
    yield from (f"skos:related <{concept(other)}>" for other in topic.related.all())
    if topic.see:
        yield f"torv:see <{concept(topic.see)}>"
    yield f"torv:sensitive {'true' if topic.is_sensitive else 'false'}"


def _literal(text: str, row: Topic) -> str:
    return f"{_quoted(text)}@{row.locale.language_code}"


def _quoted(text: str) -> str:
    """Turtle escapes in strings what JSON escapes, in the same way."""
    return json.dumps(text, ensure_ascii=False)
