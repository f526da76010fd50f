"""PostgreSQL: a stored, weighted `tsvector` of our own terms with a GIN index."""

from collections.abc import Iterable, Sequence

from django.db import connection

from ..parsing import ParsedQuery
from .text_index import WEIGHTS, Terms, TextIndex, below, locale_prefix

TABLE = "torv_search_terms"
# Ranking reads the whole vector of every hit: kept in the row, it is read two to three times as fast.
_COLUMNS = "(document_id bigint PRIMARY KEY, terms tsvector NOT NULL)"
CREATE = (
    f"CREATE TABLE IF NOT EXISTS {TABLE} {_COLUMNS} WITH (toast_tuple_target = 8160)",
    f"CREATE INDEX IF NOT EXISTS torv_search_terms_gin ON {TABLE} USING gin (terms) WITH (fastupdate = off)",
)
_LABELS = "ABCD"
_MAX_POSITION = 16_383
_MAX_POSITIONS = 255  # PostgreSQL keeps no more for one term
_WRITE = f"""
INSERT INTO {TABLE} (document_id, terms) VALUES (%s, %s::tsvector)
ON CONFLICT (document_id) DO UPDATE SET terms = excluded.terms
"""  # noqa: S608
# The weights of D, C, B, A, scaled to the heaviest; 1 divides by the logarithm of the length.
_SCALE = "{" + ", ".join(str(weight / max(WEIGHTS)) for weight in reversed(WEIGHTS)) + "}"
_RANKED = f"""
SELECT document_id, ts_rank('{_SCALE}', terms, query, 1) AS score
FROM {TABLE}, CAST(%s AS tsquery) query WHERE terms @@ query ORDER BY score DESC, document_id
"""  # noqa: S608

_TITLED = f"SELECT document_id FROM {TABLE} WHERE terms @@ CAST(%s AS tsquery) LIMIT %s"  # noqa: S608


def vector(terms: Terms) -> str:
    """The text form of a tsvector: `'da_sorg':1A,7D 'da.sorgen'`."""
    places: dict[str, list[str]] = {}
    position = 0
    for label, field in zip(_LABELS, terms.fields, strict=True):
        for term in field:
            position = min(position + 1, _MAX_POSITION)
            found = places.setdefault(term, [])
            if len(found) < _MAX_POSITIONS:
                found.append(f"{position}{label}")
    stems = [f"'{term}':{','.join(found)}" for term, found in places.items()]
    return " ".join([*stems, *(f"'{word}'" for word in terms.words)])


def _with_parts(locale: str, parsed: ParsedQuery, stem: str) -> str:
    """The word, or a compound that holds it, or all its parts wherever they stand."""

    def either(term: str) -> str:
        return f"('{locale}_{term}' | '{locale}__{term}')"

    parts = " & ".join(map(either, parsed.parts.get(stem, ())))
    return f"({either(stem)} | ({parts}))" if parts else either(stem)


def query_expression(parsed: ParsedQuery, *, by_parts: bool) -> str:
    """The text form of a tsquery; terms hold letters, digits, `_` and `.` only."""
    locale = locale_prefix(parsed.locale)
    stems = [_with_parts(locale, parsed, stem) if by_parts else f"'{locale}_{stem}'" for stem in parsed.stems]
    prefixes = [f"'{locale}.{prefix}':*" for prefix in parsed.prefixes]
    return " & ".join([*stems, *prefixes])


class PostgresTextIndex(TextIndex):
    name = "postgresql"

    def write(self, rows: Iterable[tuple[int, Terms]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(_WRITE, [(document_id, vector(terms)) for document_id, terms in rows])

    def delete(self, ids: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE document_id = ANY(%s)", [list(ids)])  # noqa: S608

    def ids(self) -> set[int]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT document_id FROM {TABLE}")  # noqa: S608
            return {row[0] for row in cursor.fetchall()}

    def ranked(self, parsed: ParsedQuery) -> list[tuple[int, float]]:
        whole = self._matching(query_expression(parsed, by_parts=False))
        if not parsed.has_parts:
            return whole
        return below(whole, self._matching(query_expression(parsed, by_parts=True)))

    def _matching(self, expression: str) -> list[tuple[int, float]]:
        with connection.cursor() as cursor:
            cursor.execute(_RANKED, [expression])
            return [(row[0], row[1]) for row in cursor.fetchall()]

    def titled(self, locale: str, beginnings: Sequence[str], limit: int) -> list[int]:
        # The letter of the title's weight; see `vector`.
        parts = [f"'{locale_prefix(locale)}_{beginning}':*A" for beginning in beginnings]
        with connection.cursor() as cursor:
            cursor.execute(_TITLED, [" & ".join(parts), limit])
            return [row[0] for row in cursor.fetchall()]

    def size(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_total_relation_size(%s)", [TABLE])
            return int(cursor.fetchone()[0])
