"""Themes that participants propose for a meeting: the form, the lists on the page, and what is deleted."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django import forms
from django.apps import apps
from django.db import transaction
from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from . import conf
from .models import Theme, ThemeStatus
from .public_forms import PublicForm


class ThemeForm(PublicForm):
    purpose = "theme"
    public_fields = ("title", "text")
    # A whole meeting may send from one address.
    limit_times = 10

    title = forms.CharField(
        label=_("Your theme or question"),
        max_length=120,
    )
    text = forms.CharField(
        label=_("More about it"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    proposer_name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        required=False,
        help_text=_("Only the organisers see it. It is deleted after the meeting."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    name_is_public = forms.BooleanField(
        label=_("Show my name beside the theme, for everyone to read"),
        required=False,
    )

    def save(self, edition: Any) -> Theme:
        """Waits for the editors; the organisers are told."""
        from .tasks import tell_organisers

        values = {
            name: self.cleaned_data[name] for name in ("title", "text", "proposer_name", "name_is_public")
        }
        theme = Theme.objects.create(edition_id=edition.pk, language=edition.locale.language_code, **values)
        transaction.on_commit(lambda: tell_organisers.enqueue(theme.pk))
        return theme


def shown_themes(edition: Any) -> tuple[list[Theme], list[Theme]]:
    """Those that are accepted, oldest first, and the working groups by number. One query."""
    wanted = (ThemeStatus.ACCEPTED, ThemeStatus.WORKING_GROUP)
    rows = Theme.objects.filter(edition__translation_key=edition.translation_key, status__in=wanted)
    found = list(rows.order_by("number", "created_at", "pk"))
    accepted = [theme for theme in found if theme.status == ThemeStatus.ACCEPTED]
    return accepted, [theme for theme in found if theme.status == ThemeStatus.WORKING_GROUP]


def counts(edition: Any) -> dict[str, int]:
    """Number of themes by status."""
    rows = Theme.objects.filter(edition__translation_key=edition.translation_key)
    return Counter(rows.values_list("status", flat=True))


def send_url(edition: Any) -> str:
    """Where the form is sent to; empty where the host does not include Torv's addresses."""
    try:
        return reverse("torv_blocks:propose_theme", args=[edition.pk])
    except NoReverseMatch:
        return ""


def form_url(edition: Any, request: HttpRequest) -> str:
    """The page with the form; empty while no themes are collected."""
    if not edition.collects_themes() or not send_url(edition):
        return ""
    return f"{edition.get_url(request)}themes/"


def theme_page_context(
    edition: Any, request: HttpRequest, form: ThemeForm | None = None, thanks: bool = False
) -> dict[str, Any]:
    return {
        "form": form or ThemeForm(request=request),
        "is_open": bool(form_url(edition, request)),
        "thanks": thanks,
        "send_url": send_url(edition),
        "breadcrumb_trail": [(_("Propose a theme"), f"{edition.get_url(request)}themes/")],
        "structured_data": None,
    }


def hand_over(page: Page) -> None:
    """Before a page goes, with all below it: themes of its meetings stay with them in the next language."""
    below = Theme.objects.filter(edition__path__startswith=page.path).order_by()
    for edition, key in below.values_list("edition", "edition__translation_key").distinct():
        others = Page.objects.filter(translation_key=key).exclude(path__startswith=page.path)
        # An alias is a page of its own when what it stands for is gone.
        if heir := others.order_by(F("alias_of").asc(nulls_first=True), "pk").first():
            Theme.objects.filter(edition=edition).update(edition=heir)


def delete_old_names() -> int:
    """Names of proposers are needed until some weeks after the meeting."""
    from .page_mixins.event_edition import EventEditionPageMixin

    limit = timezone.now() - timedelta(days=conf.current().theme_names_kept_days)
    over: set[int] = set()
    dated: set[int] = set()
    for model in apps.get_models():
        if issubclass(model, EventEditionPageMixin):
            pages = model._default_manager
            held = pages.filter(starts_at__lt=limit).exclude(ends_at__gte=limit)
            undated = pages.filter(starts_at=None, collects_until__lt=limit)
            over.update((held | undated).values_list("pk", flat=True))
            dated.update(pages.exclude(starts_at=None, collects_until=None).values_list("pk", flat=True))
    named = Theme.objects.exclude(proposer_name="")
    # A meeting that never got a date must not keep names for ever.
    old = Q(edition__in=over) | Q(created_at__lt=limit) & ~Q(edition__in=dated)
    return named.filter(old).update(proposer_name="", name_is_public=False)
