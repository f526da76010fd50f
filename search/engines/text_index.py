"""The words of the documents in the database's own full-text table: what both databases must offer.

Terms carry their locale (`da_sorg`), so that languages share a table and not a vocabulary. Stems and
surface words are kept apart: `da_sorg` is a stem, `da.sorgen` a surface word, `da__sorg` the stem of a
compound's part.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..analysis import joined_in, normalise, parts_in, words_and_stems
from ..clauses import ParsedQuery
from ..documents import Document
from ..models import SearchDocument

#: Words of one field that are indexed; PostgreSQL limits a row's vector to 1 MB.
MAX_WORDS = 20_000
MAX_PARTS = 10_000
#: Weight of title, keywords, summary, body.
WEIGHTS = (8.0, 6.0, 3.0, 1.0)


@dataclass(frozen=True, slots=True)
class Terms:
    """A document's terms: four fields of stems and parts, as in WEIGHTS, and its surface words once each."""

    fields: tuple[list[str], list[str], list[str], list[str]]
    words: list[str]


def locale_prefix(locale: str) -> str:
    """`da`; `ptbr` for pt-BR: letters only, as the tables' tokenisers split at anything else."""
    return locale.lower().replace("-", "")


def terms_of(document: Document | SearchDocument) -> Terms:
    """Stems of the text's language; a text shown in another language's index gets that one's stems too."""
    prefix = locale_prefix(document.locale)
    languages = {document.lang: None, document.locale: None}
    texts = (document.title, "\n".join(document.keywords), document.summary, document.body)
    fields: list[list[str]] = []
    words: dict[str, None] = {}
    for text in map(_with_joined, texts):
        stems: list[str] = []
        parts: list[str] = []
        for language in languages:
            found_words, found_stems = words_and_stems(text, language)
            stems += found_stems[:MAX_WORDS]
            parts += parts_in(text, language)[:MAX_PARTS]
            words.update(dict.fromkeys(found_words[:MAX_WORDS]))
        fields.append(
            [*(f"{prefix}_{stemmed}" for stemmed in stems), *(f"{prefix}__{part}" for part in parts)]
        )
    return Terms((fields[0], fields[1], fields[2], fields[3]), [f"{prefix}.{word}" for word in words])


def _with_joined(text: str) -> str:
    """The text, and after it its held words as one word each: `e-mail` is found by `email` too."""
    clean = normalise(text)
    return "\n".join((clean, *joined_in(clean)))


class TextIndex(ABC):
    """Full-text storage of one database."""

    name: str

    @abstractmethod
    def write(self, rows: Iterable[tuple[int, Terms]]) -> None:
        """Store the terms of documents, by document id, replacing what was there."""

    @abstractmethod
    def delete(self, ids: Sequence[int]) -> None:
        """Forget these documents."""

    @abstractmethod
    def ids(self) -> set[int]:
        """All documents whose terms are stored."""

    @abstractmethod
    def ranked(self, parsed: ParsedQuery) -> list[tuple[int, float]]:
        """Every matching document id with its score, best first; ties by id."""

    @abstractmethod
    def titled(self, locale: str, beginnings: Sequence[str], limit: int) -> list[int]:
        """Some documents whose title has a stem with each of these beginnings, at most so many."""

    @abstractmethod
    def size(self) -> int:
        """Bytes that the words take in the database; what is known of it where that is not told exactly."""
