"""Pages about sensitive topics: numbers that help at once, a quick way out, and nothing passed on."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.models import Locale

from . import conf
from .models import CrisisNumber, Topic
from .topics import TopicTree


@dataclass(frozen=True, kw_only=True)
class CrisisLine:
    """A crisis number as shown; `lang` is the language of its words."""

    name: str
    audience: str
    opening: str
    phone: str
    tel: str
    url: str
    lang: str


@dataclass(frozen=True, kw_only=True)
class Safety:
    """What a page about a sensitive topic shows above all else. `open_data` allows JSON-LD on it."""

    exit_url: str
    lines: tuple[CrisisLine, ...]
    open_data: bool


def is_sensitive_ids(topics: Iterable[int]) -> bool:
    """Whether one of these topics (primary keys) is sensitive, or below one that is; in one query at most."""
    wanted = tuple(topics)
    return bool(wanted) and TopicTree.load().is_sensitive(wanted)


def may_be_open_data(topics: Iterable[int], tree: TopicTree | None = None) -> bool:
    """Whether what carries these topics may go into feeds, JSON-LD and open data; their makers ask here, with
    the `tree` where they have loaded it."""
    if conf.current().sensitive_open_data:
        return True
    return not (is_sensitive_ids(topics) if tree is None else tree.is_sensitive(topics))


def open_pages(pages: Iterable[Any]) -> list[Any]:
    """Those that may go into feeds and calendars; one query, and one for each type of page."""
    found = list(pages)
    if not found or conf.current().sensitive_open_data:
        return found
    topics: dict[int, list[int]] = defaultdict(list)
    for model in {type(page) for page in found if hasattr(page, "topic_rows")}:
        rows = model._meta.get_field("topic_rows").related_model._default_manager
        carried = rows.filter(page__in=[page.pk for page in found])
        for key, topic in carried.values_list("page_id", "topic_id"):
            topics[key].append(topic)
    tree = TopicTree.load()
    return [page for page in found if not tree.is_sensitive(topics[page.pk])]


def safety(topics: Iterable[int], locale: Locale) -> Safety | None:
    """For what carries these topics, in two queries at most; None where no topic is sensitive."""
    if not is_sensitive_ids(topics):
        return None
    settings = conf.current()
    return Safety(
        exit_url=settings.quick_exit_url,
        lines=crisis_lines(locale.language_code),
        open_data=settings.sensitive_open_data,
    )


def safety_of_slugs(slugs: Iterable[str], locale: Locale) -> Safety | None:
    """For a list that a reader narrowed to these topics."""
    wanted = tuple(slugs)
    sources = Topic.objects.filter(source_row=None, slug__in=wanted)
    return safety(sources.values_list("pk", flat=True), locale) if wanted else None


def crisis_lines(language: str) -> tuple[CrisisLine, ...]:
    """Each number once, in the reader's language where it is translated."""
    rows = list(CrisisNumber.objects.select_related("locale", "source_row"))
    own = [row for row in rows if row.locale.language_code == language]
    translated = {row.source_row_id: row for row in own if not row.is_source}
    return tuple(_line(translated.get(row.pk, row)) for row in rows if row.is_source)


def _line(row: CrisisNumber) -> CrisisLine:
    return CrisisLine(
        name=row.name,
        audience=row.audience,
        opening=row.opening,
        phone=row.facts.phone,
        tel=row.tel,
        url=row.facts.url,
        lang=row.locale.language_code,
    )
