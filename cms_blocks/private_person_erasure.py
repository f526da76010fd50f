"""What happens when somebody deletes a private person in the admin: all traces go, and counts are told."""

from collections import Counter
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.log_actions import log

from .erasure import erase
from .models import PrivatePerson
from .traces import Words


def erase_instead(request: HttpRequest, instances: Sequence[Model]) -> HttpResponse | None:
    """Single and in bulk. Asking first is the view's work, so only what is sent erases."""
    persons = [one for one in instances if isinstance(one, PrivatePerson)]
    if request.method != "POST" or not persons:
        return None
    if not request.user.has_perm("torv_blocks.delete_privateperson"):
        raise PermissionDenied
    counts: Counter[str] = Counter()
    for person in persons:
        log(instance=person, action="wagtail.delete", user=request.user, deleted=True)
        counts += erase(person, Words.of(person))
    messages.success(request, _("Erased: %(places)s.") % {"places": places(counts)})
    return redirect(reverse(PrivatePerson.snippet_viewset.get_url_name("list")))


def places(counts: Counter[str]) -> str:
    return ", ".join(f"{place} {count}" for place, count in sorted(counts.items())) or _("nothing")
