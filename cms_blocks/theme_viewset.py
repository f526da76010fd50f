"""Where editors read the proposed themes, answer them, and make working groups of them."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.models import Page, get_page_models
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Theme, ThemeStatus
from .page_mixins.event_edition import EventEditionPageMixin
from .page_mixins.report import EditionChooser


def editions(request: HttpRequest | None = None) -> QuerySet[Page]:
    models = [model for model in get_page_models() if issubclass(model, EventEditionPageMixin)]
    kinds = ContentType.objects.get_for_models(*models).values()
    return Page.objects.filter(content_type__in=kinds, alias_of=None).order_by("-pk")


class ThemeFilterSet(WagtailFilterSet):
    status = django_filters.ChoiceFilter(label=_("Status"), choices=ThemeStatus.choices)
    edition = django_filters.ModelChoiceFilter(label=_("Meeting"), queryset=editions, method="of_meeting")

    class Meta:
        model = Theme
        fields = ["status", "edition"]

    def of_meeting(self, themes: QuerySet[Theme], name: str, edition: Page) -> QuerySet[Theme]:
        """Whichever language of it is chosen."""
        return themes.filter(edition__translation_key=edition.translation_key)


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "comment"
    menu_label = _("Themes")
    copy_view_enabled = False
    list_display = [
        "title",
        StatusTagColumn(
            "status",
            label=_("Status"),
            accessor="get_status_display",
            primary=lambda theme: theme.status == ThemeStatus.PROPOSED,
            sort_key="status",
        ),
        Column(
            "number",
            label=pgettext_lazy("running number", "Number"),
            accessor=lambda theme: theme.number or "",
            sort_key="number",
        ),
        Column("edition", label=_("Meeting"), accessor="edition"),
        DateColumn("created_at", label=_("Received"), sort_key="created_at"),
    ]
    list_per_page = 50
    filterset_class = ThemeFilterSet
    search_backend_name = None
    search_fields = ["title", "text", "host"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                _(
                    "Readers see a theme once it is accepted. Read it first: it must name nobody who has not "
                    "agreed to it."
                )
            ),
            FieldPanel("edition", widget=EditionChooser),
            FieldPanel("title"),
            FieldPanel("text"),
            FieldPanel("status"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("number"), FieldPanel("room")]), FieldPanel("host")],
                heading=_("Working group"),
            ),
            MultiFieldPanel(
                [FieldPanel("proposer_name"), FieldPanel("name_is_public", read_only=True)],
                heading=_("Who proposed it"),
            ),
        ]
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Theme]:
        return Theme.objects.select_related("edition")


class ThemeBulkAction(SnippetBulkAction):
    """Gives all chosen themes one status."""

    models: ClassVar[list[Any]] = [Theme]
    template_name = "torv_blocks/admin/answer_themes.html"
    status: ClassVar[ThemeStatus]
    question: ClassVar[Any]

    def check_perm(self, snippet: Theme) -> bool:
        return bool(
            self.permission_policy.user_has_permission_for_instance(self.request.user, "change", snippet)
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "question": self.question, "label": self.display_name}

    @classmethod
    def execute_action(cls, objects: Sequence[Theme], **kwargs: Any) -> tuple[int, int]:
        """One by one and the oldest first, so that the working groups get their numbers in order."""
        for theme in sorted(objects, key=lambda theme: (theme.created_at, theme.pk)):
            theme.status = cls.status
            theme.save()
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        values = {"count": num_parent_objects, "status": gettext(str(self.status.label))}
        text = ngettext(
            "%(count)d theme is now: %(status)s.", "%(count)d themes are now: %(status)s.", num_parent_objects
        )
        return text % values


class AcceptThemes(ThemeBulkAction):
    display_name = _("Accept")
    aria_label = _("Accept the chosen themes")
    action_type = "accept_themes"
    action_priority = 10
    status = ThemeStatus.ACCEPTED
    question = _("Show these themes on the page of the meeting?")


class MakeWorkingGroups(ThemeBulkAction):
    display_name = _("Make working groups")
    aria_label = _("Make working groups of the chosen themes")
    action_type = "make_working_groups"
    action_priority = 15
    status = ThemeStatus.WORKING_GROUP
    question = _("Make these themes working groups? Each gets the next number.")


class DeclineThemes(ThemeBulkAction):
    display_name = _("Decline")
    aria_label = _("Decline the chosen themes")
    action_type = "decline_themes"
    action_priority = 20
    status = ThemeStatus.DECLINED
    question = _("Decline these themes? They are not shown, and nobody is told.")


BULK_ACTIONS = (AcceptThemes, MakeWorkingGroups, DeclineThemes)
