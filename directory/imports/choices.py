"""Cleaners of cells that choose from a list: codes, or their names in any language of the suite."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from .cells import UNUSABLE, Cell, Unusable
from .suggestions import with_suggestion

Cleaner = Callable[[str, Cell], object]
Choices = Callable[[], Iterable[tuple[Any, Any]]]

_YES = frozenset({"1", "true", "yes", "x", "ja", "sand", "wahr", "j", "y"})
_NO = frozenset({"0", "false", "no", "nej", "nein", "falsk", "falsch", "n"})


def choice(choices: Choices) -> Cleaner:
    """One code of the list."""
    words = _remembered(choices)

    def clean(text: str, cell: Cell) -> object:
        return _code(text, words(), cell)

    return clean


def choice_list(choices: Choices, *, abbreviated: bool = False) -> Cleaner:
    """Codes of the list, separated by `;` or `,`, each once. `abbreviated` names have two letters."""
    words = _remembered(choices, abbreviated)

    def clean(text: str, cell: Cell) -> object:
        found = [_code(word, words(), cell) for word in parts(text, r"[;,]")]
        return UNUSABLE if UNUSABLE in found else tuple(dict.fromkeys(found))

    return clean


def yes_or_no(text: str, cell: Cell) -> object:
    word = text.casefold()
    if word in _YES or word in _NO:
        return word in _YES
    return cell.refuse(_("this is neither yes nor no; write true or false."))


def target_groups(text: str, cell: Cell) -> object:
    """Slugs of target groups, named by slug or name in any language, separated by `;`."""
    found = [_target_group(word, cell) for word in parts(text)]
    return UNUSABLE if UNUSABLE in found else tuple(dict.fromkeys(found))


def _target_group(word: str, cell: Cell) -> str | Unusable:
    slug = cell.known.target_group_slug(word)
    if slug is not None:
        return slug
    sentence = _("there is no target group “%(group)s”. Create it in the admin first.") % {"group": word}
    return cell.refuse(with_suggestion(sentence, word, cell.known.target_group_words()))


def facet_values(facet: str) -> Cleaner:
    """Slugs of choices of an editors' filter, named by slug or name in any language, separated by `;`."""

    def clean(text: str, cell: Cell) -> object:
        found = [_facet_value(facet, word, cell) for word in parts(text)]
        return UNUSABLE if UNUSABLE in found else tuple(dict.fromkeys(found))

    return clean


def _facet_value(facet: str, word: str, cell: Cell) -> str | Unusable:
    slug = cell.known.facet_value(facet, word)
    if slug is not None:
        return slug
    sentence = _("the filter “%(filter)s” has no choice “%(word)s”. Create it in the admin first.")
    return cell.refuse(
        with_suggestion(sentence % {"filter": facet, "word": word}, word, cell.known.facet_words(facet))
    )


def entries(text: str, cell: Cell) -> object:
    """Ids of other entries, separated by `;`; they may come later in the file."""
    words = list(dict.fromkeys(parts(text)))
    unknown = [word for word in words if not cell.known.has_entry(word)]
    if unknown:
        cell.warn(
            _("neither the file nor the directory has an entry with the id %(ids)s; left out.")
            % {"ids": ", ".join(f"“{word}”" for word in unknown)}
        )
    return tuple(word for word in words if word not in unknown)


def time_zone(text: str, cell: Cell) -> object:
    """As in the database of time zones: Europe/Copenhagen."""
    zones = {zone.casefold(): zone for zone in available_timezones()}
    if zone := zones.get(text.casefold().replace(" ", "_")):
        return zone
    sentence = _("there is no time zone “%(zone)s”.") % {"zone": text}
    return cell.refuse(with_suggestion(sentence, text.casefold(), zones))


def parts(text: str, separator: str = ";") -> list[str]:
    return [word for piece in re.split(separator, text) if (word := piece.strip())]


def _code(word: str, words: Mapping[str, str], cell: Cell) -> str | Unusable:
    code = words.get(_plain(word))
    if code is not None:
        return code
    codes = list(dict.fromkeys(words.values()))
    sentence = _("“%(word)s” is unknown; allowed are %(codes)s.") % {
        "word": word,
        "codes": ", ".join(codes),
    }
    return cell.refuse(with_suggestion(sentence, word, words))


def _plain(word: str) -> str:
    """Capitals, blanks, hyphens and underscores make no difference."""
    return re.sub(r"[\s_-]+(?=\w)", " ", word.casefold())


def _remembered(choices: Choices, abbreviated: bool = False) -> Callable[[], Mapping[str, str]]:
    """The words of the list, made when a cell first needs them: translations are not there before."""
    return cache(lambda: _words(choices, abbreviated))


def _words(choices: Choices, abbreviated: bool) -> Mapping[str, str]:
    words = {_plain(str(code)): str(code) for code, _label in choices()}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for code, label in choices():
                words.setdefault(_plain(str(label)), str(code))
                if abbreviated:
                    words.setdefault(_plain(str(label))[:2], str(code))
    return words
