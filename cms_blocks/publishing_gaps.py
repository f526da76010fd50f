"""What the admin says where pages cannot be published from outside their form: in bulk, and by approving."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.models import Page

APPROVING = "wagtailadmin_pages:workflow_action"


def refuse_in_bulk(request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any) -> Any:
    """Before Wagtail publishes: all of what was chosen, or nothing."""
    if action_type != "publish" or action.model is not Page:
        return None
    gaps = [
        (_edit_url(page), page.get_admin_display_title(), " ".join(map(str, found.values())))
        for page in _drafts(objects, **action.get_execution_context())
        if (found := page.all_gaps() if hasattr(page, "all_gaps") else None)
    ]
    if not gaps:
        return None
    lines = format_html_join("", '<li><a href="{}">{}</a>: {}</li>', gaps)
    words = _("Nothing was published. Something is missing here:")
    messages.error(request, format_html("{}<ul>{}</ul>", words, lines))
    return redirect(action.next_url)


def _drafts(pages: Sequence[Page], *, user: Any, include_descendants: bool) -> Iterator[Any]:
    """What would be published: each page as it was saved last."""
    for page in pages:
        yield page.get_latest_revision_as_object()
        for below in page.get_descendants().not_live() if include_descendants else ():
            if below.permissions_for_user(user).can_publish():
                yield below.get_latest_revision_as_object()


def _edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def refuse_to_approve(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """A draft may have lost, while it waited, what it must have to be published: it goes on waiting."""
    match = request.resolver_match
    if not isinstance(exception, ValidationError) or match is None or match.view_name != APPROVING:
        return None
    messages.error(request, " ".join(exception.messages))
    address = reverse("wagtailadmin_pages:edit", args=[match.kwargs["page_id"]])
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        answer = {"step": "success", "redirect": address}
        modal: HttpResponse = render_modal_workflow(request, "", None, {}, json_data=answer)
        return modal
    return redirect(address)
