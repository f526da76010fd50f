"""Finding an entry: near a place, kept on a list, on the map, and what helps where nothing is found."""

import json
import re
from datetime import date, time
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from cms_blocks.models import CrisisNumber
from cms_blocks.slugs import slug_of
from directory.models import Entry, Location, Place, Schedule
from directory.pages.models import DirectoryPage
from directory.places import GazetteerResolver
from search.models import QueryCount

from .conftest import MakeEntry, MakeTopic, index_entries

LIST = "/da/vejviser/"
TILES = {"TILE_URL": "https://{s}.tiles.example/{z}/{x}/{y}.png", "TILE_ATTRIBUTION": "© Kortfolk"}


@pytest.fixture
def gazetteer(db: None) -> None:
    rows = [
        ("6350", "Torvkøbing", "DK", 54.80, 10.05),
        ("6352", "Torvkøbing", "DK", 54.82, 10.07),
        ("6355", "Havmølle", "DK", 54.77, 10.01),
        ("01844", "Neustadt", "DE", 51.02, 14.21),
        ("23730", "Neustadt", "DE", 54.10, 10.81),
    ]
    for postcode, town, country, latitude, longitude in rows:
        slug = town.lower().replace("ø", "oe")
        Place.objects.create(
            postcode=postcode,
            town=town,
            town_slug=slug,
            country=country,
            latitude=latitude,
            longitude=longitude,
        )


def placed(make_entry: MakeEntry, name: str, latitude: float, longitude: float, **fields: object) -> Entry:
    entry = make_entry(name, **fields)
    Location.objects.create(
        entry=entry, city="Torvkøbing", address_1="Gade 1", latitude=latitude, longitude=longitude
    )
    return entry


@pytest.fixture
def groups(
    german_page: DirectoryPage, gazetteer: None, make_entry: MakeEntry, make_topic: MakeTopic
) -> Entry:
    """One in Havmølle that meets on Tuesday evenings, one 5 km away in Torvkøbing, one online."""
    sorrow = make_topic("Sorg", alt_labels="Tab", de="Trauer")
    entry = placed(
        make_entry,
        "Sorggruppen",
        54.771,
        10.011,
        slug="sorg",
        phone="+4586123456",
        languages=["da", "ar"],
        assured_on=date(2026, 3, 4),
        minimum_age=18,
        topics=[sorrow],
    )
    Schedule.objects.create(entry=entry, byday=["TU"], opens_at=time(19), closes_at=time(21))
    placed(make_entry, "Gældsgruppen", 54.80, 10.06, kind="contact-point", maximum_age=17)
    make_entry("Netgruppen", attendance_option="online")
    index_entries()
    return entry


def titles(client: Client, query: str) -> list[str]:
    response = client.get(LIST + query)
    assert response.status_code == 200
    return [hit.row.title for hit in response.context["results"].hits]


def test_near_a_postcode_the_nearest_come_first_with_their_distance(client: Client, groups: Entry) -> None:
    assert titles(client, "?near=6355") == ["Sorggruppen", "Gældsgruppen", "Netgruppen"]
    html = client.get(f"{LIST}?near=6355").content.decode()
    assert "mindre end 1 km væk" in html
    assert "5 km væk" in html


def test_a_radius_leaves_out_and_says_who_meets_online(client: Client, groups: Entry) -> None:
    assert titles(client, "?near=Havmølle&km=2") == ["Sorggruppen"]
    response = client.get(f"{LIST}?near=Havm%C3%B8lle&km=2")
    total, address = response.context["online"]
    assert total == 1
    assert titles(client, address) == ["Netgruppen"]


def test_an_own_position_is_rounded_before_it_reaches_any_link(client: Client, groups: Entry) -> None:
    html = client.get(f"{LIST}?near=54.771234,10.011234&km=2").content.decode()
    assert "near=54.77%2C10.01" in html
    assert "54.7712" not in html.replace('value="54.771234,10.011234"', "")


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("?near=Atlantis", "near", "Vi kender ikke stedet “Atlantis”."),
        ("?near=99.1,10", "near", "Disse koordinater findes ikke."),
        ("?near=6355&km=7", "km", "Denne afstand kan ikke vælges her"),
        ("?km=5", "near", "Skriv et postnummer eller en by for at søge"),
        ("?sort=distance", "sort", "for at sortere efter afstand"),
        ("?sort=colour", "sort", "Denne rækkefølge"),
    ],
)
def test_what_is_not_understood_is_said_beside_its_field(
    client: Client, groups: Entry, query: str, field: str, sentence: str
) -> None:
    response = client.get(LIST + query)
    assert sentence in " ".join(response.context["filterset"].messages[field])
    assert sentence in response.content.decode()
    assert len(response.context["results"].hits) == 3


