"""An event as a citizen finds it: dates, place, status, calendar file, and what search engines read."""

import json
import re
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from cms_blocks import chores
from cms_blocks.models import EventDate
from cms_blocks.pages import models
from cms_blocks.pages.models import EventPage
from tests.cms_blocks import events, factories
from tests.cms_blocks.test_translation import publish, submit, translate, update

pytestmark = pytest.mark.django_db


def read(client, page):
    return client.get(page.url).content.decode()


def told(html):
    """The schema.org data of the page's own subject."""
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    return next(data for data in map(json.loads, scripts) if data["@type"] == "Event")


def calendar(client, page):
    response = client.get(f"{page.url}calendar/")
    assert response["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_a_single_event_says_when_where_and_how_to_register(home, client):
    begins = events.soon()
    page = events.event(
        home,
        title="Foredrag",
        starts_at=begins,
        ends_at=begins + timedelta(hours=2),
        address_1="Torvet 1",
        postal_code="6350",
        registration_url="https://tilmeld.example/",
        price="Gratis",
        organiser="Biblioteket",
        status="open",
    )
    html = read(client, page)
    for text in ("Biblioteket", "Torvet 1", "6350 Torvkøbing", "https://tilmeld.example/", "Gratis"):
        assert text in html
    assert f'datetime="{begins.isoformat()}"' in html
    data = told(html)
    assert data["startDate"] == begins.isoformat()
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert data["location"][0]["address"]["postalCode"] == "6350"
    (entry,) = calendar(client, page)
    assert entry.decoded("dtstart") == begins
    assert str(entry["summary"]) == "Foredrag"


def test_a_calendar_file_is_named_as_its_page_in_any_letters(home, client):
    page = events.event(home, slug="møde-w-łodzi", starts_at=events.soon())
    name = client.get(f"{page.url}calendar/")["Content-Disposition"]
    assert name == "inline; filename*=utf-8''m%C3%B8de-w-%C5%82odzi.ics"


def test_a_cancelled_event_says_so_everywhere_and_takes_no_registrations(home, client):
    page = events.event(
        home,
        starts_at=events.soon(),
        status="cancelled",
        status_reason="For få tilmeldte.",
        registration_url="https://tilmeld.example/",
    )
    html = read(client, page)
    assert "For få tilmeldte." in html
    assert "tilmeld.example" not in html
    assert told(html)["eventStatus"] == "https://schema.org/EventCancelled"
    (entry,) = calendar(client, page)
    assert entry["status"] == "CANCELLED"


def test_a_repeated_event_shows_its_rule_and_next_dates_without_the_exceptions(home, client):
    tuesday = events.next_weekday("TU")
    page = events.every(events.event(home), "TU", except_dates=[tuesday])
    html = read(client, page)
    assert f'datetime="{tuesday.isoformat()}T' not in html
    assert f'datetime="{(tuesday + timedelta(weeks=1)).isoformat()}T19:00:00' in html
    (entry,) = calendar(client, page)
    assert entry["rrule"]["BYDAY"] == ["TU"]
    assert told(html)["eventSchedule"][0]["byDay"] == ["https://schema.org/Tuesday"]
    dates = EventDate.objects.filter(page=page)
    assert dates.count() > 50
    assert not dates.filter(begins_at__date=tuesday).exists()


def test_dates_move_on_each_night_and_keep_those_that_were(home):
    page = events.every(events.event(home), "TU")
    last = EventDate.objects.filter(page=page).order_by("-begins_at").first()
    EventDate.objects.filter(pk=last.pk).delete()
    old = EventDate.objects.create(page=page, begins_at=events.soon(-900), ends_at=events.soon(-900))
    chores.nightly()
    assert EventDate.objects.filter(page=page, begins_at=last.begins_at).count() == 1
    assert EventDate.objects.filter(pk=old.pk).exists()


def test_an_event_cannot_be_published_without_a_date_a_place_or_a_summary(home):
    page = events.event(home, live=False, summary="", place_name="", city="")
    with pytest.raises(ValidationError) as caught:
        page.save_revision().publish()
    assert set(caught.value.message_dict) == {"summary", "place_name", "starts_at"}
    page.summary, page.attendance_option, page.starts_at = "Et møde.", "online", events.soon()
    page.save_revision().publish()
    assert EventPage.objects.get(pk=page.pk).live


@pytest.mark.parametrize("year", [1, 1900, 1999, 2101, 9999])
def test_a_year_that_cannot_be_meant_is_named_beside_the_field(home, year, english):
    page = EventPage(title="Møde", starts_at=events.soon().replace(year=year, month=6, day=5))
    with pytest.raises(ValidationError) as caught:
        page.clean_fields()
    assert caught.value.message_dict["starts_at"] == ["Give a year from 2000 to 2100."]
    row = models.EventPageSchedule(
        freq="DATES", opens_at=time(19), extra_dates=[date(year, 6, 5)], valid_to=date(year, 1, 1)
    )
    with pytest.raises(ValidationError) as caught:
        row.clean()
    assert set(caught.value.message_dict) == {"extra_dates", "valid_to"}


def test_facts_hold_in_every_language_at_once(home, django_capture_on_commit_callbacks, client):
    factories.home("de", "Marktplatz", translation_key=home.translation_key)
    page = events.event(home, title="Foredrag", starts_at=events.soon(), price="Gratis")
    page.schedules = [models.EventPageSchedule(freq="WEEKLY", byday=["TU"], opens_at=time(19))]
    page.save_revision().publish()
    translation = submit(page, "de")
    words = {"Foredrag": "Vortrag", "Et møde.": "Ein Treffen.", "Gratis": "Kostenlos"}
    translate(translation, words)
    publish(translation, django_capture_on_commit_callbacks)
    german = EventPage.objects.get(locale__language_code="de")
    assert (german.price, german.starts_at) == ("Kostenlos", page.starts_at)
    assert EventDate.objects.filter(page=german).count() == EventDate.objects.filter(page=page).count()

    page = EventPage.objects.get(pk=page.pk)
    page.status, page.starts_at, page.schedules = "cancelled", events.soon(9), []
    page.save_revision().publish()
    german = EventPage.objects.get(pk=german.pk)
    assert german.is_cancelled
    assert [row.begins_at for row in EventDate.objects.filter(page=german)] == [events.soon(9)]
    assert "https://schema.org/EventCancelled" in read(client, german)

    german.get_latest_revision().publish()
    assert EventPage.objects.get(pk=german.pk).is_cancelled, "an older draft brings no old facts back"

    page.summary = "Et foredrag."
    page.save_revision().publish()
    update(page)
    translation.refresh_from_db()
    translate(translation, {"Et foredrag.": "Ein Vortrag."})
    publish(translation, django_capture_on_commit_callbacks)
    german = EventPage.objects.get(pk=german.pk)
    assert (german.summary, german.status) == ("Ein Vortrag.", "cancelled")


def in_two_languages(home, **fields):
    factories.home("de", "Marktplatz", translation_key=home.translation_key)
    page = events.event(home, title="Foredrag", starts_at=events.soon(), **fields)
    german = page.copy_for_translation(factories.locale("de"))
    german.save_revision().publish()
    return EventPage.objects.get(pk=page.pk), EventPage.objects.get(pk=german.pk)


def days(page):
    return {row.begins_at for row in EventDate.objects.filter(page=page)}


def test_a_draft_changes_nothing_that_readers_see_in_any_language(home):
    page, german = in_two_languages(home)
    shown = days(page)
    page.status, page.starts_at = "cancelled", events.soon(9)
    page.schedules = [models.EventPageSchedule(freq="WEEKLY", byday=["TU"], opens_at=time(19))]
    page.save_revision()
    assert days(page) == days(german) == shown
    assert not EventPage.objects.get(pk=german.pk).is_cancelled
    page.get_latest_revision().publish()
    assert EventPage.objects.get(pk=german.pk).is_cancelled
    assert events.soon(9) in days(page) == days(german)


@pytest.mark.usefixtures("english")
def test_the_form_of_a_translation_says_where_its_facts_are_changed(home, admin_client):
    page, german = in_two_languages(home)
    page.status = "cancelled"
    page.save_revision().publish()
    forms = [admin_client.get(reverse("wagtailadmin_pages:edit", args=[one.pk])) for one in (page, german)]
    facts = [answer.context["form"].fields["starts_at"].disabled for answer in forms]
    assert facts == [False, True]
    assert forms[1].context["form"]["status"].value() == "cancelled", "not what its own draft says"
    note = "the fields that cannot be changed here, are the same in every language"
    assert [note in answer.content.decode() for answer in forms] == [False, True]
    assert f"/pages/{page.pk}/edit/" in forms[1].content.decode().split(note)[1][:500]


def test_a_source_that_nobody_reads_leaves_the_dates_of_its_translation(home):
    page, german = in_two_languages(home)
    page.unpublish()
    page = EventPage.objects.get(pk=page.pk)
    page.starts_at = events.soon(9)
    page.save()
    assert days(page) == {events.soon(9)}
    assert days(german) == {german.starts_at}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": "open"}, "Mødet er forbi"),
        ({"status": "full"}, "Mødet er forbi"),
        ({"status": "planned", "status_reason": "Vi glæder os."}, "Mødet er forbi"),
        ({"status": "cancelled"}, "Mødet er aflyst"),
    ],
)
def test_nobody_is_asked_to_register_when_it_is_over(home, client, fields, words):
    page = events.event(
        home, starts_at=events.soon(-2), registration_url="https://tilmeld.example/", **fields
    )
    html = read(client, page)
    assert words in html
    assert "tilmeld.example" not in html


