"""The columns of a file of topics: facts, and for each language of the site a name, words and a note."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale

from ..imports.messages import FileRefused
from ..imports.suggestions import with_suggestion

SLUG = "slug"
#: Column -> field, where the cell is the value.
PLAIN = {"notation": "notation", "uri": "uri"}
SEE = "see"
RELATIONS = ("broader", "related", SEE)
SENSITIVE = "sensitive"
FACTS = (SLUG, *PLAIN, *RELATIONS, SENSITIVE)
#: Beginning of a column -> field of the row in that language.
TEXTS = {"label": "pref_label", "words": "alt_labels", "note": "scope_note"}
SEPARATOR = ";"


def site_locales() -> dict[str, Locale]:
    """By code, the site's own language first: new topics are written in the first that has a name."""
    own = get_supported_content_language_variant(settings.LANGUAGE_CODE)
    locales = sorted(Locale.objects.all(), key=lambda locale: (locale.language_code != own, locale.pk))
    return {locale.language_code: locale for locale in locales}


def all_columns(codes: Sequence[str]) -> list[str]:
    return [*FACTS, *(f"{kind}_{code}" for code in codes for kind in TEXTS)]


def check_columns(columns: Sequence[str], locales: Mapping[str, Locale]) -> None:
    """FileRefused names a column that nothing is made of, and what was probably meant."""
    known = all_columns(list(locales))
    if SLUG not in columns:
        raise FileRefused(_("The file has no column “slug”, which says which topic a row is about."))
    for column in columns:
        if column not in known:
            sentence = _("There is no column “%(column)s”. Known are: %(known)s.") % {
                "column": column,
                "known": ", ".join(known),
            }
            raise FileRefused(with_suggestion(sentence, column, known))


def parts(cell: str) -> list[str]:
    """What stands between the semicolons."""
    return [part for each in cell.split(SEPARATOR) if (part := " ".join(each.split()))]
