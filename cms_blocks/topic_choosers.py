"""Where a topic is chosen: each is offered once, in the words of whoever reads the form."""

from operator import attrgetter
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.models import Locale
from wagtail.snippets.views.chooser import SnippetChosenMultipleView, SnippetChosenView

from .choosers import (
    SpokenChooser,
    WordChooseResultsView,
    WordChooserViewSet,
    WordChooseView,
    WordsFilterForm,
)
from .models import Topic


def usable_topics() -> QuerySet[Topic]:
    """Source rows of the topics that things can carry, with the reader's word for each as `shown_label`."""
    return labelled(Topic.objects.filter(source_row=None, see=None))


def labelled(topics: QuerySet[Topic]) -> QuerySet[Topic]:
    """Source rows with `shown_label`, in its order; one that is not translated shows its own."""
    translated = Topic.objects.filter(source_row=OuterRef("pk"), locale=Locale.get_active())
    label = Coalesce(Subquery(translated.values("pref_label")[:1]), "pref_label")
    return topics.annotate(shown_label=label).order_by("shown_label", "pk")


def shown_label(topic: Topic) -> str:
    """The reader's word for a topic, whatever row of it this is."""
    row = labelled(Topic.objects.filter(pk=topic.facts.pk)).first()
    return row.shown_label if row else str(topic)


def offer_topics(field: Any, topics: QuerySet[Topic]) -> None:
    """Let a form's field offer these, `labelled`, in the reader's words."""
    field.queryset = topics
    field.label_from_instance = attrgetter("shown_label")


class _OnceMixin:
    """Topics have no column and no filter for the language: what is offered is not a language's."""

    names = (
        "pref_label",
        "alt_labels",
        "slug",
        "notation",
        "translation_rows__pref_label",
        "translation_rows__alt_labels",
    )

    title_column: TitleColumn

    @property
    def columns(self) -> list[Column]:
        column = self.title_column
        column.accessor = "shown_label"
        return [column]

    def get_filter_form_class(self) -> type[WordsFilterForm]:
        return type("FilterForm", (_TopicWordsForm,), {"names": self.names})


class _TopicWordsForm(WordsFilterForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("locale", None)

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        """Words of every language find a topic; it is offered once all the same."""
        found = super().filter(Topic.objects.all()).values("pk")
        return objects.filter(pk__in=found)


class TopicChooseView(_OnceMixin, WordChooseView):
    pass


class TopicChooseResultsView(_OnceMixin, WordChooseResultsView):
    pass


class _SpokenTitleMixin:
    def get_display_title(self, instance: Topic) -> str:
        return shown_label(instance)


class TopicChosenView(_SpokenTitleMixin, SnippetChosenView):
    pass


class TopicChosenMultipleView(_SpokenTitleMixin, SnippetChosenMultipleView):
    pass


class TopicChooser(_SpokenTitleMixin, SpokenChooser):
    pass


class TopicChooserViewSet(WordChooserViewSet):
    """Offers what may be used; the others lead to these."""

    base_widget_class = TopicChooser
    choose_view_class = TopicChooseView
    choose_results_view_class = TopicChooseResultsView
    chosen_view_class = TopicChosenView
    chosen_multiple_view_class = TopicChosenMultipleView

    def get_object_list(self) -> QuerySet[Topic]:
        return usable_topics()
