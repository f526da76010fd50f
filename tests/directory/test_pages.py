from datetime import UTC, date, datetime
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from directory.models import Entry, Location
from directory.pages.models import DirectoryPage

from .conftest import MakeEntry, MakeTopic, index_entries, translate

LIST = "/da/vejviser/"


@pytest.fixture
def aarhus(directory_page: DirectoryPage, make_entry: MakeEntry, make_topic: MakeTopic) -> Entry:
    """One of three entries, the only one in Aarhus; all are indexed."""
    sorrow, debt = make_topic("Sorg", de="Trauer"), make_topic("Gæld")
    entry = make_entry("Sorggruppen i Aarhus", cities=["Aarhus"], topics=[sorrow], phone="+4586123456")
    make_entry("Sorggruppen i Randers", cities=["Randers"], topics=[sorrow])
    make_entry("Gældsrådgivning", kind="contact-point", cities=["Randers"], topics=[debt])
    index_entries()
    return entry


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def titles(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return [hit.row.title for hit in response.context["results"].hits]


def test_the_list_shows_all_entries_by_name_in_the_order_of_the_language(
    client: Client, aarhus: Entry
) -> None:
    """In Danish Aarhus comes after Randers: Aa is Å, the last letter."""
    assert titles(client, LIST) == ["Gældsrådgivning", "Sorggruppen i Randers", "Sorggruppen i Aarhus"]


def test_words_and_filters_narrow_the_list(client: Client, aarhus: Entry) -> None:
    assert titles(client, f"{LIST}?q=sorggruppe+aarhus") == ["Sorggruppen i Aarhus"]
    assert titles(client, f"{LIST}?topic=gaeld") == ["Gældsrådgivning"]
    assert titles(client, f"{LIST}?place=randers&topic=sorg") == ["Sorggruppen i Randers"]
    assert titles(client, f"{LIST}?entry_kind=contact-point") == ["Gældsrådgivning"]


FIRST = ("entry_kind", "topic", "region", "place")


def test_the_list_offers_kind_topic_and_place(client: Client, aarhus: Entry) -> None:
    results = client.get(LIST).context["results"]
    counts = {
        facet.name: {value.value: value.count for value in facet.values}
        for facet in results.facets
        if facet.name in FIRST
    }
    assert counts == {
        "entry_kind": {"self-help-group": 2, "contact-point": 1},
        "topic": {"sorg": 2, "gaeld": 1},
        "region": {},
        "place": {"aarhus": 1, "randers": 2},
    }


def test_nothing_found_helps_and_is_no_error(client: Client, aarhus: Entry) -> None:
    assert "torv-empty" in html(client, f"{LIST}?q=helikopter")


@pytest.mark.parametrize(
    "query",
    [
        "page=x",
        "page=-1",
        "page=99999999999",
        "topic=nowhere",
        "place=%00",
        "entry_kind[]=1",
        "q=%22",
        "q=%FF",
        "q=" + "a" * 999,
    ],
)
def test_a_garbled_address_is_answered(client: Client, aarhus: Entry, query: str) -> None:
    html(client, f"{LIST}?{query}")
    html(client, f"{LIST}{aarhus.slug}/?{query}")


def test_an_unknown_filter_is_named_to_the_reader(client: Client, aarhus: Entry) -> None:
    response = client.get(f"{LIST}?topic=nowhere")
    assert list(response.context["filterset"].messages) == ["topic"]


def test_the_number_of_entries_on_a_page_is_a_setting(client: Client, aarhus: Entry) -> None:
    with override_settings(TORV_DIRECTORY={"PER_PAGE": 2}):
        assert len(titles(client, LIST)) == 2
        assert len(titles(client, f"{LIST}?page=2")) == 1


def test_the_way_back_from_an_entry_keeps_the_filter(client: Client, aarhus: Entry) -> None:
    hit = client.get(f"{LIST}?topic=sorg&q=aarhus").context["results"].hits[0]
    assert hit.url == f"{LIST}{aarhus.slug}/?q=aarhus&topic=sorg"
    assert client.get(hit.url).context["back_url"] == f"{LIST}?q=aarhus&topic=sorg"


def test_without_a_filter_addresses_stay_plain(client: Client, aarhus: Entry) -> None:
    hit = client.get(f"{LIST}?q=").context["results"].hits[0]
    assert "?" not in hit.url
    assert client.get(hit.url).context["back_url"] == LIST


def test_only_a_filter_comes_along_on_the_way_back(client: Client, aarhus: Entry) -> None:
    response = client.get(f"{LIST}{aarhus.slug}/?next=//evil.example&q={quote('<script>')}")
    assert response.context["back_url"] == f"{LIST}?q=%3Cscript%3E"
    assert "<script>alert" not in response.content.decode()


def test_the_canonical_address_has_no_filter(client: Client, aarhus: Entry) -> None:
    here = f"http://localhost{LIST}"
    assert f'<link rel="canonical" href="{here}">' in html(client, f"{LIST}?topic=sorg")
    entry = html(client, f"{LIST}{aarhus.slug}/?topic=sorg")
    assert f'<link rel="canonical" href="{here}{aarhus.slug}/">' in entry


def test_an_entry_shows_its_facts_as_links_and_words(client: Client, aarhus: Entry) -> None:
    aarhus.email, aarhus.website = "sorg@torvkoebing.example", "https://www.sorg.example/om"
    aarhus.assured_on = date(2026, 10, 5)
    aarhus.locations = [
        Location(address_1="Nygade 1", postal_code="8000", city="Aarhus", region="Midtjylland"),
    ]
    aarhus.summary, aarhus.description = "Vi mødes.", "<p>Hver <b>tirsdag</b>.</p>"
    aarhus.save()
    page = html(client, f"{LIST}{aarhus.slug}/")
    for part in (
        "<h1>Sorggruppen i Aarhus</h1>",
        '<a href="tel:+45-86-12-34-56">+45 86 12 34 56</a>',
        '<a href="mailto:sorg@torvkoebing.example">sorg@<wbr>torvkoebing.example</a>',
        '<a href="https://www.sorg.example/om">sorg.example</a>',
        "<address>Nygade 1<br>8000 Aarhus<br>Midtjylland</address>",
        '<time datetime="2026-10-05">',
        "<p>Hver <b>tirsdag</b>.</p>",
        f'<a class="tag" href="{LIST}?topic=sorg">Sorg</a>',
    ):
        assert part in page


def test_what_an_editor_typed_is_escaped(
    client: Client, directory_page: DirectoryPage, make_entry: MakeEntry
) -> None:
    make_entry("<script>x</script>", slug="x", summary="<img src=y>", cities=["<b>z</b>"])
    page = html(client, f"{LIST}x/")
    assert not [text for text in ("<script>x", "<img src=y", "<b>z") if text in page]


@pytest.mark.parametrize(
    "fields",
    [
        {"live": False},
        {"visible_from": datetime(2999, 1, 1, tzinfo=UTC)},
        {"visible_to": datetime(2000, 1, 1, tzinfo=UTC)},
    ],
)
def test_what_is_not_public_has_no_page(
    client: Client,
    directory_page: DirectoryPage,
    make_entry: MakeEntry,
    locales: dict[str, Locale],
    fields: dict[str, object],
) -> None:
    entry = make_entry(**fields)
    translate(entry, locales["de"])
    assert client.get(f"{LIST}{entry.slug}/").status_code == 404


def test_an_unknown_entry_is_not_found(client: Client, directory_page: DirectoryPage) -> None:
    assert client.get(f"{LIST}nobody/").status_code == 404
    assert client.get(f"{LIST}nobody/more/").status_code == 404


def test_a_translated_entry_is_read_in_the_language_of_the_page(
    client: Client, aarhus: Entry, german_page: DirectoryPage, locales: dict[str, Locale]
) -> None:
    translate(aarhus, locales["de"], name="Trauergruppe in Aarhus")
    page = html(client, f"/de/verzeichnis/{aarhus.slug}/")
    assert "<h1>Trauergruppe in Aarhus</h1>" in page
    assert "+45 86 12 34 56" in page
    assert ">Trauer</a>" in page
    assert '<html lang="de">' in page


def test_an_untranslated_entry_shows_its_source_text_marked_with_its_language(
    client: Client, aarhus: Entry, german_page: DirectoryPage
) -> None:
    page = html(client, f"/de/verzeichnis/{aarhus.slug}/")
    assert '<h1 lang="da">Sorggruppen i Aarhus</h1>' in page
    assert f'<link rel="canonical" href="http://localhost{LIST}{aarhus.slug}/">' in page


def test_a_topic_without_a_translation_is_marked_with_its_language(
    client: Client, german_page: DirectoryPage, make_entry: MakeEntry, make_topic: MakeTopic
) -> None:
    make_entry("KISS", locale="de", topics=[make_topic("Gæld")])
    assert '<li lang="da">' in html(client, "/de/verzeichnis/kiss/")


def test_the_language_switch_leads_to_the_same_entry_and_keeps_the_filter(
    client: Client, aarhus: Entry, german_page: DirectoryPage
) -> None:
    response = client.get(f"{LIST}{aarhus.slug}/?topic=sorg")
    assert response.context["language_urls"] == {
        "da": f"{LIST}{aarhus.slug}/?topic=sorg",
        "de": f"/de/verzeichnis/{aarhus.slug}/?topic=sorg",
    }
    assert client.get(f"{LIST}?topic=sorg").context["language_urls"]["de"] == "/de/verzeichnis/?topic=sorg"


def test_a_draft_directory_page_is_not_in_the_language_switch(
    client: Client, aarhus: Entry, german_page: DirectoryPage
) -> None:
    german_page.unpublish()
    assert list(client.get(f"{LIST}{aarhus.slug}/").context["language_urls"]) == ["da"]


def test_search_engines_are_told_of_the_languages_that_have_a_text(
    client: Client, aarhus: Entry, german_page: DirectoryPage, locales: dict[str, Locale]
) -> None:
    address = f"{LIST}{aarhus.slug}/"
    assert "hreflang=" not in html(client, address).split("</head>")[0]
    translate(aarhus, locales["de"])
    head = html(client, f"{address}?topic=sorg").split("</head>")[0]
    for code, path in (("da", address), ("de", f"/de/verzeichnis/{aarhus.slug}/"), ("x-default", address)):
        assert f'<link rel="alternate" hreflang="{code}" href="http://testserver{path}">' in head


def test_the_way_here_is_shown_on_the_page(client: Client, aarhus: Entry) -> None:
    page = html(client, f"{LIST}{aarhus.slug}/?topic=sorg")
    trail = page[page.index('<nav class="breadcrumb') :].split("</nav>")[0]
    assert f'href="{LIST}"' in trail
    assert trail.index("Vejviser") < trail.index("Sorggruppen i Aarhus")


def test_lists_and_entries_set_no_cookie(client: Client, aarhus: Entry) -> None:
    for address in (LIST, f"{LIST}?q=sorg", f"{LIST}{aarhus.slug}/"):
        assert not client.get(address).cookies


def test_queries_do_not_grow_with_the_entries(
    client: Client,
    german_page: DirectoryPage,
    make_entry: MakeEntry,
    make_topic: MakeTopic,
    locales: dict[str, Locale],
) -> None:
    topics = [make_topic("Sorg", de="Trauer")]

    def queries(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    def add(number: int) -> None:
        for index in range(number):
            entry = make_entry(f"Gruppe {index}", cities=[f"By {index}"], topics=topics)
            translate(entry, locales["de"])
        index_entries()

    add(12)  # fewer would have the search look further
    few = {address: queries(address) for address in (LIST, f"{LIST}?q=gruppe&topic=sorg", f"{LIST}gruppe-0/")}
    topics += [make_topic(f"Emne {index}") for index in range(4)]
    add(8)
    many = {address: queries(address) for address in few}
    assert many == few


def test_the_sitemap_lists_entries_that_have_a_text_in_the_language(
    rf: RequestFactory, aarhus: Entry, german_page: DirectoryPage, locales: dict[str, Locale]
) -> None:
    translate(aarhus, locales["de"])
    Entry.objects.filter(name__contains="Randers").update(live=False)
    request = rf.get("/")
    german = [url["location"] for url in german_page.get_sitemap_urls(request)]
    danish = [url["location"] for url in DirectoryPage.objects.get(slug="vejviser").get_sitemap_urls(request)]
    assert german == [f"http://localhost/de/verzeichnis/{end}" for end in ("", "sorggruppen-i-aarhus/")]
    assert danish == [
        f"http://localhost{LIST}{end}" for end in ("", "sorggruppen-i-aarhus/", "gaeldsraadgivning/")
    ]
