"""PostgreSQL: a stored, weighted `tsvector` of our own terms with a GIN index."""

from collections.abc import Iterable, Sequence
from typing import cast

from django.db import connection

from ..clauses import Clause, ParsedQuery
from .text_index import WEIGHTS, Terms, TextIndex, locale_prefix

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


def _term(locale: str, term: str) -> str:
    return f"'{locale}{term[:-1]}':*" if term.endswith("*") else f"'{locale}{term}'"


def _clause(locale: str, clause: Clause) -> str:
    alternatives = (
        " & ".join(f"({' | '.join(_term(locale, term) for term in group)})" for group in each.groups)
        for each in clause.alternatives
    )
    return "(" + " | ".join(f"({each})" for each in alternatives) + ")"


def query_expression(parsed: ParsedQuery) -> str:
    """The text form of a tsquery; terms hold letters, digits, `_` and `.` only."""
    locale = locale_prefix(parsed.locale)
    clauses = [_clause(locale, clause) for clause in parsed.clauses]
    ways = (" & ".join(clauses[number] for number in way) for way in parsed.enough)
    enough = " | ".join(f"({way})" for way in ways)
    wished = [clauses[number] for number in parsed.wished]
    return f"({enough}) & ({' | '.join((enough, *wished))})" if wished else enough


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
        with connection.cursor() as cursor:
            cursor.execute(_RANKED, [query_expression(parsed)])
            return cast("list[tuple[int, float]]", cursor.fetchall())

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
