"""Background work of the content."""

from collections.abc import Iterator
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import lazy
from django.utils.translation import gettext
from django_tasks import task

from . import files
from .models import Theme
from .recipients import admin_address, tell_address


@task()
def tell_organisers(theme_id: int) -> bool:
    """Says that there is a theme to look at, and where; neither its words nor who proposed it."""
    theme = Theme.objects.filter(pk=theme_id).select_related("edition__locale").first()
    edition = theme.edition.specific if theme else None
    if edition is None or not edition.organiser_email:
        return False
    language = edition.locale.language_code
    return tell_address(edition.organiser_email, language, _subject(edition), _lines(edition))


def _subject_of(edition: Any) -> str:
    return gettext("A new theme for %(meeting)s") % {"meeting": edition.title}


_subject = lazy(_subject_of, str)


def _lines(edition: Any) -> Iterator[str]:
    yield gettext("Somebody has proposed a theme for %(meeting)s. It is shown when you accept it:") % {
        "meeting": edition.title
    }
    yield admin_address(_list_path(edition.pk))


def _list_path(edition_id: int) -> str:
    try:
        listing = reverse(Theme.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
    except NoReverseMatch:
        return ""
    return f"{listing}?edition={edition_id}"


@task()
def read_file(key: int) -> bool:
    """Reads the text of a file of the library for the search; says whether there was anything to read."""
    return files.read(key)
