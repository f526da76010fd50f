"""Where private persons and their consents are kept: for colleagues with the permission, and nobody else."""

from typing import Any

import django_filters
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)
from wagtail.snippets.views.snippets import DeleteView, EditView, SnippetViewSet

from . import logins
from .choosers import SpokenChooser
from .erasure import notes
from .models import VIEW_PERSONS, Consent, PrivatePerson, Scope
from .person_export import hand_out
from .traces import Words

HAND_OUT = "hand_out"


def may_see_persons(user: Any) -> bool:
    return isinstance(user, AbstractBaseUser) and user.has_perm(VIEW_PERSONS)  # type: ignore[attr-defined]


class PersonChooser(SpokenChooser):
    """Names the chosen person to those who may know; to all others it is a number."""

    #: Set by the form, which knows who looks at it.
    reader: Any = None

    def get_display_title(self, instance: PrivatePerson) -> str:
        if may_see_persons(self.reader):
            return instance.name
        return gettext("%(person)s (hidden)") % {"person": instance}


class PersonFilterForm(BaseFilterForm):
    q = forms.CharField(
        label=_("Search term"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Search")})
    )

    def filter(self, objects: QuerySet[PrivatePerson]) -> QuerySet[PrivatePerson]:
        if words := self.cleaned_data.get("q"):
            self.is_searching, self.search_query = True, words
            objects = objects.filter(Q(name__icontains=words) | Q(email__icontains=words))
        found: QuerySet[PrivatePerson] = super().filter(objects)
        return found


class ForColleaguesMixin:
    """Without the permission there is nothing to choose from, and nothing to learn of what is chosen."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see_persons(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


class PersonListMixin(ForColleaguesMixin):
    filter_form_class = PersonFilterForm

    @property
    def title_column(self) -> TitleColumn:
        column: TitleColumn = super().title_column  # type: ignore[misc]
        column.accessor = "name"
        column.label = _("Name")
        return column


class PersonChooseView(PersonListMixin, ChooseView):
    pass


class PersonChooseResultsView(PersonListMixin, ChooseResultsView):
    pass


class NamedMixin(ForColleaguesMixin):
    def get_display_title(self, instance: PrivatePerson) -> str:
        return instance.name


class PersonChosenView(NamedMixin, SnippetChosenView):
    pass


class PersonChosenMultipleView(NamedMixin, SnippetChosenMultipleView):
    pass


class PrivatePersonChooserViewSet(SnippetChooserViewSet):
    choose_view_class = PersonChooseView
    choose_results_view_class = PersonChooseResultsView
    chosen_view_class = PersonChosenView
    chosen_multiple_view_class = PersonChosenMultipleView
    base_widget_class = PersonChooser


class PrivatePersonFilterSet(WagtailFilterSet):
    scope = django_filters.ChoiceFilter(
        label=_("May be shown now"), choices=Scope.choices, method="filter_scope"
    )

    class Meta:
        model = PrivatePerson
        fields: list[str] = []

    def filter_scope(
        self, persons: QuerySet[PrivatePerson], name: str, scope: str
    ) -> QuerySet[PrivatePerson]:
        return persons.filter(pk__in=Consent.objects.valid(scope).values("person"))


def _shown_now(person: PrivatePerson) -> str:
    """Reads what the list has fetched in one query for all."""
    scopes = dict.fromkeys(consent.scope for consent in person.consents.all() if consent.is_valid)
    return ", ".join(str(Scope(scope).label) for scope in scopes) or gettext("nothing")


class EditPersonView(EditView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Beside “Erase”: what is asked for by the same letters."""
        buttons: list[Button] = super().header_more_buttons
        return sorted([*buttons, _download_button(self.object)], key=lambda button: button.priority)


def _download_button(person: PrivatePerson) -> Button:
    address = reverse(PrivatePerson.snippet_viewset.get_url_name(HAND_OUT), args=[person.pk])
    return Button(_("Download what is held"), url=address, icon_name="download", priority=15)


class ErasePersonView(DeleteView):
    """Deleting a private person erases the traces too; the hook `erase_instead` does it."""

    page_title = _("Erase")

    @property
    def confirmation_message(self) -> str:
        return gettext(
            "Everything that is kept of %(person)s is erased: the data, the consents and their evidence, the "
            "photo, and what versions, logs and translations say. This cannot be undone."
        ) % {"person": self.object}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        login = self.object.user
        return {
            **context,
            "notes": notes(self.object, Words.of(self.object)),
            "login_can_go": login is not None and not logins.may_more(login),
        }


class PrivatePersonViewSet(SnippetViewSet):
    model = PrivatePerson
    icon = "user"
    menu_label = _("Private persons")
    chooser_viewset_class = PrivatePersonChooserViewSet
    edit_view_class = EditPersonView
    delete_view_class = ErasePersonView
    delete_template_name = "torv_blocks/admin/erase_person.html"
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["name", "email", "phone"]
    list_display = [
        "name",
        Column("number", label=pgettext_lazy("running number", "Number"), accessor="pk"),
        Column("shown", label=_("May be shown now"), accessor=_shown_now),
    ]
    list_per_page = 50
    filterset_class = PrivatePersonFilterSet
    search_backend_name = None
    search_fields = ["name", "email"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("name"), FieldPanel("phone"), FieldPanel("email"), FieldPanel("photo")],
                heading=_("Person"),
                help_text=_("Readers see of this only what is agreed to below, and only while it holds."),
            ),
            InlinePanel(
                "consents",
                [
                    FieldRowPanel([FieldPanel("scope"), FieldPanel("basis")]),
                    FieldRowPanel([FieldPanel("given_on"), FieldPanel("expires_on")]),
                    FieldPanel("withdrawn_on"),
                    FieldPanel("evidence"),
                ],
                label=_("Consent"),
                heading=_("Consents"),
                help_text=_("One for each thing that may be shown. For a renewal add a new one."),
            ),
            FieldPanel("user"),
            FieldPanel("note"),
        ]
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        own = path(f"hand-out/<{self.pk_path_converter}:pk>/", hand_out, name=HAND_OUT)
        return [*super().get_urlpatterns(), own]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PrivatePerson]:
        return PrivatePerson.objects.prefetch_related("consents")
