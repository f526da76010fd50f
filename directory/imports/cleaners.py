"""Cleaners of cells: each gives the field's value, mends what can be mended, and says so.

All take the tidied text, never empty, and the cell, which collects messages.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db.models import Field, Model
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from ..models import Entry, EntryKind, Location, Schedule
from . import phones, rich
from .cells import UNUSABLE, Cell, Unusable
from .suggestions import with_suggestion

MUCH = 100_000  # characters, for fields without a limit of their own

_valid_email = EmailValidator()
_valid_url = URLValidator(schemes=("http", "https"))
_separators = re.compile(r"[\s;,|<>()\[\]\"]+")
_at = re.compile(r"\s*[\[(]\s*at\s*[\])]\s*", re.IGNORECASE)
_AROUND = ",<>\"'"  # what people put around an address
_number = re.compile(r"[+-]?\d{1,3}(?:[.,]\d*)?")
_postcode_digits = {"DE": 5, "DK": 4}  # of the countries whose postcodes may begin with 0
_european_day = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")


def entry_text(field: str) -> Callable[[str, Cell], object]:
    """Plain text of a field of an entry."""
    return text_of(Entry, field)


def place_text(field: str) -> Callable[[str, Cell], object]:
    """Plain text of a field of a place."""
    return text_of(Location, field)


def schedule_text(field: str) -> Callable[[str, Cell], object]:
    """Plain text of a field of a meeting time."""
    return text_of(Schedule, field)


def postal_code(text: str, cell: Cell) -> object:
    """A spreadsheet takes “01067” for a number and drops the 0: it is put back where the country tells."""
    digits = _postcode_digits.get(cell.country)
    if digits and re.fullmatch(rf"[0-9]{{{digits - 1}}}", text):
        cell.warn(
            _("taken as “%(value)s”: a postcode of %(country)s has %(digits)d digits.")
            % {"value": f"0{text}", "country": cell.country, "digits": digits}
        )
        return f"0{text}"
    return place_text("postal_code")(text, cell)


def text_of(model: type[Model], field: str) -> Callable[[str, Cell], object]:
    """Plain text of a field of any model."""
    limit = max_length(model, field)

    def clean(text: str, cell: Cell) -> object:
        if text.startswith("="):
            return cell.refuse(_("this is a formula; export the table with its values."))
        return _within(text, limit, cell)

    return clean


def max_length(model: type[Model], field: str) -> int:
    """Characters the database has room for."""
    found = model._meta.get_field(field)
    return (isinstance(found, Field) and found.max_length) or MUCH


def _within(text: str, limit: int, cell: Cell) -> str | Unusable:
    if len(text) > limit:
        values = {"length": len(text), "limit": limit}
        return cell.refuse(_("%(length)d characters; at most %(limit)d are allowed.") % values)
    return text


def locale(text: str, cell: Cell) -> object:
    """A language of the site: `de`; `de-AT` and `DE` are taken as `de`."""
    code = text.lower().replace("_", "-")
    for candidate in (text, code, code.partition("-")[0]):
        if candidate in cell.known.locales:
            if candidate != text:
                cell.warn(_("taken as “%(value)s”.") % {"value": candidate})
            return candidate
    known = ", ".join(sorted(cell.known.locales))
    sentence = _("the site has no such language; it has %(known)s.") % {"known": known}
    return cell.refuse(with_suggestion(sentence, code, cell.known.locales))


def country(text: str, cell: Cell) -> object:
    """Two letters of ISO 3166."""
    if text.upper() in phonenumbers.SUPPORTED_REGIONS:
        return text.upper()
    return cell.refuse(_("a country is written with two letters: DK, DE."))


def kind(text: str, cell: Cell) -> object:
    """A value of `EntryKind`; capitals, blanks and underscores are forgiven."""
    plain = re.sub(r"[\s_]+", "-", text.lower())
    if plain in EntryKind.values:
        if plain != text:
            cell.warn(_("taken as “%(value)s”.") % {"value": plain})
        return plain
    sentence = _("unknown kind; allowed are %(kinds)s.") % {"kinds": ", ".join(EntryKind.values)}
    return cell.refuse(with_suggestion(sentence, plain, EntryKind.values))


def topics(text: str, cell: Cell) -> object:
    """Slugs of topics, named by slug, name or another word in any language, separated by `;`."""
    words = [word for piece in text.split(";") if (word := piece.strip())]
    found = [_topic(word, cell) for word in words]
    if None in found:
        return UNUSABLE
    return tuple(dict.fromkeys(found))


def _topic(word: str, cell: Cell) -> str | None:
    slug = cell.known.topic_slug(word) or cell.known.new_topic(word, cell.locale)
    if slug is None:
        sentence = _("there is no topic “%(topic)s”. Create it, or import with --create-topics.") % {
            "topic": word
        }
        cell.refuse(with_suggestion(sentence, word, cell.known.topic_words()))
    return slug


def phone(text: str, cell: Cell) -> object:
    """E.164 of the first number; the others and all remarks are named in a message."""
    found = phones.first_number(text, cell.country)
    if found is None:
        return cell.leave_out(
            _("no telephone number of %(country)s can be read here; left out. Write it as %(example)s.")
            % {"country": cell.country, "example": _example(cell.country)}
        )
    if found.rest:
        cell.warn(
            _("%(number)s is kept, left out: %(rest)s.")
            % {"number": found.number, "rest": " | ".join(found.rest)}
        )
    elif phones.lacks_first_zero(text, cell.country):
        cell.warn(
            _("taken as “%(value)s”: a spreadsheet may have dropped the 0 it begins with.")
            % {"value": found.number}
        )
    return found.number


def _example(country_code: str) -> str:
    number = phonenumbers.example_number(country_code)
    if number is None:
        return "+45 …"
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def email(text: str, cell: Cell) -> object:
    """The first address of the cell; `mailto:`, `(at)`, blanks and brackets around or in it are forgiven."""
    plain = _at.sub("@", re.sub("mailto:", " ", text, flags=re.IGNORECASE))
    words = [word for piece in _separators.split(plain) if (word := piece.strip(".:'"))]
    found = [word for word in words if _is_email(word)]
    if not found:
        return _email_without_blanks(words, cell)
    rest = [word for word in words if word != found[0]]
    if rest:
        cell.warn(_("%(kept)s is kept, left out: %(rest)s.") % {"kept": found[0], "rest": " | ".join(rest)})
    elif found[0] != text:
        cell.warn(_("taken as “%(value)s”.") % {"value": found[0]})
    return found[0]


def _email_without_blanks(words: list[str], cell: Cell) -> object:
    joined = "".join(words)
    if joined.count("@") == 1 and _is_email(joined):
        cell.warn(_("taken as “%(value)s”.") % {"value": joined})
        return joined
    return cell.leave_out(_("this is no e-mail address; left out. Write it as name@example.org."))


def _is_email(word: str) -> bool:
    if len(word) > max_length(Entry, "email"):
        return False
    return _passes(_valid_email, word)


def _passes(validator: Callable[[str], None], word: str) -> bool:
    try:
        validator(word)
    except ValidationError:
        return False
    return True


def other_names(text: str, cell: Cell) -> object:
    """One on each line, as the editor's form has them; separated by `;`."""
    names = dict.fromkeys(name for piece in re.split("[;\n]", text) if (name := piece.strip()))
    return entry_text("alternate_names")("\n".join(names), cell)


