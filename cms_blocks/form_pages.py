"""The page to which a form belongs that is sent to an address of its own."""

from typing import Any

from django.http import Http404, HttpRequest
from wagtail.models import Page

from . import story_consents


def page_of_form(request: HttpRequest, page_id: int) -> Any:
    """Of those who may read the page, everybody may send its form. Raises Http404 for others."""
    found = story_consents.agreed(Page.objects.live().filter(pk=page_id)).first()
    if found is None or not all(one.accept_request(request) for one in found.get_view_restrictions()):
        raise Http404
    return found.specific