def test_an_event_goes_on_while_its_rule_does_or_its_last_day_lasts(home):
    page = events.every(events.event(home, starts_at=events.soon(-20), status="open"), "TU")
    assert not page.is_over
    page = events.every(page, "TU", valid_to=events.soon(-8).date())
    assert page.is_over
    assert not events.event(home, starts_at=events.soon(0, 0)).is_over


def test_a_cancelled_series_of_dates_still_says_when_it_was_to_be(home, client):
    page = events.every(events.event(home, status="cancelled"), "TU")
    html = read(client, page)
    assert "Hver tirsdag kl. 19-21" in html
    assert "Datoen er ikke" not in html
    assert "Næste gange" not in html


def test_what_was_chosen_for_months_does_not_count_for_weeks(home, client):
    tuesday = events.next_weekday("TU")
    page = events.every(events.event(home), "TU", bymonthday=tuesday.day, bysetpos=["2"])
    assert len(days(page)) > 50
    (entry,) = calendar(client, page)
    assert entry["rrule"]["BYDAY"] == ["TU"]
    assert "BYMONTHDAY" not in entry["rrule"]
    assert "byMonthDay" not in told(read(client, page))["eventSchedule"][0]


@pytest.mark.parametrize(
    ("positions", "wanted"),
    [
        (["2"], {"byDay": ["https://schema.org/Tuesday"], "byMonthWeek": [2]}),
        (["1", "-1"], {"byDay": ["1TU", "-1TU"]}),
    ],
)
def test_a_monthly_event_tells_search_engines_its_weekday(home, client, positions, wanted):
    page = events.every(events.event(home), "TU", freq="MONTHLY", bysetpos=positions)
    (schedule,) = told(read(client, page))["eventSchedule"]
    assert {name: schedule[name] for name in ("byDay", "byMonthWeek") if name in schedule} == wanted


def test_the_number_of_queries_does_not_grow_with_dates_and_rows(home, client, django_assert_num_queries):
    page = events.every(events.event(home), "TU")
    page.contact_rows = [models.EventPageContact(person=factories.person())]
    page.topic_rows = [models.EventPageTopic(topic=factories.topic("Sorg"))]
    page.save_revision().publish()
    read(client, page)
    with CaptureQueriesContext(connection) as queries:
        read(client, page)
        before = len(queries)
    page.contact_rows = [
        *page.contact_rows.all(),
        models.EventPageContact(person=factories.person("Bo Holm")),
    ]
    page.topic_rows = [*page.topic_rows.all(), models.EventPageTopic(topic=factories.topic("Angst"))]
    page.schedules = [
        *page.schedules.all(),
        models.EventPageSchedule(freq="WEEKLY", byday=["FR"], opens_at=time(10)),
    ]
    page.save_revision().publish()
    read(client, page)
    with django_assert_num_queries(before):
        read(client, page)