def website(text: str, cell: Cell) -> object:
    """The first address of the cell; without a scheme it is taken as https."""
    words = _web_words(text)
    found = _url(words[0]) if words else None
    if found is None:
        return cell.leave_out(_("this is no web address; left out. Write it as https://example.org/."))
    if words[1:]:
        cell.warn(_("%(kept)s is kept, left out: %(rest)s.") % {"kept": found, "rest": " | ".join(words[1:])})
    elif found != text:
        cell.warn(_("taken as “%(value)s”.") % {"value": found})
    return found


def links(text: str, cell: Cell) -> object:
    """Several addresses, one on each line as the editor's form has them; parted by blanks or `;`."""
    words = _web_words(text)
    found = dict.fromkeys(url for word in words if (url := _url(word)))
    wrong = [word for word in words if _url(word) is None]
    if wrong:
        cell.warn(_("no web address, left out: %(words)s.") % {"words": " | ".join(wrong)})
    return "\n".join(found)


def _web_words(text: str) -> list[str]:
    return [word for piece in re.split(r"[\s;|]+", text) if (word := _web_word(piece))]


def _web_word(piece: str) -> str:
    """Without what stands around an address; a pair of brackets within it is its own."""
    word = piece.strip(_AROUND).lstrip(_AROUND + "(")
    while word.endswith(")") and word.count(")") > word.count("("):
        word = word[:-1].rstrip(_AROUND)
    return word


def _url(word: str) -> str | None:
    full = word if re.match(r"[a-z][a-z0-9+.-]*:", word, re.IGNORECASE) else f"https://{word}"
    if len(full) > max_length(Entry, "website"):
        return None
    return full if _passes(_valid_url, full) else None


def coordinate(limit: int) -> Callable[[str, Cell], object]:
    """Degrees between -limit and limit. 0 is given as it is: the row knows whether it means unknown."""

    def clean(text: str, cell: Cell) -> object:
        if _number.fullmatch(text) is None:
            return cell.leave_out(_("this is no number of degrees; left out. Write it as 56.16."))
        value = float(text.replace(",", "."))
        if abs(value) > limit:
            return cell.leave_out(
                _("degrees lie between -%(limit)d and %(limit)d; left out.") % {"limit": limit}
            )
        return value

    return clean


def moment(*, end_of_day: bool) -> Callable[[str, Cell], object]:
    """A day or a moment in the site's time zone; a day is its first moment, or with `end_of_day` its last."""

    def clean(text: str, cell: Cell) -> object:
        found = _moment(text, end_of_day)
        return found or cell.refuse(_("a day or moment is written 2026-12-31 or 2026-12-31 18:00."))

    return clean


def _moment(text: str, end_of_day: bool) -> datetime | None:
    whole_day = day_of(text)
    try:
        found = (
            datetime.combine(whole_day, time.max if end_of_day else time.min)
            if whole_day
            else parse_datetime(text)
        )
        if found is None:
            return None
        moment = timezone.make_aware(found) if timezone.is_naive(found) else found
        moment.astimezone(UTC)  # as the database keeps it, which has no year 0
        return moment
    except (ValueError, OverflowError):
        return None


def day(text: str, cell: Cell) -> object:
    """A date as 2026-12-31 or 31.12.2026."""
    return day_of(text) or cell.leave_out(_("this is no day; left out. Write it as 2026-12-31."))


def day_of(text: str) -> date | None:
    """2026-12-31 or 31.12.2026."""
    found = _european_day.fullmatch(text)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return parse_date(text)
    except ValueError:
        return None


def rich_text(text: str, cell: Cell) -> object:
    """HTML of the description: plain text becomes paragraphs, of HTML only what the editor offers is kept."""
    if text.startswith("="):
        return cell.refuse(_("this is a formula; export the table with its values."))
    if not rich.is_html(text):
        return rich.paragraphs(text)
    lost = rich.foreign_tags(text)
    if lost:
        cell.warn(_("left out of the text: %(tags)s.") % {"tags": ", ".join(f"<{tag}>" for tag in lost)})
    return rich.cleaned(text)