def test_a_mistyped_town_stays_in_its_field_and_the_likely_one_is_offered(
    client: Client, groups: Entry
) -> None:
    html = client.get(f"{LIST}?near=Havm%C3%B8le&km=2").content.decode()
    assert 'value="Havmøle"' in html
    assert '<option value="2" selected>' in html
    assert '<a rel="nofollow" href="?near=Havm%C3%B8lle&amp;km=2">Havmølle</a>' in html


def test_of_towns_with_one_name_the_others_are_offered_and_found(gazetteer: None) -> None:
    first, other = GazetteerResolver().resolve("Neustadt")
    assert first.text == "Neustadt"
    assert other.text == "DE-23730 Neustadt"
    assert [point.label for point in GazetteerResolver().resolve(other.text)] == ["23730 Neustadt"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("D-23730", ["23730 Neustadt"]),
        ("d 23730", ["23730 Neustadt"]),
        ("D-01844 Neustadt", ["01844 Neustadt"]),
        ("DE-23730", ["23730 Neustadt"]),
        ("DK-6350", ["6350 Torvkøbing"]),
        ("A-1010 Wien", ["1010 Wien"]),
        ("CH-8000", ["8000 Zürich"]),
        ("S-211 20", ["21120 Malmö"]),
        ("N-6350", []),
        ("X-6350", []),
        ("D Neustadt", []),
    ],
)
def test_a_country_is_known_by_the_letters_on_its_plates(
    gazetteer: None, text: str, found: list[str]
) -> None:
    for postcode, town, country in (
        ("1010", "Wien", "AT"),
        ("8000", "Zürich", "CH"),
        ("21120", "Malmö", "SE"),
    ):
        Place.objects.create(
            postcode=postcode,
            town=town,
            town_slug=slug_of(town, 120),
            country=country,
            latitude=50,
            longitude=10,
        )
    assert [str(point.label) for point in GazetteerResolver().resolve(text)] == found


def test_postcodes_of_one_town_are_one_place(gazetteer: None) -> None:
    (town,) = GazetteerResolver().resolve("torvkøbing")
    assert town.label == "Torvkøbing"
    assert round(town.latitude, 3) == 54.81
    assert GazetteerResolver().resolve("6355 Havmølle")[0].label == "6355 Havmølle"
    assert GazetteerResolver().resolve("☃") == ()


def test_a_hit_says_what_matters_at_a_glance(client: Client, groups: Entry) -> None:
    html = client.get(f"{LIST}?near=6355&km=2").content.decode()
    for text in ("Hver tirsdag kl. 19", "Næste møde", "arabisk", "Sidst kontrolleret"):
        assert text in html, text


def test_ages_tell_who_may_come(client: Client, groups: Entry) -> None:
    assert titles(client, "?age=senior") == ["Netgruppen", "Sorggruppen"]
    assert titles(client, "?age=child") == ["Gældsgruppen", "Netgruppen"]


def test_the_list_asks_the_same_number_of_questions_for_more_entries(
    client: Client, groups: Entry, make_entry: MakeEntry
) -> None:
    address = f"{LIST}?near=6355&km=10&sort=checked&list=sorg"
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as before:
        client.get(address)
    for number in range(8):
        entry = placed(make_entry, f"Gruppe {number}", 54.78, 10.02)
        Schedule.objects.create(entry=entry, byday=["MO"], opens_at=time(10))
    index_entries()
    client.get(address)
    with CaptureQueriesContext(connection) as after:
        client.get(address)
    assert len(after) <= len(before)


def test_nothing_found_offers_wider_questions_with_what_they_find(client: Client, groups: Entry) -> None:
    response = client.get(f"{LIST}?q=sorggruppen&near=6350&km=2&language=ar")
    widening = response.context["widening"]
    offers = {each.label: each for each in widening.wider}
    assert offers["Inden for 5 km"].count == 1
    assert titles(client, offers["Inden for 5 km"].url) == ["Sorggruppen"]
    assert "Kun med filtrene" not in offers, "it would find nothing either"
    assert widening.contact.row.title == "Gældsgruppen"
    assert "Spørg et menneske" in response.content.decode()


def test_nothing_found_offers_near_topics_and_fewer_words(client: Client, groups: Entry) -> None:
    widening = client.get(f"{LIST}?q=tapp").context["widening"]
    assert [(each.label, each.count) for each in widening.topics] == []
    widening = client.get(f"{LIST}?q=sorrg&entry_kind=contact-point").context["widening"]
    assert [(each.label, each.count) for each in widening.topics] == [("Sorg", 1)]


def test_signs_without_a_word_find_nothing_and_the_list_says_why(client: Client, groups: Entry) -> None:
    response = client.get(f"{LIST}?q=!!!")
    assert response.context["results"].total == 0
    assert "“!!!” har intet ord" in response.content.decode()


