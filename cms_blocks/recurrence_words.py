"""A rule in words, as a person would say it in the active language."""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .recurrence import Occurrence, Rule

_DAYS = {
    "MO": _("Monday"),
    "TU": _("Tuesday"),
    "WE": _("Wednesday"),
    "TH": _("Thursday"),
    "FR": _("Friday"),
    "SA": _("Saturday"),
    "SU": _("Sunday"),
}


def in_words(rule: "Rule") -> str:
    return _with_season(rule, _with_times(rule, _pattern(rule)))


def _pattern(rule: "Rule") -> str:
    if rule.freq == "WEEKLY":
        return _weekly(rule)
    if rule.freq == "MONTHLY":
        return _monthly(rule)
    return gettext("on single days")


def _weekly(rule: "Rule") -> str:
    values = {"days": _listed([str(_DAYS[day]) for day in rule.byday]), "number": rule.interval}
    if rule.interval == 1:
        return gettext("every %(days)s") % values
    if rule.interval == 2:
        return gettext("every other %(days)s") % values
    return gettext("every %(number)s weeks on %(days)s") % values


def _monthly(rule: "Rule") -> str:
    if rule.bymonthday:
        text = gettext("on day %(day)s of the month") % {"day": rule.bymonthday}
    else:
        positions = _listed([_position(number) for number in rule.bysetpos])
        days = _listed([str(_DAYS[day]) for day in rule.byday])
        text = gettext("every %(positions)s %(days)s of the month") % {"positions": positions, "days": days}
    if rule.interval == 1:
        return text
    return gettext("%(rule)s, every %(number)s months") % {"rule": text, "number": rule.interval}


def _position(number: int) -> str:
    return {
        1: pgettext("which weekday of the month", "first"),
        2: pgettext("which weekday of the month", "second"),
        3: pgettext("which weekday of the month", "third"),
        4: pgettext("which weekday of the month", "fourth"),
        5: pgettext("which weekday of the month", "fifth"),
        -1: pgettext("which weekday of the month", "last"),
    }[number]


def _listed(words: Sequence[str]) -> str:
    """One, two and three."""
    if len(words) < 2:
        return "".join(words)
    return gettext("%(words)s and %(last)s") % {"words": ", ".join(words[:-1]), "last": words[-1]}


def moment_in_words(occurrence: "Occurrence") -> str:
    begins, ends = occurrence.begins, occurrence.ends
    if ends.date() > begins.date():
        values = {"from": _with_clock(_named_day(begins), begins.time(), None)}
        values["to"] = _with_clock(_named_day(ends), ends.time(), None)
        return gettext("%(from)s to %(to)s") % values
    text = _with_clock(_named_day(begins), begins.time(), ends.time() if ends > begins else None)
    return _with_zone(text, getattr(begins.tzinfo, "key", ""))


def _named_day(moment: date) -> str:
    return date_format(moment, "l") + " " + date_format(moment, "DATE_FORMAT")


def _with_times(rule: "Rule", text: str) -> str:
    return _with_zone(_with_clock(text, rule.opens_at, rule.closes_at), rule.timezone)


def _with_zone(text: str, zone: str) -> str:
    """Names the time zone where its clocks show another time than those here."""
    if not zone or not _is_elsewhere(zone, settings.TIME_ZONE):
        return text
    return gettext("%(time)s (time of %(place)s)") % {
        "time": text,
        "place": zone.rpartition("/")[2].replace("_", " "),
    }


@cache
def _is_elsewhere(zone: str, here: str) -> bool:
    days = (datetime(2026, month, 1) for month in (1, 7))
    return any(ZoneInfo(zone).utcoffset(day) != ZoneInfo(here).utcoffset(day) for day in days)


def _with_clock(text: str, begins: time, ends: time | None) -> str:
    whole_hours = not begins.minute and not (ends and ends.minute)
    values = {"rule": text, "from": _clock(begins, whole_hours)}
    if ends is None:
        return gettext("%(rule)s %(from)s") % values
    return gettext("%(rule)s %(from)s–%(to)s") % {**values, "to": _clock(ends, whole_hours)}


def _clock(moment: time, whole_hours: bool) -> str:
    """Danes and Germans leave out the minutes of full hours, and Danes write 19.30."""
    language = (get_language() or "")[:2]
    if whole_hours and language in ("da", "de"):
        return str(moment.hour)
    return f"{moment.hour:02}{'.' if language == 'da' else ':'}{moment.minute:02}"


def _with_season(rule: "Rule", text: str) -> str:
    first, last = rule.first_day if rule.valid_from else None, rule.last_day
    values = {"rule": text, "first": _day(first), "last": _day(last)}
    if first and last:
        return gettext("%(rule)s, from %(first)s to %(last)s") % values
    if first:
        return gettext("%(rule)s, from %(first)s on") % values
    return gettext("%(rule)s, until %(last)s") % values if last else text


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""
