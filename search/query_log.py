"""What readers ask, kept so that nobody can tell who asked: see docs/explanation/privacy.md."""

import logging
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from . import conf
from .analysis import WORD, normalise
from .models import QueryCount
from .query import Query

logger = logging.getLogger(__name__)

#: A query's words are kept from so many times on.
SHOWN_FROM = 3
#: Whoever writes more has pasted a text, perhaps somebody's letter.
_MAX_LENGTH = 100
#: CPR and phone numbers, accounts, dates of birth, however they are grouped.
_NUMBER = re.compile(r"(?:\d[\W_]*){6,}")
#: An address, also as people write it who hide it from programs.
_MAIL = re.compile(
    r"""@
    | [(\[{<] \s* (?:a|at|ät|aet|snabel[\W_]*a) \s* [)\]}>]
    | \b snabel[\W_]*a \b | \b klammeraffe \b | \b ät \b
    | \b (?:at|aet) \s+ [\w-]+ (?: \s* \. \s* [\w-]+ )* \s* \. \s* [a-z]{2,} \b
    | \b (?:punktum|punkt|prik|dot) \s+ (?:dk|de|com|net|org|eu|info|at|ch|se|no) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ROBOT = re.compile(r"bot\b|bot/|crawl|spider|slurp|monitor|curl/|wget/|python-|httpclient", re.IGNORECASE)
#: How long SQLite, which lets one write at a time, may keep a reader waiting, in milliseconds.
_SQLITE_PATIENCE = 100

_TABLE = QueryCount._meta.db_table
_COUNT_ONE = f"""
INSERT INTO {_TABLE} (day, locale, key, text, count, without_result)
SELECT %(day)s, %(locale)s, %(key)s,
    CASE WHEN COALESCE(SUM(count), 0) >= {SHOWN_FROM - 1} THEN %(text)s ELSE '' END, 1, %(without)s
FROM {_TABLE} WHERE locale = %(locale)s AND key = %(key)s AND day > %(oldest)s
ON CONFLICT (locale, key, day) DO UPDATE SET
    count = {_TABLE}.count + 1,
    without_result = {_TABLE}.without_result + excluded.without_result,
    text = CASE WHEN excluded.text <> '' THEN excluded.text ELSE {_TABLE}.text END
"""  # noqa: S608


def is_wanted(request: HttpRequest) -> bool:
    """Whether a person asked: robots that say so are left out, and so is who sends no name at all."""
    name = request.headers.get("User-Agent", "")
    return bool(name) and not _ROBOT.search(name)


def count(request: HttpRequest, query: Query, total: int) -> None:
    """Count what a person asked."""
    if is_wanted(request):
        record(query, total)


def record(query: Query, total: int) -> None:
    """Count a search, in one statement. Never raises, and never keeps a reader waiting."""
    days = conf.current().log_days
    text = loggable(query.text)
    if not days or not text or not _is_new(query):
        return
    today = timezone.localdate()
    values: dict[str, date | str | int] = {
        "day": today,
        "locale": query.locale,
        "key": _key(text),
        "text": text,
        "without": int(not total),
        "oldest": today - timedelta(days=days),
    }
    try:
        with _in_haste(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_COUNT_ONE, values)
    except DatabaseError:
        logger.warning("A search could not be counted.", exc_info=True)


def _is_new(query: Query) -> bool:
    """Whether words were asked: who filters, sorts or turns the page looks at an answer that was counted."""
    return not (any(query.selected.values()) or query.near or query.sort or query.page > 1)


def loggable(text: str) -> str:
    """The words in small letters; empty for what may tell of a person, and for what has no word."""
    clean = _plain(text)
    if len(clean) > _MAX_LENGTH or _MAIL.search(clean) or _NUMBER.search(clean):
        return ""
    return " ".join(WORD.findall(clean)).casefold()[:_MAX_LENGTH]


def _plain(text: str) -> str:
    """Every sign in its common form (`＠` as `@`, `１` as `1`), without those that nobody sees."""
    seen = "".join(sign for sign in normalise(text) if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFKC", seen)


def prune() -> int:
    """Delete what is older than `LOG_DAYS`; gives the number of rows."""
    oldest = timezone.localdate() - timedelta(days=conf.current().log_days)
    return QueryCount.objects.filter(day__lte=oldest).delete()[0]


def first_day() -> date:
    """The oldest day that the log keeps."""
    return timezone.localdate() - timedelta(days=max(0, conf.current().log_days - 1))


def _key(text: str) -> str:
    """Nobody without the site's secret key can tell which words these were."""
    return salted_hmac("search.query_log", text, algorithm="sha256").hexdigest()[:40]


@contextmanager
def _in_haste() -> Iterator[None]:
    """On SQLite, give up after a moment where something else is being written."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        patience = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {_SQLITE_PATIENCE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
