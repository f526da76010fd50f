"""Where editors keep synonyms and promoted results."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from ..models import CompoundWord, Promotion, SearchDocument, Synonym
from ..models.steering import Steering
from .forms import PromotionForm
from .permissions import TRY

_DATES = MultiFieldPanel(
    [FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")])],
    heading=_("In force"),
    help_text=_("Both days included. Leave empty what has no end."),
)


def state(row: Steering) -> Any:
    """Whether a row counts today, in the editor's words."""
    today = timezone.localdate()
    if row.is_in_force(today):
        return _("In force")
    return _("Over") if row.valid_to and row.valid_to < today else _("Planned")


_STATE = StatusTagColumn(
    "state", label=_("State"), accessor=state, primary=lambda row: row.is_in_force(timezone.localdate())
)
_LANGUAGE = Column("locale", label=_("Language"), accessor="get_locale_display", sort_key="locale")


class PrefilledCreateView(generic.CreateView):
    """`?locale=da&word=…` fills the form, as the report of searches does."""

    prefilled: tuple[str, ...] = ()

    def get_initial_form_instance(self) -> Any:
        given = {name: self.request.GET[name][:200] for name in self.prefilled if name in self.request.GET}
        return self.model(**given)


class SynonymCreateView(PrefilledCreateView):
    prefilled = ("locale", "word")


class PromotionCreateView(PrefilledCreateView):
    prefilled = ("locale", "words")


class SynonymViewSet(ModelViewSet):
    model = Synonym
    name = "torv_search_synonyms"
    url_prefix = "search/synonyms"
    icon = "openquote"
    menu_label = _("Synonyms")
    add_view_class = SynonymCreateView
    list_display = [
        "word",
        Column("same_as", label=_("Means the same as"), accessor=lambda row: ", ".join(row.equivalents)),
        Column("direction", label=_("Direction"), accessor="get_direction_display"),
        _LANGUAGE,
        _STATE,
    ]
    list_filter = ["locale", "direction"]
    list_per_page = 50
    search_backend_name = None
    search_fields = ["word", "same_as"]
    edit_handler = ObjectList(
        [
            FieldPanel("locale"),
            FieldPanel("word"),
            FieldPanel("same_as"),
            FieldPanel("direction"),
            _DATES,
        ]
    )


class PromotionIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Promotion]:
        """With the title that readers of the promotion's language see; none where it is not public."""
        rows: QuerySet[Promotion] = super().get_base_queryset()
        shown = SearchDocument.objects.filter(
            locale=OuterRef("locale"), searchable=OuterRef("searchable"), object_key=OuterRef("object_key")
        )
        return rows.annotate(title=Subquery(shown.values("title")[:1]))


class PromotionViewSet(ModelViewSet):
    model = Promotion
    name = "torv_search_promotions"
    url_prefix = "search/promotions"
    icon = "pick"
    menu_label = _("Promoted results")
    add_view_class = PromotionCreateView
    index_view_class = PromotionIndexView
    create_template_name = edit_template_name = "torv_search/admin/promotion_form.html"
    list_display = [
        "__str__",
        Column("title", label=_("Result"), accessor=lambda row: row.title or _("Not public at the moment")),
        Column("position", label=_("Position"), accessor="position"),
        _LANGUAGE,
        _STATE,
    ]
    list_filter = ["locale", "action"]
    list_per_page = 50
    search_backend_name = None
    search_fields = ["words", "value"]
    edit_handler = ObjectList(
        [
            FieldPanel("locale"),
            FieldPanel("words"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("facet"), FieldPanel("value")])], heading=_("Or for a filter")
            ),
            FieldPanel("result"),
            FieldRowPanel([FieldPanel("action"), FieldPanel("position")]),
            _DATES,
        ],
        base_form_class=PromotionForm,
    )


class CompoundWordViewSet(ModelViewSet):
    model = CompoundWord
    name = "torv_search_compounds"
    url_prefix = "search/compounds"
    icon = "cut"
    menu_label = _("Compound words")
    list_display = [
        "word",
        Column("parts", label=_("Parts"), accessor=lambda row: " + ".join(row.pieces) or _("Stays whole")),
        _LANGUAGE,
    ]
    list_filter = ["locale"]
    list_per_page = 50
    search_backend_name = None
    search_fields = ["word", "parts"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                _(
                    "The search reads compounds by their parts, so that “pårørendegruppe” finds “gruppe for"
                    " pårørende”. Decide here where it reads a word wrong. It counts from the next search on."
                    " What has the word is indexed anew at once; where that is very much, in the night."
                )
            ),
            FieldPanel("locale"),
            FieldPanel("word"),
            FieldPanel("parts"),
        ]
    )


class TryMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(TRY)


class SteeringGroup(ViewSetGroup):
    """The menu "Search" in the admin."""

    items = (SynonymViewSet, PromotionViewSet, CompoundWordViewSet)
    menu_label = _("Steer the search")
    menu_name = "torv-search"
    menu_icon = "search"
    menu_order = 260

    def get_submenu_items(self) -> list[MenuItem]:
        item = TryMenuItem(
            _("Try the search"), reverse("torv_search_try"), name="try-search", icon_name="view", order=500
        )
        return [*super().get_submenu_items(), item]
