"""Where editors keep the numbers that pages about sensitive topics show."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import CrisisNumber
from .panels import FactsNotePanel, SourceRowForm


class CrisisNumberViewSet(SnippetViewSet):
    model = CrisisNumber
    icon = "warning"
    menu_label = _("Crisis numbers")
    list_display = [
        "name",
        Column("phone", label=_("Phone"), accessor="facts.phone"),
        Column("opening", label=_("When it is open"), accessor="opening"),
        Column("order", label=_("Order"), accessor="facts.order"),
    ]
    search_backend_name = None
    search_fields = ["name", "audience", "phone"]
    edit_handler = ObjectList(
        [
            FactsNotePanel(what=_("The phone number, the website and the order")),
            FieldPanel("name"),
            FieldPanel("audience"),
            FieldPanel("phone"),
            FieldPanel("opening"),
            FieldPanel("url"),
            FieldPanel("order"),
        ],
        base_form_class=SourceRowForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[CrisisNumber]:
        return CrisisNumber.objects.select_related("locale", "source_row")
