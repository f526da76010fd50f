"""What all Torv pages share."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from .. import references, sensitive
from ..fields import ContentField
from ..page_words import page_words
from ..plain_text import stream_text
from ..reading_versions import reading_versions
from .reading_versions import ReadingVersionsMixin


class TorvPageMixin(ReadingVersionsMixin):
    """What all Torv pages share: a body of blocks, and the language their text is written in."""

    #: Template used where the host has none named after its own page type.
    torv_template: str
    #: What readers call such a page; empty where the name of the page type says it.
    kind_label: Any = ""
    #: What sort of thing the search takes it for; a hit says so by the label above, unless it is just a page.
    search_kind: str = "page"
    #: Fields and child relations whose words are searched, beside title, lead and body.
    text_fields: tuple[str, ...] = ()
    text_relations: tuple[str, ...] = ()
    #: Whether readers are asked if the page was useful; lists and forms ask nothing.
    asks_feedback: bool = True

    body = ContentField(verbose_name=_("content"), blank=True)

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        title: str
        search_description: str
        locale: Locale

    @property
    def lead(self) -> str:
        """One or two plain sentences for lists, search results and descriptions."""
        return getattr(self, "summary", "") or self.search_description

    @property
    def content_lang(self) -> str:
        """The language of the text: an alias shows its original's."""
        return str(references.original(self).locale.language_code)

    @property
    def plain_text(self) -> str:
        """The words of the page below its title and lead, for the search; one line for each piece."""
        return "\n".join(filter(None, (stream_text(self.body), *page_words(self))))

    @property
    def share_image(self) -> tuple[Any, str] | None:
        """The picture shown where somebody shares the page, and its alternative text."""
        for block in self.body:
            if block.block_type == "image" and block.value["image"]:
                return block.value["image"], block.value.alt
        return None

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> list[str]:
        return [super().get_template(request, *args, **kwargs), self.torv_template]  # type: ignore[misc]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        safety = sensitive.safety(self.topic_ids, self.locale)
        is_told = safety is None or safety.open_data
        return {
            **context,
            "content_lang": self.content_lang,
            "feedback_in_body": any(block.block_type == "feedback" for block in self.body),
            "part_of": self.part_of(request),
            "reading_versions": reading_versions(self, request),
            "safety": safety,
            "structured_data": self.structured_data(request) if is_told else None,
        }

    @property
    def topic_ids(self) -> list[int]:
        """Primary keys of the topics the page carries; of a type without topics none."""
        return [row.topic_id for row in self.topic_rows.all()] if hasattr(self, "topic_rows") else []

    def part_of(self, request: HttpRequest) -> Sequence[Any]:
        """The step by steps that use this page."""
        from .step_by_step import part_of  # a step by step is a page itself

        return part_of(self, request)

    def structured_data(self, request: HttpRequest) -> dict[str, Any] | None:
        """What the page is about in terms of schema.org, without `@context`; addresses are absolute."""
        return None


class SummaryMixin(models.Model):
    summary = models.TextField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences. Shown at the top of the page and in lists."),
    )

    class Meta:
        abstract = True
