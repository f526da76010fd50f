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

from .erasure import erase, notes
from .models import PrivatePerson
from .traces import Words

#: The tick on the page that asks first.
WITH_LOGIN = "with_login"


def erase_instead(request: HttpRequest, instances: Sequence[Model]) -> HttpResponse | None:
    """Single and in bulk. Asking first is the view's work, so only what is sent erases."""
    persons = [one for one in instances if isinstance(one, PrivatePerson)]
    if request.method != "POST" or not persons:
        return None
    if not request.user.has_perm("torv_blocks.delete_privateperson"):
        raise PermissionDenied
    with_login = WITH_LOGIN in request.POST
    counts: Counter[str] = Counter()
    left: dict[str, None] = {}
    for person in persons:
        words = Words.of(person)
        left |= dict.fromkeys(notes(person, words, with_login=with_login))
        log(instance=person, action="wagtail.delete", user=request.user, deleted=True)
        counts += erase(person, words, with_login=with_login)
    messages.success(request, " ".join([_("Erased: %(places)s.") % {"places": places(counts)}, *left]))
    return redirect(reverse(PrivatePerson.snippet_viewset.get_url_name("list")))


def places(counts: Counter[str]) -> str:
    return ", ".join(f"{place} {count}" for place, count in sorted(counts.items())) or _("nothing")