def test_a_near_spelling_and_some_of_the_words_are_enough(client: Client, groups: Entry) -> None:
    results = client.get(f"{LIST}?q=sorrg").context["results"]
    assert results.corrected
    results = client.get(f"{LIST}?q=sorggruppen+trompet").context["results"]
    assert (results.loosened, next(hit.row.title for hit in results.hits)) == (True, "Sorggruppen")


@pytest.mark.parametrize(
    "query", ["?topic=sorg", "?q=sorg", "?near=6355", "?sort=checked", "?list=sorg", "?page=2"]
)
def test_of_all_lists_search_engines_keep_the_plain_one(
    client: Client, groups: Entry, settings: Any, query: str
) -> None:
    settings.TORV_DIRECTORY = {"PER_PAGE": 2}
    assert 'content="noindex' not in client.get(LIST).content.decode()
    assert '<meta name="robots" content="noindex, follow">' in client.get(LIST + query).content.decode()


@pytest.mark.parametrize(
    "path",
    [
        LIST,
        f"{LIST}?topic=sorg&near=6355&km=25&list=sorg",
        f"{LIST}?near=neustadt",
        f"{LIST}?q=xyzzy&topic=sorg&list=sorg",
        f"{LIST}sorg/",
        f"{LIST}sorg/?topic=sorg&list=gaeldsgruppen",
        f"{LIST}shortlist/?list=sorg,gaeldsgruppen&topic=sorg",
        "/da/soeg/?q=sorg&topic=sorg",
    ],
)
def test_search_engines_are_led_to_no_endless_space_of_lists(
    client: Client, groups: Entry, path: str
) -> None:
    """What they may follow leads to the next page, to things, and from these to the list of one topic."""
    page = client.get(path).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    links = re.findall(r"<a [^>]*>", main)
    asking = [link for link in links if re.search(r'href="[^"]*\?[^"]', link) and "nofollow" not in link]
    known = r'rel="(prev|next)"|href="(mailto:|/da/vejviser/[a-z]+/\?|/da/vejviser/\?topic=[a-z]+")'
    assert [link for link in asking if not re.search(known, link)] == []
    assert path == LIST or "nofollow" in main


@pytest.mark.parametrize("path", [LIST, "/da/soeg/"])
def test_a_list_of_a_sensitive_topic_has_crisis_numbers_and_a_way_out(
    client: Client, groups: Entry, make_topic: MakeTopic, locales: dict[str, Locale], path: str
) -> None:
    CrisisNumber.objects.create(name="Alarmcentralen", phone="112", locale=locales["da"])
    violence = make_topic("Vold", is_sensitive=True)
    make_topic("Partnervold", broader=violence)
    make_topic("Overgreb", see=violence)
    for query in ("?topic=sorg", "?q=vold", "?topic=unknown", ""):
        page = client.get(path + query).content.decode()
        assert "data-torv-quick-exit" not in page
    for topics in ("topic=vold", "topic=sorg&topic=partnervold", "topic=overgreb"):
        page = client.get(f"{path}?{topics}").content.decode()
        assert "data-torv-quick-exit" in page
        assert page.index('href="tel:112"') < page.index("<h1")


def test_words_in_the_list_are_counted_among_the_searches_of_the_site(client: Client, groups: Entry) -> None:
    person = {"User-Agent": "Mozilla/5.0 Firefox/140.0"}
    for query in ("?q=sorg", "?q=sorg&topic=sorg", "?q=sorg&sort=name", "?topic=sorg", "", "?q=sorg&page=2"):
        client.get(f"{LIST}{query}", headers=person)
    client.get(f"{LIST}?q=sorg", headers={"User-Agent": "curl/8.5"})
    row = QueryCount.objects.get()
    assert (row.locale, row.count, row.without_result) == ("da", 1, 0)


def test_a_shortlist_is_kept_in_every_link_and_shows_whom_to_call(client: Client, groups: Entry) -> None:
    response = client.get(f"{LIST}?near=6355&list=sorg")
    shown = {each.key: each for each in response.context["entry_hits"]}
    assert shown["sorg"].is_remembered
    assert "list=sorg%2Cgaeldsgruppen" in shown["gaeldsgruppen"].remember_url
    html = response.content.decode()
    assert '<input type="hidden" name="list" value="sorg">' in html
    listed = client.get(response.context["shortlist_url"])
    html = listed.content.decode()
    assert [kept.entry.name for kept in listed.context["kept"]] == ["Sorggruppen"]
    assert "+45 86 12 34 56" in html
    assert "Gade 1" in html
    assert 'content="noindex' in html
    assert "Set-Cookie" not in listed.headers


