"""The block of opening hours: what it refuses, and what readers are told at a moment."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from wagtail.blocks import StructBlockValidationError

from cms_blocks.blocks import OpeningHoursBlock

BLOCK = OpeningHoursBlock()


def line(first, last, opens, closes):
    return {"first_day": first, "last_day": last, "opens_at": opens, "closes_at": closes}


def exception(first, last="", opens=None, closes=None, reason=""):
    return {
        "first_date": first,
        "last_date": last or None,
        "opens_at": opens,
        "closes_at": closes,
        "reason": reason,
    }


OFFICE = [
    line("MO", "WE", "10:00", "14:00"),
    line("TH", "", "15:00", "17:00"),
    line("TH", "", "10:00", "12:00"),
]


def hours(weekly, exceptions=(), **fields):
    return BLOCK.to_python(
        {"heading": "", "weekly": list(weekly), "exceptions": list(exceptions), "note": "", **fields}
    )


@pytest.mark.parametrize(
    ("weekly", "exceptions", "name", "row", "field", "message"),
    [
        ([line("MO", "", "14:00", "10:00")], [], "weekly", 0, "closes_at", "must be after opening time"),
        ([line("MO", "", "10:00", "10:00")], [], "weekly", 0, "closes_at", "must be after opening time"),
        ([line("WE", "MO", "10:00", "14:00")], [], "weekly", 0, "last_day", "The last day comes after"),
        ([*OFFICE, line("TU", "FR", "13:00", "14:00")], [], "weekly", 3, "opens_at", "overlaps with line 1."),
        (OFFICE, [exception("2026-12-26", "2026-12-24")], "exceptions", 0, "last_date", "before the first"),
        (OFFICE, [exception("2026-12-24", opens="09:00")], "exceptions", 0, "closes_at", "Give both times"),
        (OFFICE, [exception("2026-12-24", closes="09:00")], "exceptions", 0, "opens_at", "Give both times"),
        (
            OFFICE,
            [exception("2026-12-24", "2026-12-26"), exception("2026-12-26", opens="09:00", closes="10:00")],
            "exceptions",
            1,
            "first_date",
            "overlaps with line 1.",
        ),
    ],
)
def test_hours_that_cannot_be_are_refused_beside_the_field(
    english, weekly, exceptions, name, row, field, message
):
    with pytest.raises(StructBlockValidationError) as caught:
        BLOCK.clean(hours(weekly, exceptions))
    rows = caught.value.block_errors[name].as_json_data()["blockErrors"]
    assert message in rows[row]["blockErrors"][field]["messages"][0]
    assert BLOCK.clean_deferred(hours(weekly, exceptions))
    assert BLOCK.render(hours(weekly, exceptions))


def test_hours_without_a_line_are_refused_and_may_be_a_draft(english):
    with pytest.raises(StructBlockValidationError) as caught:
        BLOCK.clean(hours([]))
    assert "The usual week: there must be at least 1" in caught.value.block_errors["weekly"].messages[0]
    assert "Closed now" in BLOCK.render(BLOCK.clean_deferred(hours([])))


def test_an_incomplete_draft_can_be_looked_at(english):
    row = {"first_day": "", "last_day": "", "opens_at": None, "closes_at": None}
    value = hours([row], [{**exception(None), "first_date": None}])
    assert "Closed now" in BLOCK.render(BLOCK.clean_deferred(value))


def test_several_intervals_on_one_exceptional_day_are_accepted():
    day = "2026-12-23"
    value = hours(
        OFFICE, [exception(day, opens="08:00", closes="09:00"), exception(day, opens="10:00", closes="00:00")]
    )
    assert len(BLOCK.clean(value)["exceptions"]) == 2


def rendered(monkeypatch, now, value, language="en"):
    moment = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo("Europe/Copenhagen"))
    monkeypatch.setattr(timezone, "now", lambda: moment)
    with translation.override(language):
        return " ".join(BLOCK.render(value).replace("</strong>", "").replace("<strong>", "").split())


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-03-02 11:00", "Open now. Closes at 2 p.m."),
        ("2026-03-02 09:00", "Closed now. Opens today at 10 a.m."),
        ("2026-03-02 15:00", "Closed now. Opens tomorrow at 10 a.m."),
        ("2026-03-05 18:00", "Closed now. Opens on Monday at 10 a.m."),
    ],
)
def test_readers_are_told_in_words_whether_it_is_open(monkeypatch, now, words):
    assert words in rendered(monkeypatch, now, hours(OFFICE))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", "Lukket nu. Åbner mandag kl. 10:00."),
        ("de", "Jetzt geschlossen. Öffnet am Montag um 10:00 Uhr."),
    ],
)
def test_readers_are_told_in_their_language(monkeypatch, language, words):
    assert words in rendered(monkeypatch, "2026-03-06 18:00", hours(OFFICE), language)


@pytest.mark.parametrize(
    ("weekly", "now", "words"),
    [
        ([line("MO", "SU", "00:00", "00:00")], "2026-03-02 11:00", "Open now. Open day and night."),
        ([line("MO", "SU", "18:00", "00:00")], "2026-03-02 19:00", "Open now. Closes at midnight."),
        (
            [line("MO", "", "18:00", "00:00"), line("TU", "", "00:00", "02:00")],
            "2026-03-02 19:00",
            "Open now. Closes tomorrow at 2 a.m.",
        ),
    ],
)
def test_nights_are_told_as_people_do(monkeypatch, weekly, now, words):
    assert words in rendered(monkeypatch, now, hours(weekly))


def test_an_exception_is_told_with_its_reason_and_a_date_far_away(monkeypatch):
    value = hours(OFFICE, [exception("2026-03-02", "2026-03-15", reason="<Ferie>")])
    html = rendered(monkeypatch, "2026-03-02 11:00", value)
    assert "Closed now (&lt;Ferie&gt;). Opens on March 16, 2026 at 10 a.m." in html
    assert "March 2, 2026 to March 15, 2026" in html


def test_exceptions_that_are_over_are_not_shown(monkeypatch):
    value = hours(OFFICE, [exception("2026-12-24", reason="Jul"), exception("2026-03-01", reason="Fest")])
    html = rendered(monkeypatch, "2026-03-02 11:00", value)
    assert "Jul" in html
    assert "Fest" not in html


def test_the_week_is_told_in_few_lines_and_in_order_of_the_day(monkeypatch):
    html = rendered(monkeypatch, "2026-03-02 11:00", hours(OFFICE, note="Træk <et> nummer."), "da")
    assert "Mandag til onsdag" in html
    assert html.index("10:00–12:00") < html.index("15:00–17:00")
    assert "Fredag til søndag" in html
    assert "lukket" in html
    assert "Træk &lt;et&gt; nummer." in html
    assert "style=" not in html
