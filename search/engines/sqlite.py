"""SQLite: a table of FTS5 of our own, ranked in one pass by `bm25`."""

from collections.abc import Iterable, Sequence
from typing import cast

from django.db import connection

from ..clauses import Clause, ParsedQuery
from .text_index import WEIGHTS, Terms, TextIndex, locale_prefix

TABLE = "torv_search_terms"
CREATE = f"""
CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} USING fts5(
    title, keywords, summary, body, words,
    tokenize = "unicode61 remove_diacritics 0 tokenchars '_.'", prefix = '5 6'
)
"""
_INSERT = (
    f"INSERT INTO {TABLE} (rowid, title, keywords, summary, body, words) VALUES (%s, %s, %s, %s, %s, %s)"  # noqa: S608
)
_RANKED = f"""
SELECT rowid, -bm25({TABLE}, {", ".join(map(str, WEIGHTS))}, 0.0) AS score
FROM {TABLE} WHERE {TABLE} MATCH %s ORDER BY score DESC, rowid
"""  # noqa: S608

_TITLED = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s LIMIT %s"  # noqa: S608


_STEMS = "{title keywords summary body}"


def _term(locale: str, term: str) -> str:
    if term.endswith("*"):
        return f'{{words}} : "{locale}{term[:-1]}" *'
    return f'{_STEMS} : "{locale}{term}"'


def _clause(locale: str, clause: Clause) -> str:
    alternatives = (
        " AND ".join(f"({' OR '.join(_term(locale, term) for term in group)})" for group in each.groups)
        for each in clause.alternatives
    )
    return "(" + " OR ".join(f"({each})" for each in alternatives) + ")"


def match_expression(parsed: ParsedQuery) -> str:
    """FTS5's own query language; terms hold letters, digits, `_` and `.` only, so quoting is enough."""
    locale = locale_prefix(parsed.locale)
    clauses = [_clause(locale, clause) for clause in parsed.clauses]
    ways = (" AND ".join(clauses[number] for number in way) for way in parsed.enough)
    enough = " OR ".join(f"({way})" for way in ways)
    wished = [clauses[number] for number in parsed.wished]
    return f"({enough}) AND ({' OR '.join((enough, *wished))})" if wished else enough


class SQLiteTextIndex(TextIndex):
    name = "sqlite"

    def write(self, rows: Iterable[tuple[int, Terms]]) -> None:
        written = list(rows)
        values: list[list[int | str]] = [
            [document_id, *(" ".join(field) for field in terms.fields), " ".join(terms.words)]
            for document_id, terms in written
        ]
        self.delete([document_id for document_id, _ in written])
        with connection.cursor() as cursor:
            cursor.executemany(_INSERT, values)

    def delete(self, ids: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(i,) for i in ids])  # noqa: S608

    def ids(self) -> set[int]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT rowid FROM {TABLE}")  # noqa: S608
            return {row[0] for row in cursor.fetchall()}

    def ranked(self, parsed: ParsedQuery) -> list[tuple[int, float]]:
        with connection.cursor() as cursor:
            cursor.execute(_RANKED, [match_expression(parsed)])
            return cast("list[tuple[int, float]]", cursor.fetchall())

    def titled(self, locale: str, beginnings: Sequence[str], limit: int) -> list[int]:
        parts = [f'({{title}} : "{locale_prefix(locale)}_{beginning}" *)' for beginning in beginnings]
        with connection.cursor() as cursor:
            cursor.execute(_TITLED, [" AND ".join(parts), limit])
            return [row[0] for row in cursor.fetchall()]

    def size(self) -> int:
        # The blocks of the index itself; a build of SQLite without the table `dbstat` tells no more.
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COALESCE(SUM(LENGTH(block)), 0) FROM {TABLE}_data")  # noqa: S608
            return int(cursor.fetchone()[0])