def test_the_mail_of_a_shortlist_names_entries_in_the_readers_language(client: Client, groups: Entry) -> None:
    mail = unquote(client.get("/de/verzeichnis/shortlist/?list=sorg").context["mail_url"])
    assert mail.startswith("mailto:?subject=Meine Liste aus: Verzeichnis&body=Sorggruppen\r\n+45 86 12 34 56")
    assert "/de/verzeichnis/sorg/" in mail


@pytest.mark.parametrize(
    ("count", "name", "has_phones", "has_names"),
    [
        (3, "Sydfyn", True, True),
        (29, "Sydfyn", False, True),
        (29, "Sorg og savn på Sydfyn og øerne", False, False),
    ],
)
def test_the_mail_of_a_long_shortlist_stays_short_enough_to_be_opened(
    client: Client,
    directory_page: DirectoryPage,
    make_entry: MakeEntry,
    count: int,
    name: str,
    has_phones: bool,
    has_names: bool,
) -> None:
    slugs = [
        make_entry(f"{name} {number}", slug=f"sorg-{number}", phone="+4586123456").slug
        for number in range(count)
    ]
    link = client.get(f"{LIST}shortlist/?list={','.join(slugs)}").context["mail_url"]
    mail = unquote(link)
    assert len(link) <= 1900
    assert ("+45 86 12 34 56" in mail, f"{name} 1" in mail) == (has_phones, has_names)
    assert unquote(mail).endswith(f"/shortlist/?list={','.join(slugs)}")


def test_other_words_and_a_new_start_keep_the_shortlist(client: Client, groups: Entry) -> None:
    found = client.get(f"{LIST}?q=sorgruppen&near=6355&list=netgruppen")
    assert found.context["results"].suggestion == "sorggruppen"
    assert "?q=sorggruppen&amp;near=6355&amp;list=netgruppen" in found.content.decode()
    nothing = client.get(f"{LIST}?q=helikopter&km=5&near=6355&list=netgruppen").content.decode()
    assert '<a rel="nofollow" href="?list=netgruppen">' in nothing


def test_what_is_gone_from_a_shortlist_is_said(client: Client, groups: Entry) -> None:
    Entry.objects.filter(pk=groups.pk).update(live=False)
    html = client.get(f"{LIST}shortlist/?list=sorg,gaeldsgruppen,%00,<x>").content.decode()
    assert "1 tilbud på din liste findes ikke længere" in html
    assert "Sorggruppen" not in html
    assert client.get(f"{LIST}shortlist/").status_code == 200


def test_a_shortlist_is_no_longer_than_thirty(client: Client, groups: Entry) -> None:
    slugs = ",".join(f"a{number}" for number in range(29))
    response = client.get(f"{LIST}?list={slugs},sorg,more")
    assert response.context["shortlist"].is_full
    assert "more" not in response.context["shortlist"].keys
    told = "plads til 30 tilbud"
    assert told in client.get(f"{LIST}shortlist/?list={slugs},sorg,more").content.decode()
    assert told in client.get(f"{LIST}shortlist/?list=sorg,{'x' * 8000}").content.decode()
    assert told not in client.get(f"{LIST}shortlist/?list={slugs},sorg,sorg").content.decode()


def test_without_tiles_there_is_no_map_and_the_policy_stays_strict(client: Client, groups: Entry) -> None:
    response = client.get(LIST)
    assert response.context["map"] is None
    assert "data-map" not in response.content.decode()
    assert "tiles" not in response.headers["Content-Security-Policy"]


@override_settings(TORV_DIRECTORY=TILES)
def test_the_map_button_says_who_is_asked_and_only_its_page_may_ask(client: Client, groups: Entry) -> None:
    response = client.get(LIST)
    assert "https://*.tiles.example" in response.headers["Content-Security-Policy"]
    assert "tiles.example" in response.content.decode()
    entry = client.get(f"{LIST}sorg/")
    assert "tiles.example" not in entry.headers["Content-Security-Policy"]


def test_the_map_shows_the_same_entries_and_blurs_what_must_not_be_known(
    client: Client, groups: Entry
) -> None:
    Location.objects.filter(entry=groups).update(approximate=True, latitude=54.7712, longitude=10.0113)
    index_entries()
    answer = json.loads(client.get(f"{LIST}map/?near=6355&km=2&page=9").content)
    (marker,) = answer["markers"]
    assert marker["position"] == [54.77, 10.01]
    assert marker["blurred"] is True
    assert marker["url"].startswith("/da/vejviser/sorg/")
    assert answer["total"] == 1


def test_no_entry_may_take_the_address_of_the_map_or_the_list(make_entry: MakeEntry) -> None:
    assert make_entry("Shortlist").slug == "shortlist-2"
    assert make_entry("Map").slug == "map-2"
