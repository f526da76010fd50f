"""Tells those who keep private persons that a consent has ended: once for each end, without names."""

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.permission_policies import ModelPermissionPolicy

from .consent_report import person_url
from .consents import forget_photos
from .models import Consent, PrivatePerson
from .recipients import by_language


def tell_ended() -> None:
    """The end itself needs no job: every page compares the dates. Asks for renewals, and clears photos."""
    told = list(Consent.objects.ended().filter(end_told_on=None).select_related("person"))
    if not told:
        return
    forget_photos([consent.person_id for consent in told])
    for language, addresses in _readers().items():
        with translation.override(language):
            send_mail(_("Consents have ended"), _body(told), settings.DEFAULT_FROM_EMAIL, addresses)
    Consent.objects.filter(pk__in=[consent.pk for consent in told]).update(end_told_on=timezone.localdate())


def _body(consents: list[Consent]) -> str:
    lines = [
        _("%(scope)s of %(person)s, since %(day)s: %(address)s")
        % {
            "scope": consent.get_scope_display(),
            "person": consent.person,
            "day": date_format(consent.ends_on or timezone.localdate()),
            "address": f"{settings.WAGTAILADMIN_BASE_URL}{person_url(consent.person_id)}",
        }
        for consent in consents
    ]
    return "\n".join(
        [
            _("It is no longer shown. Ask the person again, or mark it as dealt with in the report."),
            "",
            *lines,
        ]
    )


def _readers() -> dict[str, list[str]]:
    """Language -> addresses of those who may change private persons."""
    users = ModelPermissionPolicy(PrivatePerson).users_with_permission("change")
    return {language: [user.email for user in found] for language, found in by_language(users).items()}
