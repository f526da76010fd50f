"""A success story: who it is about, what has changed, and in whose words."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.images import get_image_model, get_image_model_string
from wagtail.images.models import Filter
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from .. import references, story_consents
from ..consents import valid_scopes
from ..models import Consent, PersonRowMixin, PrivatePerson, Scope
from ..person_panels import PersonInlinePanel
from .article import ArticlePageMixin, top_panels
from .rows import topics_panel

#: The renditions of a portrait; the templates ask for the same.
PORTRAIT = ("format-{webp,jpeg}", "fill-320x320")

NO_CONSENT = _("Before publishing, get the consent in writing and tick here.")


def consent_field(help_text: Any = "") -> "models.BooleanField[Any, Any]":
    return models.BooleanField(_("I have the consent in writing"), default=False, help_text=help_text)


def consent_reference_field() -> "models.CharField[Any, Any]":
    return models.CharField(
        _("where the consent is kept"),
        max_length=120,
        blank=True,
        help_text=_("For example a case number. Never shown to readers."),
    )


CONSENT_FACTS = [
    SynchronizedField("has_consent", overridable=False),
    SynchronizedField("consent_reference", overridable=False),
]


class StoryPageMixin(ArticlePageMixin):
    """Needs the child rows `changes`, `quotes`, `story_persons`, `service_rows` and `topic_rows`.

    It is public while each of its `story_persons` agrees.
    """

    torv_template = "torv_pages/story_page.html"
    search_kind = "story"
    kind_label = _("Story")
    #: Not whom it is about, nor who is quoted: they may be private persons.
    text_relations = ("changes", "quotes")

    who = models.CharField(
        _("whom it is about"),
        max_length=160,
        blank=True,
        help_text=_("Shown as you write it: a group, a first name, or “a citizen, 54”."),
    )
    portrait = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    portrait_alt = models.CharField(
        _("what the portrait shows"),
        max_length=200,
        blank=True,
        help_text=_("For people who cannot see it."),
    )
    has_consent = consent_field(
        _(
            "From everyone whom readers could recognise: in the text, in the portrait, in films. "
            "Not needed where they are named below as private persons."
        )
    )
    consent_reference = consent_reference_field()

    content_panels = [
        *top_panels,
        MultiFieldPanel(
            [
                FieldPanel("who"),
                FieldPanel("portrait"),
                FieldPanel("portrait_alt"),
                FieldPanel("has_consent"),
                FieldPanel("consent_reference"),
            ],
            heading=_("Whom it is about"),
        ),
        PersonInlinePanel(
            "story_persons",
            heading=_("Private persons in the story"),
            label=_("private person"),
            help_text=_(
                "The story is public while each of them agrees to it, "
                "and out of sight at once when one does not."
            ),
        ),
        InlinePanel(
            "changes",
            heading=_("What has changed"),
            label=_("change"),
            help_text=_("What people say they now do themselves, one thing a line."),
        ),
        FieldPanel("body"),
        PersonInlinePanel("quotes", heading=_("What people say"), label=_("quote")),
        InlinePanel(
            "service_rows",
            heading=_("Services that helped"),
            label=_("service"),
            help_text=_("Pages of this website. Readers find the way from the story to the help."),
        ),
        topics_panel(),
    ]
    override_translatable_fields = [SynchronizedField("portrait", overridable=False), *CONSENT_FACTS]

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        changes: Any
        quotes: Any
        service_rows: Any
        locale_id: int
        portrait_id: int | None

    @property
    def share_image(self) -> tuple[Any, str] | None:
        return (self.portrait, self.portrait_alt) if self.portrait else super().share_image

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "changes": self.changes.all(),
            "quotes": shown_quotes(self.quotes.all()),
            "services": self.services(request),
        }

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if story_consents.has_lapsed(self):
            raise Http404
        response: HttpResponse = super().serve(request, *args, **kwargs)  # type: ignore[misc]
        return response

    def services(self, request: HttpRequest) -> list[references.Link]:
        """The pages it concerns that everyone may read, each once."""
        keys = list(dict.fromkeys(row.service_id for row in self.service_rows.all()))
        return references.page_links(keys, self.locale_id, request)

    def publishing_gaps(self, has_rows: Callable[[str], bool] | None = None) -> dict[str, Any]:
        has_rows = has_rows or self.has_rows
        gaps = super().publishing_gaps(has_rows)
        if not self.who:
            gaps["who"] = _("Before publishing, say whom the story is about.")
        if not self.has_consent and not has_rows("story_persons"):
            gaps["has_consent"] = NO_CONSENT
        if self.portrait_id and not self.portrait_alt:
            gaps["portrait_alt"] = _("Before publishing, say what the portrait shows.")
        return gaps


class ChangeRow(TranslatableMixin, Orderable):
    """One thing that has changed. The subclass adds the ParentalKey `page`."""

    text = models.CharField(_("what is different now"), max_length=200)

    panels = [FieldPanel("text")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True
        verbose_name = _("change")
        verbose_name_plural = _("changes")

    def __str__(self) -> str:
        return self.text


class StoryPersonRow(PersonRowMixin, Orderable):
    """A private person in a story, public while each agrees. The subclass adds the ParentalKey `page`."""

    needs = (Scope.STORY,)
    hides_page = True

    panels = [FieldPanel("person")]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("person in the story")
        verbose_name_plural = _("persons in the story")

    def __str__(self) -> str:
        return str(self.person)

    def publishing_gaps(self) -> dict[str, Any]:
        return _not_agreed(self, _("%(person)s has not agreed to this story, or no longer does."))


def _not_agreed(row: Any, message: Any) -> dict[str, Any]:
    if not row.person_id or Consent.objects.valid(row.needs[0]).filter(person=row.person_id).exists():
        return {}
    return {"person": message % {"person": row.person}}


class QuoteRow(PersonRowMixin, TranslatableMixin, Orderable):
    """What somebody said, with that person's consent. The subclass adds the ParentalKey `page`.

    The words of a private person are shown while the person agrees to be quoted, and never searched.
    """

    needs = (Scope.QUOTE,)
    unsearched_fields = ("attribution",)

    text = models.TextField(
        _("words"), max_length=800, help_text=_("Without quotation marks; they are added.")
    )
    attribution = models.CharField(
        _("who said it"), max_length=160, help_text=_("A name, or a description such as “a citizen, 54”.")
    )
    person = models.ForeignKey(  # type: ignore[assignment]  # who need not be named here has none
        PrivatePerson,
        verbose_name=_("private person"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("The quote is shown only while this person agrees to be quoted. Then no tick is needed."),
    )
    has_consent = consent_field()
    consent_reference = consent_reference_field()

    panels = [
        FieldPanel("text"),
        FieldPanel("attribution"),
        FieldPanel("person"),
        FieldPanel("has_consent"),
        FieldPanel("consent_reference"),
    ]
    override_translatable_fields = [SynchronizedField("person", overridable=False), *CONSENT_FACTS]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")

    def __str__(self) -> str:
        return self.attribution

    def publishing_gaps(self) -> dict[str, Any]:
        if self.person_id:
            return _not_agreed(self, _("%(person)s has not agreed to be quoted, or no longer does."))
        return {} if self.has_consent else {"has_consent": NO_CONSENT}


def shown_quotes(quotes: Iterable[Any]) -> list[Any]:
    """Those of nobody in particular, and those whose person agrees now. Any language may name the person."""
    rows = list(quotes)
    named = [(row.translation_key, row.person_id) for row in rows if row.person_id]
    for model in {type(row) for row in rows}:
        keys = [row.translation_key for row in rows]
        others = model._default_manager.filter(translation_key__in=keys, person__isnull=False)
        named += others.values_list("translation_key", "person")
    scopes = valid_scopes(person for _key, person in named)
    hidden = {key for key, person in named if Scope.QUOTE not in scopes.get(person, ())}
    return [row for row in rows if row.translation_key not in hidden]


class ConcernedServiceRow(Orderable):
    """A page that a story concerns. The subclass adds the ParentalKey `page`."""

    service = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("service")]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("service")
        verbose_name_plural = _("services")

    def __str__(self) -> str:
        return str(self.service)


def portraits(stories: Iterable[Any]) -> dict[int, Any]:
    """Pictures by key with their renditions, in two queries."""
    keys = [story.portrait_id for story in stories if story.portrait_id]
    found: dict[int, Any] = (
        get_image_model().objects.prefetch_renditions(*Filter.expand_spec(PORTRAIT)).in_bulk(keys)
    )
    return found
