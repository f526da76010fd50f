"""The list of events: by date, as a month, filtered, and as a feed."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from cms_blocks.models import EventDate
from cms_blocks.pages.models import EventPageTopic
from tests.cms_blocks import events, factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(home):
    return events.index(home)


def ask(client, index, **asked):
    response = client.get(index.url, asked)
    assert response.status_code == 200
    return response


def titles(response):
    return [card.title for card in response.context["cards"]]


def test_events_and_editions_come_by_their_next_date(home, index, client):
    events.event(home, title="Senere", starts_at=events.soon(300))
    events.every(events.event(home, title="Hver tirsdag"), "TU")
    events.edition(events.series(home), title="Netværksmøde")
    events.event(home, title="Forbi", starts_at=events.soon(-20))
    events.event(home, title="Udkast", starts_at=events.soon(2), live=False)
    assert titles(ask(client, index)) == ["Hver tirsdag", "Netværksmøde", "Senere"]
    assert titles(ask(client, index, view="past")) == ["Forbi"]
    html = ask(client, index).content.decode()
    assert events.next_weekday("TU").isoformat() in html or events.soon(0).date().isoformat() in html


def test_the_list_is_filtered_by_topic_attendance_and_month(home, index, client):
    topic = factories.topic("Sorg")
    page = events.event(home, title="Om sorg", starts_at=events.soon(2))
    page.topic_rows = [EventPageTopic(topic=topic)]
    page.save_revision().publish()
    events.event(home, title="På nettet", starts_at=events.soon(3), attendance_option="online")
    events.event(home, title="Begge", starts_at=events.soon(400), attendance_option="hybrid")
    assert titles(ask(client, index, topic="sorg")) == ["Om sorg"]
    assert titles(ask(client, index, attendance="online")) == ["På nettet", "Begge"]
    assert titles(ask(client, index, month=f"{events.soon(400):%Y-%m}")) == ["Begge"]
    assert titles(ask(client, index, month="2001-01")) == []


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"month": "november"}, "month"),
        ({"month": "1900-01"}, "month"),
        ({"month": "9999-12"}, "month"),
        ({"month": "2026-13", "view": "month"}, "month"),
        ({"topic": "no-such"}, "topic"),
        ({"attendance": "'; drop"}, "attendance"),
        ({"view": "upside-down"}, "view"),
    ],
)
def test_what_cannot_be_understood_is_a_message_and_the_list_is_shown(home, index, client, asked, field):
    # Tomorrow may lie in the next month, and today's may be over: one of them is in either list.
    for days in (0, 1):
        events.event(home, title="Møde", starts_at=events.soon(days))
    response = ask(client, index, **asked)
    assert response.context["form"].errors[field]
    if field != "view":
        assert "form-error-message" in response.content.decode()
    assert "Møde" in response.content.decode()


def test_what_has_no_end_is_listed_until_its_day_is_gone(home, index, client):
    events.event(home, title="Siden midnat", starts_at=events.soon(0, hour=0))
    events.event(home, title="I går", starts_at=events.soon(-1, hour=23))
    assert titles(ask(client, index)) == ["Siden midnat"]
    assert titles(ask(client, index, view="past")) == ["I går"]


def test_pages_of_the_list_and_a_page_that_is_not_there(home, index, client):
    for number in range(21):
        events.event(home, title=f"Møde {number}", starts_at=events.soon(number + 1))
    assert titles(ask(client, index, page="2")) == ["Møde 20"]
    assert len(titles(ask(client, index, page="x"))) == 20
    assert titles(ask(client, index, page="99")) == ["Møde 20"]


def test_a_meeting_shown_in_another_language_says_so(home, client):
    german = factories.home("de", "Marktplatz", translation_key=home.translation_key)
    series = events.series(home)
    page = events.edition(series, title="Møde", status="open")
    for one in (series, page):
        one.specific.copy_for_translation(factories.locale("de"), copy_parents=True, alias=True)
    index = events.index(german)
    assert '<div class="torv-card" lang="da">' in ask(client, index).content.decode()
    month = ask(client, index, view="month", month=f"{page.starts_at:%Y-%m}").content.decode()
    assert '/" lang="da">Møde</a>' in month


def test_a_month_shows_each_meeting_on_its_days(home, index, client):
    first = events.soon(40).replace(day=10)
    events.event(home, title="Lejr", starts_at=first, ends_at=first.replace(day=12, hour=12))
    events.event(home, title="Til midnat", starts_at=first, ends_at=first.replace(day=11, hour=0))
    month = f"{first:%Y-%m}"
    response = ask(client, index, view="month", month=month)
    days = {
        day.day.day: [card.title for card in day.events]
        for week in response.context["weeks"]
        for day in week
        if day.events
    }
    assert days == {10: ["Lejr", "Til midnat"], 11: ["Lejr"], 12: ["Lejr"]}
    assert '<table class="torv-month">' in response.content.decode()
    for edge in ("2000-01", "2100-12"):
        assert ask(client, index, view="month", month=edge).status_code == 200


def test_the_feed_holds_what_the_filter_finds(home, index, client):
    events.every(events.event(home, title="Hver tirsdag", attendance_option="online"), "TU")
    events.event(home, title="Foredrag", starts_at=events.soon(2))
    feed = client.get(f"{index.url}calendar/", {"attendance": "online"})
    (entry,) = Calendar.from_ical(feed.content).walk("VEVENT")
    assert str(entry["summary"]) == "Hver tirsdag"
    assert entry["rrule"]["BYDAY"] == ["TU"]


def test_queries_do_not_grow_with_events(home, index, client, django_assert_max_num_queries):
    addresses = [index.url, f"{index.url}?view=month", f"{index.url}?view=past", f"{index.url}calendar/"]

    def add():
        events.every(events.event(home), "TU", "FR")
        events.event(home, starts_at=events.soon(0, 23))
        events.event(home, starts_at=events.soon(-10))

    add()
    counts = []
    for address in addresses:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
            counts.append(len(queries))
    add()
    assert EventDate.objects.count() > 400
    for address, before in zip(addresses, counts, strict=True):
        client.get(address)
        with django_assert_max_num_queries(before):
            client.get(address)


def test_an_event_in_another_language_is_marked_and_its_date_is_not(home, index, client):
    german = factories.home("de", "Marktplatz")
    page = events.event(home, title="Aften om sorg", starts_at=events.soon(2), status="cancelled")
    page.copy_for_translation(german.locale, alias=True)
    list_page = events.index(german, title="Termine", slug="termine")
    html = ask(client, list_page).content.decode()
    assert '<div class="torv-card" lang="da">' in html
    assert re.search(r'<time datetime="[^"]+" lang="de">', html)
    assert re.search(r'<span class="torv-tag torv-tag--cancelled" lang="de">Abgesagt', html)
    month = f"{events.soon(2):%Y-%m}"
    assert re.search(
        r'lang="da">Aften om sorg', ask(client, list_page, view="month", month=month).content.decode()
    )
    assert ' lang="da">' not in ask(client, index).content.decode().split("<main")[1]
