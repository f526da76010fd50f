"""Windows in which editors look something up by its words."""

from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm, LocaleFilterMixin
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet


class WordsFilterForm(LocaleFilterMixin, BaseFilterForm):
    """Finds what has each word, also within longer ones, in one of the fields that the list searches."""

    names: tuple[str, ...] = ()

    q = forms.CharField(
        label=_("Search term"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Search")})
    )

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        if words := self.cleaned_data.get("q"):
            self.is_searching, self.search_query = True, words
            for word in words.split():
                has_it = (Q(**{f"{name}__icontains": word}) for name in self.names)
                objects = objects.filter(reduce(or_, has_it))
        found: QuerySet[Any] = super().filter(objects)
        return found


class WordSearchMixin:
    """Wagtail's own search knows no condition on another row, and fails on quotation marks in SQLite."""

    model_class: Any

    def get_filter_form_class(self) -> type[WordsFilterForm]:
        names = tuple(self.model_class.snippet_viewset.search_fields)
        return type("FilterForm", (WordsFilterForm,), {"names": names})


class WordChooseView(WordSearchMixin, ChooseView):
    pass


class WordChooseResultsView(WordSearchMixin, ChooseResultsView):
    pass


class WordChooserViewSet(SnippetChooserViewSet):
    choose_view_class = WordChooseView
    choose_results_view_class = WordChooseResultsView
