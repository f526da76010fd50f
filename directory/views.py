"""The forms of an entry's page; pages of the tree would ask for a CSRF cookie."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from wagtail.models import Locale, Site

from cms_blocks import sensitive
from cms_blocks.public_forms import public_form, see_other

from .addresses import directory_page
from .contacts import relay_address
from .error_reports import ErrorReportForm
from .models import Entry
from .relay import ContactForm, pass_on

#: The parameter that says that a message has been passed on.
SENT = "sent"


@public_form
def contact(request: HttpRequest, key: UUID) -> HttpResponse:
    """Passes the message on and says so at an address that sends nothing anew, or shows the form again."""
    entry, entry_url = _public_entry(request, key)
    if not relay_address(entry.facts):
        raise Http404
    form = ContactForm(request.POST or None, request=request)
    is_complete = form.is_valid()
    if is_complete and pass_on(form, entry):
        return see_other(f"{request.path}?{SENT}=1")
    context = {
        **_around(entry, entry_url),
        "form": form,
        "action": request.path,
        "sent": SENT in request.GET,
        "failed": is_complete,
    }
    return render(request, "torv_directory/entry_contact.html", context)


@public_form
def report_error(request: HttpRequest, key: UUID) -> HttpResponse:
    """Stores the report and thanks, or shows the form again with everything that was typed."""
    entry, entry_url = _public_entry(request, key)
    form = ErrorReportForm(request.POST or None, request=request)
    if form.is_valid():
        form.save(entry, get_language() or "")
        return see_other(reverse("torv_directory:error_reported", args=[key]))
    context = {**_around(entry, entry_url), "form": form, "action": request.path}
    return render(request, "torv_directory/report_error.html", context)


@never_cache
def error_reported(request: HttpRequest, key: UUID) -> HttpResponse:
    entry, entry_url = _public_entry(request, key)
    return render(request, "torv_directory/report_error.html", {**_around(entry, entry_url), "thanks": True})


def _around(entry: Entry, entry_url: str) -> dict[str, Any]:
    return {
        "entry": entry,
        "safety": sensitive.safety(entry.facts.topic_ids, Locale.get_active()),
        "entry_url": entry_url,
    }


def _public_entry(request: HttpRequest, key: UUID) -> tuple[Entry, str]:
    """In the reader's language, with the address of its page; raises Http404 where readers cannot see it."""
    site, language = Site.find_for_request(request), get_language() or ""
    page = directory_page(site, language) if site else None
    locale = Locale.objects.filter(language_code=language).first()
    if page is None or locale is None:
        raise Http404
    sources = Entry.objects.sources().public().filter(translation_key=key)
    entry = sources.in_language(locale).with_facts().first()
    if entry is None:
        raise Http404
    return entry, f"{page.get_url(request)}{entry.facts.slug}/"
