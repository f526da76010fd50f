"""SQLite: a table of FTS5 of our own, ranked in one pass by `bm25`."""

from collections.abc import Iterable, Sequence

from django.db import connection

from ..parsing import ParsedQuery
from .text_index import WEIGHTS, Terms, TextIndex, below, locale_prefix

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
SELECT rowid, bm25({TABLE}, {", ".join(map(str, WEIGHTS))}, 0.0) AS score
FROM {TABLE} WHERE {TABLE} MATCH %s ORDER BY score, rowid
"""  # noqa: S608

_TITLED = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s LIMIT %s"  # noqa: S608


_STEMS = "{title keywords summary body}"


def _with_parts(locale: str, parsed: ParsedQuery, stem: str) -> str:
    """The word, or a compound that holds it, or all its parts wherever they stand."""

    def either(term: str) -> str:
        return f'({_STEMS} : ("{locale}_{term}" OR "{locale}__{term}"))'

    parts = " AND ".join(map(either, parsed.parts.get(stem, ())))
    return f"{either(stem)} OR ({parts})" if parts else either(stem)


def match_expression(parsed: ParsedQuery, *, by_parts: bool) -> str:
    """FTS5's own query language; terms hold letters, digits, `_` and `.` only, so quoting is enough."""
    locale = locale_prefix(parsed.locale)
    stems = [
        _with_parts(locale, parsed, stem) if by_parts else f'{_STEMS} : "{locale}_{stem}"'
        for stem in parsed.stems
    ]
    prefixes = [f'{{words}} : "{locale}.{prefix}" *' for prefix in parsed.prefixes]
    return " AND ".join(f"({part})" for part in [*stems, *prefixes])


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
        whole = self._matching(match_expression(parsed, by_parts=False))
        if not parsed.has_parts:
            return whole
        return below(whole, self._matching(match_expression(parsed, by_parts=True)))

    def _matching(self, expression: str) -> list[tuple[int, float]]:
        with connection.cursor() as cursor:
            cursor.execute(_RANKED, [expression])
            return [(row[0], -row[1]) for row in cursor.fetchall()]

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
