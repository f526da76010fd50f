"""Stories of private persons: public while everyone in them agrees, out of sight at once when one does not.

Pages and lists compare the dates themselves (`agreed`, `has_lapsed`). What has lapsed is unpublished besides,
so that a host's own lists leave it out too, and an editor finds it among the drafts with the reason.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page
from wagtail.query import PageQuerySet

from .models import Consent, PersonRowMixin, PrivatePerson, Scope
from .recipients import admin_address, tell


def _row_models() -> Iterator[type[Any]]:
    """Of the rows without which a whole page is not shown."""
    for model in apps.get_models():
        if issubclass(model, PersonRowMixin) and getattr(model, "hides_page", False):
            yield model


def _lacking() -> Q:
    """Pages with somebody who does not agree, and their translations."""
    agreed = Consent.objects.valid(Scope.STORY).filter(person=OuterRef("person"))
    found = Q(pk__in=())
    for model in _row_models():
        rows = model._default_manager.filter(~Exists(agreed))
        found |= Q(translation_key__in=rows.values("page__translation_key"))
    return found


def agreed(pages: PageQuerySet) -> PageQuerySet:
    """Without the stories that somebody in them does not agree to, in any language of theirs."""
    return pages.exclude(_lacking())


def readable() -> PageQuerySet:
    """The pages that everybody may read at this moment: what links and lists of pages begin with."""
    return agreed(Page.objects.live().public())


def lapsed() -> PageQuerySet:
    """The pages that `agreed` leaves out."""
    return Page.objects.filter(_lacking())


def has_lapsed(page: Page) -> bool:
    return lapsed().filter(pk=page.pk).exists()


def ends(pages: Iterable[Page]) -> dict[Any, date]:
    """Translation key -> the day from which on somebody no longer agrees, as far as that is known."""
    keys = [page.translation_key for page in pages]
    pairs = [pair for model in _row_models() for pair in _persons_in(model, keys)]
    last = _last_days({person for _key, person in pairs})
    found: dict[Any, date] = {}
    for key, person in pairs:
        if day := last.get(person):
            found[key] = min(day, found.get(key, day))
    return found


def pages_about(person_id: int) -> set[Any]:
    """Translation keys of the stories that a person is in."""
    return {
        key
        for model in _row_models()
        for key in model._default_manager.filter(person=person_id).values_list(
            "page__translation_key", flat=True
        )
    }


def _persons_in(model: type[Any], keys: list[Any]) -> Iterable[tuple[Any, int]]:
    rows = model._default_manager.filter(page__translation_key__in=keys)
    return list(rows.values_list("page__translation_key", "person"))


def _last_days(persons: set[int]) -> dict[int, date]:
    """Of several consents the longest counts; one without an end has none."""
    found: dict[int, date] = {}
    endless = set()
    valid = Consent.objects.valid(Scope.STORY).filter(person__in=persons) if persons else ()
    for consent in valid:
        if consent.expires_on is None:
            endless.add(consent.person_id)
        else:
            before = found.get(consent.person_id, consent.expires_on)
            found[consent.person_id] = max(consent.expires_on, before)
    return {person: day for person, day in found.items() if person not in endless}


def take_down_lapsed() -> None:
    _take_down(lapsed())


def take_down_about(person: PrivatePerson) -> None:
    """All stories that the person is in, whatever was agreed to."""
    _take_down(Page.objects.filter(translation_key__in=pages_about(person.pk)))


def _take_down(pages: PageQuerySet) -> None:
    for page in pages.filter(live=True).specific():
        page.unpublish(log_action="wagtail.unpublish")
        if portrait := getattr(page, "portrait", None):
            portrait.renditions.all().delete()
        transaction.on_commit(partial(_tell, page))


def _tell(page: Page) -> None:
    """Those who own it or wrote it last; without its words, which may name somebody."""
    writers = [page.owner, page.latest_revision.user if page.latest_revision else None]
    for writer in {user.pk: user for user in writers if user and user.email}.values():
        lines: list[str | Promise] = [
            _("It is no longer public: somebody in it does not agree, or no longer does."),
            _("Ask the person again and publish it anew, or leave it so."),
            admin_address(AdminURLFinder().get_edit_url(page)),
        ]
        tell(writer, _("A story was taken down"), lines)
