"""Background work of the content."""

from django.conf import settings
from django.core.mail import send_mail
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext
from django_tasks import task

from . import files
from .models import Theme


@task()
def tell_organisers(theme_id: int) -> bool:
    """Says that there is a theme to look at, and where; neither its words nor who proposed it."""
    theme = Theme.objects.filter(pk=theme_id).select_related("edition__locale").first()
    edition = theme.edition.specific if theme else None
    if edition is None or not edition.organiser_email:
        return False
    with translation.override(edition.locale.language_code):
        values = {"meeting": edition.title, "address": _list_address(edition.pk)}
        subject = gettext("A new theme for %(meeting)s") % values
        text = gettext(
            "Somebody has proposed a theme for %(meeting)s. It is shown when you accept it:\n\n%(address)s\n"
        )
        send_mail(subject, text % values, settings.DEFAULT_FROM_EMAIL, [edition.organiser_email])
    return True


def _list_address(edition_id: int) -> str:
    base = getattr(settings, "WAGTAILADMIN_BASE_URL", "").rstrip("/")
    try:
        listing = reverse(Theme.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
    except NoReverseMatch:
        return base
    return f"{base}{listing}?edition={edition_id}"


@task()
def read_file(key: int) -> bool:
    """Reads the text of a file of the library for the search; says whether there was anything to read."""
    return files.read(key)
