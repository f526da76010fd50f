"""The form by which readers write to an entry; pages of the tree would ask for a CSRF cookie."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from wagtail.models import Locale, Site

from cms_blocks import sensitive
from cms_blocks.public_forms import public_form

from .addresses import directory_page
from .contacts import relay_address
from .models import Entry
from .relay import ContactForm, pass_on


@public_form
def contact(request: HttpRequest, key: UUID) -> HttpResponse:
    entry, entry_url = _public_entry(request, key)
    form = ContactForm(request.POST or None, request=request)
    is_complete = form.is_valid()
    sent = is_complete and pass_on(form, entry)
    context = {
        "entry": entry,
        "safety": sensitive.safety(entry.facts.topic_ids, Locale.get_active()),
        "entry_url": entry_url,
        "form": form,
        "action": request.path,
        "sent": sent,
        "failed": is_complete and not sent,
    }
    return render(request, "torv_directory/entry_contact.html", context)


def _public_entry(request: HttpRequest, key: UUID) -> tuple[Entry, str]:
    """In the reader's language, with the address of its page; raises Http404 where there is no form."""
    site, language = Site.find_for_request(request), get_language() or ""
    page = directory_page(site, language) if site else None
    locale = Locale.objects.filter(language_code=language).first()
    if page is None or locale is None:
        raise Http404
    sources = Entry.objects.sources().public().filter(translation_key=key)
    entry = sources.in_language(locale).with_facts().first()
    if entry is None or not relay_address(entry.facts):
        raise Http404
    return entry, f"{page.get_url(request)}{entry.facts.slug}/"
