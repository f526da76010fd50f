"""Windows in which editors look something up by its words."""

from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm, LocaleFilterMixin
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

_named = lazy(lambda words, name: gettext(words) % {"object": name}, str)


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


class SpokenChooser(AdminSnippetChooser):
    """Its buttons speak the language of whoever reads the form: Wagtail keeps that of the first who did."""

    def __init__(self, model: Any = None, **kwargs: Any) -> None:
        super().__init__(model, **kwargs)
        name = self.model._meta.verbose_name
        self.choose_one_text = _named("Choose %(object)s", name)
        self.choose_another_text = _named("Choose another %(object)s", name)
        self.link_to_chosen_text = _named("Edit this %(object)s", name)


class WordChooserViewSet(SnippetChooserViewSet):
    base_widget_class = SpokenChooser
    choose_view_class = WordChooseView
    choose_results_view_class = WordChooseResultsView
