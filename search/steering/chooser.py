"""Choosing a result of the search: the index itself is searched, in the language of the form."""

from django import forms
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.models import Locale

from ..engines.vendors import text_index
from ..models import SearchDocument
from ..models.steering import languages
from ..parsing import parse

#: So many of the best are offered; whoever does not see the result types more.
_OFFERED = 200


class ResultFilterForm(BaseFilterForm):
    q = forms.CharField(label=_("Search words"), required=False)
    locale = forms.ChoiceField(label=_("Language"), choices=languages, required=False)

    def filter(self, objects: QuerySet[SearchDocument]) -> QuerySet[SearchDocument]:
        locale = self.cleaned_data["locale"] or Locale.get_default().language_code
        objects = super().filter(objects).filter(locale=locale)
        parsed = parse(self.cleaned_data["q"].replace("\x00", " "), locale)
        if parsed.is_empty:
            return objects.order_by("sort_key", "pk")
        self.is_searching, self.search_query = True, self.cleaned_data["q"]
        best = [pk for pk, _score in text_index().ranked(parsed)[:_OFFERED]]
        if not best:
            return objects.none()
        places = [When(pk=pk, then=Value(place)) for place, pk in enumerate(best)]
        order = Case(*places, output_field=IntegerField())
        return objects.filter(pk__in=best).order_by(order)


class _Columns:
    """The title is what readers see; beside it what sort of thing it is."""

    filter_form_class = ResultFilterForm

    @property
    def title_column(self) -> Column:
        column = super().title_column  # type: ignore[misc]
        column.accessor = "title"
        return column

    @property
    def columns(self) -> list[Column]:
        kind = Column("kind", label=_("Kind"), accessor=kind_name)
        return [*super().columns, kind]  # type: ignore[misc]


def kind_name(document: SearchDocument) -> str:
    """As the content names its kind, else the kind's own name."""
    return str(document.stored.get("kind_label") or document.kind)


class ResultChooseView(_Columns, ChooseView):
    pass


class ResultChooseResultsView(_Columns, ChooseResultsView):
    pass


class ResultChosenView(ChosenView):
    def get_display_title(self, instance: SearchDocument) -> str:
        return instance.title


class ResultChooser(BaseChooser):
    show_edit_link = False
    # The modal searches in the language that the form has at that moment.
    linked_fields = {"locale": "#id_locale"}

    def get_display_title(self, instance: SearchDocument) -> str:
        return instance.title


class ResultChooserViewSet(ChooserViewSet):
    model = SearchDocument
    icon = "search"
    choose_one_text = _("Choose a result")
    choose_another_text = _("Choose another result")
    choose_view_class = ResultChooseView
    choose_results_view_class = ResultChooseResultsView
    chosen_view_class = ResultChosenView
    base_widget_class = ResultChooser
    preserve_url_parameters = ["multiple", "locale"]
    register_widget = False


result_chooser = ResultChooserViewSet("torv_search_result_chooser", url_prefix="search-result-chooser")
