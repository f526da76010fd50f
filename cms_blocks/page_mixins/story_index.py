"""The stories below a page, filtered by topic."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from .. import references, story_consents
from ..models import Topic
from .base import SummaryMixin, TorvPageMixin
from .story import StoryPageMixin, portraits

A_PAGE = 24


@dataclass(frozen=True, kw_only=True)
class StoryCard:
    title: str
    who: str
    text: str
    url: str
    lang: str
    portrait: Any


@dataclass(frozen=True, kw_only=True)
class TopicChoice:
    """A topic to filter by; `url` chooses it, or lets it go where it is chosen."""

    label: str
    lang: str
    url: str
    is_chosen: bool


class StoryIndexPageMixin(TorvPageMixin, SummaryMixin):
    """Shows the stories below it, newest first; `?topic=` filters, `?page=` turns the page."""

    torv_template = "torv_pages/story_index_page.html"
    asks_feedback = False
    kind_label = _("Overview")
    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        locale_id: int

        def get_descendants(self) -> Any: ...
        def get_url(self, request: HttpRequest) -> str | None: ...

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        stories = self._stories()
        topics = _topics_of(stories, self.locale_id)
        chosen = request.GET.get("topic", "")
        shown = [story for story in stories if not chosen or chosen in _slugs(story, topics)]
        page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
        return {
            **context,
            "choices": _choices(topics, chosen, self.get_url(request) or ""),
            "chosen": chosen,
            "stories": page,
            "cards": _cards(page, request),
        }

    def _stories(self) -> list[Any]:
        below = self.get_descendants().live().public().type(StoryPageMixin)
        return references.specific(
            story_consents.agreed(below).order_by("-first_published_at", "-pk"), "topic_rows"
        )


def _slugs(story: Any, topics: dict[int, references.TopicLabel]) -> set[str]:
    return {topics[row.topic_id].slug for row in story.topic_rows.all() if row.topic_id in topics}


def _topics_of(stories: list[Any], locale_id: int) -> dict[int, references.TopicLabel]:
    """Source row's key -> the topic in the reader's language."""
    keys = list({row.topic_id for story in stories for row in story.topic_rows.all()})
    return {
        row.facts.pk: references.TopicLabel(
            label=row.pref_label, slug=row.facts.slug, lang=row.locale.language_code
        )
        for row in references.in_locale(Topic, keys, locale_id)
    }


def _choices(topics: dict[int, references.TopicLabel], chosen: str, url: str) -> list[TopicChoice]:
    return [
        TopicChoice(
            label=topic.label,
            lang=topic.lang,
            url=url if topic.slug == chosen else f"{url}?topic={topic.slug}",
            is_chosen=topic.slug == chosen,
        )
        for topic in sorted(topics.values(), key=lambda topic: topic.label)
    ]


def _cards(stories: "PageOfList[Any]", request: HttpRequest) -> list[StoryCard]:
    pictures = portraits(stories)
    return [
        StoryCard(
            title=story.title,
            who=story.who,
            text=references.lead(story),
            url=story.get_url(request) or "",
            lang=story.lang,
            portrait=pictures.get(story.portrait_id),
        )
        for story in stories
    ]
