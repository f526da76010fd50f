"""A series of meetings: the next edition first, the earlier ones by year, and a calendar of all."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from icalendar import Calendar
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms_blocks.pages.models import (
    EventEditionPage,
    EventEditionPageProgramme,
    EventSeriesPage,
    EventSeriesPageAudience,
    EventSeriesPageValue,
)
from tests.cms_blocks import events, factories

pytestmark = pytest.mark.django_db


def test_the_next_edition_comes_first_and_the_past_ones_by_year(home, client):
    series = events.series(home)
    series.value_rows = [EventSeriesPageValue(locale=series.locale, term="I øjenhøjde", text="Alle er lige.")]
    series.audience_rows = [EventSeriesPageAudience(locale=series.locale, text="Pårørende")]
    series.save_revision().publish()
    old = events.edition(series, starts_at=events.soon(-800), title="Det gamle møde", status="held")
    last = events.edition(series, starts_at=events.soon(-400), title="Sidste møde", status="held")
    coming = events.edition(series, title="Det næste møde")
    events.edition(series, title="Et udkast", live=False)
    html = client.get(series.url).content.decode()
    places = [html.index(f">{page.title}<") for page in (coming, last, old)]
    assert places == sorted(places)
    assert "Et udkast" not in html
    assert "I øjenhøjde" in html
    assert "Pårørende" in html
    response = client.get(f"{series.url}calendar/")
    found = Calendar.from_ical(response.content).walk("VEVENT")
    assert {str(entry["summary"]) for entry in found} == {"Det gamle møde", "Sidste møde", "Det næste møde"}
    (entry,) = Calendar.from_ical(client.get(f"{coming.url}calendar/").content).walk("VEVENT")
    assert entry.decoded("dtend") == coming.ends_at


def test_a_meeting_of_two_days_says_when_it_ends(home, client):
    begins = events.soon(30, 10)
    page = events.edition(events.series(home), starts_at=begins, ends_at=begins + timedelta(hours=29))
    html = client.get(page.url).content.decode()
    with translation.override("da"):
        assert f" til {date_format(page.ends_at, 'l')} {date_format(page.ends_at, 'DATE_FORMAT')}" in html


def test_a_cancelled_edition_is_not_the_next_one_where_there_is_another(home, client):
    series = events.series(home)
    events.edition(series, title="Aflyst møde", status="cancelled", starts_at=events.soon(10))
    events.edition(series, title="Nyt møde", starts_at=events.soon(20))
    html = client.get(series.url).content.decode()
    assert html.index("Nyt møde") < html.index("Aflyst møde")


def test_the_earliest_of_two_editions_in_a_year_is_the_next(home, client):
    series = events.series(home)
    later, sooner, undated = events.soon(50), events.soon(40), {"starts_at": None, "ends_at": None}
    events.edition(series, title="Uden dato", year=later.year, **undated)
    for title, begins in (("Efterår", later), ("Forår", sooner)):
        events.edition(series, title=title, year=later.year, starts_at=begins)
    html = client.get(series.url).content.decode()
    places = [html.index(f">{title}<") for title in ("Forår", "Efterår", "Uden dato")]
    assert places == sorted(places)


def test_an_earlier_edition_is_not_open_for_registration(home, client):
    series = events.series(home)
    events.edition(series, title="Sidste møde", status="open", starts_at=events.soon(-400))
    assert "torv-tag--open" not in client.get(series.url).content.decode()
    events.edition(series, title="Næste møde", status="open")
    assert client.get(series.url).content.decode().count("torv-tag--open") == 1


def test_an_edition_without_a_date_is_planned_and_has_no_calendar(home, client):
    page = events.edition(
        events.series(home),
        title="Engang",
        year=2099,
        starts_at=None,
        ends_at=None,
        collects_from=None,
        collects_until=None,
        place_name="",
        city="",
    )
    page.save_revision().publish()
    assert client.get(page.url).status_code == 200
    assert client.get(f"{page.url}calendar/").status_code == 404
    page.status = "open"
    with pytest.raises(ValidationError) as caught:
        page.save_revision().publish()
    assert set(caught.value.message_dict) == {"starts_at", "place_name"}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"ends_at": events.soon(29)}, "ends_at"),
        ({"collects_until": None}, "collects_until"),
        ({"collects_from": None}, "collects_from"),
        ({"collects_until": events.soon(-2)}, "collects_until"),
        ({"year": 2050}, "year"),
    ],
)
def test_dates_that_contradict_each_other_are_named(home, fields, wrong):
    page = EventEditionPage(
        title="Møde",
        year=events.soon(30).year,
        starts_at=events.soon(30),
        collects_from=events.soon(-1),
        collects_until=events.soon(30),
    )
    for name, value in fields.items():
        setattr(page, name, value)
    assert set(page.date_faults()) == {wrong}


def test_queries_do_not_grow_with_editions(home, client, django_assert_max_num_queries):
    series = events.series(home)
    events.edition(series)
    client.get(series.url)
    with CaptureQueriesContext(connection) as queries:
        client.get(series.url)
        before = len(queries)
    for days in (60, -400, -800):
        events.edition(series, starts_at=events.soon(days), title=f"Møde {days}")
    client.get(series.url)
    with django_assert_max_num_queries(before):
        client.get(series.url)


PLAIN = (
    "status_reason", "host_organisation", "host_url", "starts_at", "ends_at", "place_name", "address_1",
    "postal_code", "city", "place_note", "online_url", "registration_url", "capacity", "collects_from",
    "collects_until", "organiser_email", "seo_title", "search_description",
)  # fmt: skip


def form(**values):
    data = {"title": "Møde", "slug": "moede", "status": "planned", "attendance_option": "in_person"}
    data |= {"summary": "Et møde.", "body": streamfield([]), "year": "2031"} | dict.fromkeys(PLAIN, "")
    rows = ("programme", "topic_rows", "contact_rows", "comments")
    return nested_form_data(data | {name: inline_formset([]) for name in rows} | values)


def add(client, parent, **values):
    address = reverse("wagtailadmin_pages:add", args=("torv_pages", "eventeditionpage", parent.pk))
    return client.post(address, form(**values))


@pytest.mark.parametrize("year", ["1900", "9999"])
def test_a_meeting_of_another_age_is_refused_and_the_work_kept(home, admin_client, year):
    series = events.series(home)
    values = {"year": year, "starts_at": f"{year}-05-06 10:00", "host_organisation": "Foreningen Havblik"}
    answer = add(admin_client, series, **values, **{"action-publish": "1"})
    assert answer.status_code == 200
    errors = answer.context["form"].errors
    assert errors["year"] == errors["starts_at"] == ["Give a year from 2000 to 2100."]
    html = answer.content.decode()
    assert 'value="Foreningen Havblik"' in html
    assert f'value="{year}-05-06 10:00"' in html
    assert not EventEditionPage.objects.exists()


def test_times_of_the_programme_are_changed_in_the_first_language_alone(home, admin_client):
    factories.home("de", "Marktplatz", translation_key=home.translation_key)
    series = events.series(home)
    page = events.edition(series)
    page.programme = [EventEditionPageProgramme(locale=page.locale, title="Velkomst", begins_at=time(9))]
    page.save_revision().publish()
    page = EventEditionPage.objects.get()
    series.copy_for_translation(factories.locale("de"))
    german = page.copy_for_translation(factories.locale("de"))
    german.save_revision().publish()
    german.programme.add(EventEditionPageProgramme(locale=german.locale, title="Kaffee"))
    german.save_revision()
    row = page.programme.get()
    row.begins_at = time(10)
    row.save()

    answer = admin_client.get(reverse("wagtailadmin_pages:edit", args=[german.pk]))
    first, own = answer.context["form"].formsets["programme"].forms[:2]
    assert first["begins_at"].value() == time(10)
    assert first.fields["begins_at"].disabled
    assert not first.fields["title"].disabled
    assert not own.fields["begins_at"].disabled

    pk, text = german.programme.first().pk, rich_text("<p></p>")
    item = {"id": pk, "day": "", "begins_at": "12:00", "title": "Empfang", "speaker": "", "text": text}
    values = {"year": "1900", "programme": inline_formset([item], initial=1), "action-publish": "1"}
    answer = admin_client.post(reverse("wagtailadmin_pages:edit", args=[german.pk]), form(**values))
    assert answer.status_code == 302, answer.context["form"].errors
    german = EventEditionPage.objects.get(pk=german.pk)
    assert (german.year, german.starts_at) == (page.year, page.starts_at)
    assert [(row.title, row.begins_at) for row in german.programme.all()] == [("Empfang", time(10))]


def test_an_edition_is_published_from_the_form(home, admin_client, client):
    series = events.series(home)
    begins = events.soon(40)
    item = {
        "day": "",
        "begins_at": "09:30",
        "title": "Velkomst",
        "speaker": "Bo",
        "text": rich_text("<p>Hej</p>"),
    }
    answer = add(
        admin_client,
        series,
        year=str(begins.year),
        starts_at=begins.strftime("%Y-%m-%d %H:%M"),
        ends_at=(begins + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M"),
        place_name="Salen",
        programme=inline_formset([item]),
        **{"action-publish": "1"},
    )
    assert answer.status_code == 302, answer.context["form"].errors
    assert "Velkomst" in client.get(EventEditionPage.objects.get().url).content.decode()
    assert EventSeriesPage.objects.get().get_children().count() == 1
