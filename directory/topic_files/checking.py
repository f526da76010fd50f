"""What can be said of a file of topics before anything is written."""

from collections.abc import Collection, Iterator, Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext as _

from cms_blocks.models import Topic

from ..imports.messages import Message, Weight
from ..imports.readers import Row
from ..imports.suggestions import with_suggestion
from .columns import PLAIN, RELATIONS, SENSITIVE, SLUG, TEXTS, parts

LONGEST_SLUG = 120


def checked(rows: Sequence[Row], known: Collection[str], codes: Sequence[str]) -> list[Message]:
    """Every fault of every row, in the order of the file. `known` are the slugs that exist."""
    slugs = {*known, *(slug_in(row) for row in rows)}
    seen: set[str] = set()
    faults: list[Message] = []
    for row in rows:
        faults += _slug_faults(row, seen)
        faults += _relation_faults(row, slugs)
        faults += _text_faults(row, known, codes)
        faults += _length_faults(row, codes)
        seen.add(slug_in(row))
    return faults


def refusal(row: Row, column: str, text: str) -> Message:
    value = row.cells.get(column, "")
    return Message(line=row.line, column=column, value=value, text=text, weight=Weight.REFUSAL)


def slug_in(row: Row) -> str:
    return row.cells[SLUG].strip()


def _slug_faults(row: Row, seen: set[str]) -> Iterator[Message]:
    slug = slug_in(row)
    try:
        validate_slug(slug)
    except ValidationError:
        text = _("write the topic's address in letters a to z, digits, hyphens: “sorg-og-tab”.")
        yield refusal(row, SLUG, text)
    if len(slug) > LONGEST_SLUG:
        yield refusal(row, SLUG, _("at most %(count)d characters.") % {"count": LONGEST_SLUG})
    if slug in seen:
        yield refusal(row, SLUG, _("this topic has a row above. Leave one of the two."))


def _relation_faults(row: Row, slugs: Collection[str]) -> Iterator[Message]:
    for column in RELATIONS:
        words = parts(row.cells.get(column, ""))
        if column != "related" and len(words) > 1:
            yield refusal(row, column, _("name one topic only."))
        for word in words:
            if word not in slugs:
                sentence = _("there is no topic with the address “%(slug)s”.") % {"slug": word}
                yield refusal(row, column, with_suggestion(sentence, word, slugs))
            elif word == slug_in(row):
                yield refusal(row, column, _("a topic cannot refer to itself."))
    if row.cells.get(SENSITIVE, "").strip().lower() not in ("", "yes", "no"):
        yield refusal(row, SENSITIVE, _("write “yes”, “no” or nothing."))


def _text_faults(row: Row, known: Collection[str], codes: Sequence[str]) -> Iterator[Message]:
    named = [code for code in codes if row.cells.get(f"label_{code}", "").strip()]
    if not named and slug_in(row) not in known:
        yield refusal(row, f"label_{codes[0]}", _("a new topic needs a name in one language at least."))
    for code in codes:
        has_texts = any(row.cells.get(f"{kind}_{code}", "").strip() for kind in ("words", "note"))
        if has_texts and f"label_{code}" in row.cells and code not in named:
            yield refusal(
                row, f"label_{code}", _("words or a note without a name in this language; write the name.")
            )


def _length_faults(row: Row, codes: Sequence[str]) -> Iterator[Message]:
    """What is longer than its field. Databases other than SQLite break off the whole import at it."""
    texts = {f"{kind}_{code}": field for code in codes for kind, field in TEXTS.items()}
    for column, field in {**PLAIN, **texts}.items():
        length = len(row.cells.get(column, "").strip())
        limit = getattr(Topic._meta.get_field(field), "max_length", None)
        if limit and length > limit:
            values = {"length": length, "limit": limit}
            yield refusal(row, column, _("%(length)d characters; at most %(limit)d are allowed.") % values)
