"""Cleaners of cells that hold numbers: counts, times, days, prices, promises in days."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from ..models.entry_facts import RESPONSE_TIMES
from .cells import UNUSABLE, Cell, Unusable
from .choices import parts
from .cleaners import day_of

Price = tuple[str, Decimal, str]

_digits = re.compile(r"\d+")
_thousands = re.compile(r"(?<=\d)[.\s](?=\d{3}\b)")
_time = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?")
_around_time = re.compile(r"^(?:kl|klokken|um|at)\b\.?\s*|\s*(?:uhr|h)$", re.IGNORECASE)
_iso_days = re.compile(r"P(\d+)([DW])", re.IGNORECASE)
_price = re.compile(
    r"(?:(?P<option>.*?)\s*[:=]\s*)?(?P<before>[A-Za-z]{3}|€|kr\.?)?\s*(?P<amount>\d[\d.,]*)(?:,-)?\s*"
    r"(?P<after>[A-Za-z]{3}|€|kr\.?)?"
)
_free = re.compile(r"(?:(?P<option>.*?)\s*[:=]\s*)?(?:free|free of charge|gratis|kostenlos|kostenfrei)", re.I)
_currencies = {"€": "EUR", "kr": "DKK", "kr.": "DKK"}
_currency_of = {"DK": "DKK", "GL": "DKK", "FO": "DKK", "SE": "SEK", "NO": "NOK", "GB": "GBP", "CH": "CHF"}
_LARGEST_PRICE = Decimal("9999999.99")


def whole_number(largest: int, *, smallest: int = 0) -> Callable[[str, Cell], object]:
    """A count; of “ca. 12” the one number is taken."""

    def clean(text: str, cell: Cell) -> object:
        found = _digits.findall(_thousands.sub("", text))
        if len(found) != 1 or len(found[0]) > 9 or "-" in text:
            return cell.leave_out(_("this is no whole number; left out. Write it as 12."))
        value = int(found[0])
        if not smallest <= value <= largest:
            return cell.leave_out(
                _("the number must lie between %(smallest)d and %(largest)d; left out.")
                % {"smallest": smallest, "largest": largest}
            )
        if found[0] != text:
            cell.warn(_("taken as “%(value)s”.") % {"value": value})
        return value

    return clean


def time_of_day(text: str, cell: Cell) -> object:
    """18:30; 18.30 and 18 are read too."""
    plain = _around_time.sub("", text)
    found = _time.fullmatch(plain)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return cell.refuse(_("this is no time of the day; write it as 18:30."))
    value = time(int(found[1]), int(found[2] or 0))
    if plain != text or not found[2]:
        cell.warn(_("taken as “%(value)s”.") % {"value": f"{value:%H:%M}"})
    return value


def days(text: str, cell: Cell) -> object:
    """Dates, separated by `;` or `,`, sorted, each once."""
    found: set[date] = set()
    for word in parts(text, r"[;,]"):
        one = day_of(word)
        if one is None:
            return cell.refuse(_("“%(word)s” is no day; write it as 2026-12-31.") % {"word": word})
        found.add(one)
    return tuple(sorted(found))


def response_time(text: str, cell: Cell) -> object:
    """Days until the first answer; what is not offered becomes the next longer promise."""
    iso = _iso_days.fullmatch(text)
    number = int(iso[1]) * (7 if iso[2].upper() == "W" else 1) if iso else None
    if number is None and (
        found := re.fullmatch(r"(\d{1,4})\s*(?:days?|dage?|tage?n?|d)?", text, re.IGNORECASE)
    ):
        number = int(found[1])
    offered = [promise.days for promise, _label in RESPONSE_TIMES]
    kept = next((days for days in offered if number and number <= days), None)
    if kept is None:
        return cell.leave_out(
            _("no number of days that can be promised; left out. Allowed are %(days)s.")
            % {"days": ", ".join(map(str, offered))}
        )
    if kept != number:
        cell.warn(_("taken as “%(value)s”.") % {"value": kept})
    return timedelta(days=kept)


def cost_options(text: str, cell: Cell) -> object:
    """Prices, separated by `;`: `50 DKK`, `members: 50`, `free`. Without a currency the country's own."""
    found = [_cost(word, cell) for word in parts(text)]
    return UNUSABLE if UNUSABLE in found else tuple(dict.fromkeys(found))


def _cost(word: str, cell: Cell) -> Price | Unusable:
    own = _currency_of.get(cell.country, "EUR")
    free, priced = _free.fullmatch(word), _price.fullmatch(word)
    if free:
        return (free["option"] or "").strip(), Decimal(0), own
    amount = _amount(priced["amount"]) if priced else None
    option = (priced["option"] or "").strip() if priced else ""
    if priced is None or amount is None or amount > _LARGEST_PRICE or len(option) > 120:
        return cell.refuse(
            _("“%(word)s” is no price; write it as 50 DKK, members: 50 DKK or free.") % {"word": word}
        )
    currency = priced["before"] or priced["after"] or own
    return option, amount, _currencies.get(currency.lower(), currency.upper())


def _amount(text: str) -> Decimal | None:
    """`50`, `50,00`, `1.200,50` and `1200.50`: of the last mark one or two digits follow."""
    whole = re.fullmatch(r"(\d[\d.,]*?)(?:[.,](\d{1,2}))?[.,]?", text)
    if whole is None:
        return None
    try:
        return Decimal(f"{re.sub(r'[.,]', '', whole[1])}.{whole[2] or 0}")
    except InvalidOperation:
        return None
