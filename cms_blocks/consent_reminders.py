"""Tells those who keep private persons that a consent has ended: once for each end, without names."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .consent_report import person_url
from .consents import forget_photos
from .models import Consent, PrivatePerson
from .recipients import admin_address, readers, tell


def tell_ended() -> None:
    """The end itself needs no job: every page compares the dates. Asks for renewals, and clears photos."""
    told = list(Consent.objects.ended().filter(end_told_on=None).select_related("person"))
    if not told:
        return
    forget_photos([consent.person_id for consent in told])
    waiting = [consent for consent in told if consent.dealt_with_on is None]
    for user in readers(PrivatePerson, "change") if waiting else ():
        tell(user, gettext_lazy("Consents have ended"), _lines(waiting))
    Consent.objects.filter(pk__in=[consent.pk for consent in told]).update(end_told_on=timezone.localdate())


def _lines(consents: list[Consent]) -> Iterator[str]:
    yield _("It is no longer shown. Ask the person again, or mark it as dealt with in the report.")
    for consent in consents:
        yield _("%(scope)s of %(person)s, since %(day)s: %(address)s") % {
            "scope": consent.get_scope_display(),
            "person": consent.person,
            "day": date_format(consent.ends_on or timezone.localdate()),
            "address": admin_address(person_url(consent.person_id)),
        }
