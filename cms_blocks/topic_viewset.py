"""Where editors keep the vocabulary."""

from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from .models import Topic
from .panels import FactsNotePanel, SourceRowForm
from .topic_choosers import TopicChooserViewSet, labelled, offer_topics, usable_topics

#: Functions of the request and the list's buttons so far: more buttons beside "Add topic".
LIST_BUTTONS_HOOK = "torv_topic_list_buttons"


class TopicForm(SourceRowForm):
    synchronised = ("slug",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("broader", "see"):
            if name in self.fields:
                offer_topics(self.fields[name], labelled(Topic.objects.filter(source_row=None)))
        if "related" in self.fields:
            offer_topics(self.fields["related"], usable_topics().exclude(pk=self.instance.pk))


class TopicFilterSet(WagtailFilterSet):
    broader = django_filters.ModelChoiceFilter(
        label=_("Broader topic"), queryset=Topic.objects.filter(narrower__isnull=False).distinct()
    )
    is_sensitive = django_filters.BooleanFilter(label=_("Sensitive"), method="filter_sensitive")
    instead = django_filters.BooleanFilter(label=_("Leads to another topic"), method="filter_instead")

    class Meta:
        model = Topic
        fields = ["broader"]

    def filter_sensitive(self, rows: QuerySet[Topic], name: str, value: bool) -> QuerySet[Topic]:
        marked = Q(is_sensitive=True) | Q(source_row__is_sensitive=True)
        return rows.filter(marked) if value else rows.exclude(marked)

    def filter_instead(self, rows: QuerySet[Topic], name: str, value: bool) -> QuerySet[Topic]:
        unused = Q(see__isnull=False) | Q(source_row__see__isnull=False)
        return rows.filter(unused) if value else rows.exclude(unused)


class TopicIndexView(IndexView):
    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = list(super().header_more_buttons)
        for hook in hooks.get_hooks(LIST_BUTTONS_HOOK):
            buttons.extend(hook(self.request))
        return buttons


def _broader_or_see(topic: Topic) -> str:
    facts = topic.facts
    if facts.see:
        return gettext("use instead: %(topic)s") % {"topic": facts.see}
    return str(facts.broader or "")


def _yes_if_sensitive(topic: Topic) -> str:
    return gettext("Yes") if topic.facts.is_sensitive else ""


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    list_display = [
        "pref_label",
        Column("synonyms", label=_("Other words for it"), accessor=lambda topic: ", ".join(topic.synonyms)),
        Column("broader", label=_("Broader topic"), accessor=_broader_or_see),
        Column("is_sensitive", label=_("Sensitive"), accessor=_yes_if_sensitive),
        Column("slug", label=_("Address"), accessor="slug", sort_key="slug"),
    ]
    list_per_page = 50
    filterset_class = TopicFilterSet
    index_view_class = TopicIndexView
    chooser_viewset_class = TopicChooserViewSet
    # Wagtail's own index fails on quotation marks in SQLite; a few hundred topics need none.
    search_backend_name = None
    search_fields = ["pref_label", "alt_labels", "slug", "notation"]
    edit_handler = ObjectList(
        [
            FactsNotePanel(what=_("The address and the relations to other topics")),
            FieldPanel("pref_label"),
            FieldPanel("alt_labels"),
            FieldPanel("scope_note"),
            FieldPanel("slug"),
            MultiFieldPanel(
                [
                    FieldPanel("broader"),
                    FieldPanel("related", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("see"),
                ],
                heading=_("Relations to other topics"),
            ),
            FieldPanel("is_sensitive"),
            MultiFieldPanel(
                [FieldPanel("notation"), FieldPanel("uri")],
                heading=_("In other vocabularies"),
                classname="collapsed",
            ),
        ],
        base_form_class=TopicForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        return Topic.objects.select_related(
            "locale", "broader", "see", "source_row__broader", "source_row__see"
        )
