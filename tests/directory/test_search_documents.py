from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, PageViewRestriction, Site

from cms_blocks.models import Topic
from directory.models import Entry, EntryTopic, Location
from directory.pages.models import DirectoryPage
from directory.search_documents import EntryKindFacet, EntrySearchable, PlaceFacet
from search.documents import Document
from search.results import StoredHit
from search.understanding import understand

from .conftest import MakeEntry, MakeTopic, index_entries, translate

searchable = EntrySearchable()


def documents(*entries: Entry) -> dict[str, Document]:
    """By locale, for one entry."""
    return {document.locale: document for document in searchable.documents([key(entry) for entry in entries])}


def key(entry: Entry) -> str:
    return searchable.key(entry)


def test_each_site_language_has_a_document_marked_with_the_language_of_its_text(
    make_entry: MakeEntry, locales: dict[str, Locale]
) -> None:
    entry = make_entry("Sorggruppen", summary="Vi mødes.")
    row = translate(entry, locales["de"], name="Trauergruppe", summary="Wir treffen uns.")
    found = documents(entry)
    texts = {code: (one.lang, one.title, one.summary, one.object_id) for code, one in found.items()}
    assert texts == {
        "da": ("da", "Sorggruppen", "Vi mødes.", entry.pk),
        "de": ("de", "Trauergruppe", "Wir treffen uns.", row.pk),
        "en": ("da", "Sorggruppen", "Vi mødes.", entry.pk),
    }
    assert {one.object_key for one in found.values()} == {key(entry)} == {key(row)}


def test_a_draft_translation_is_not_indexed(make_entry: MakeEntry, locales: dict[str, Locale]) -> None:
    entry = make_entry()
    translate(entry, locales["de"], live=False, name="Noch nicht")
    assert documents(entry)["de"].title == "Sorggruppen"


def test_an_entry_whose_source_row_is_not_live_has_no_document(
    make_entry: MakeEntry, locales: dict[str, Locale]
) -> None:
    entry = make_entry(live=False)
    translate(entry, locales["de"], live=True)
    assert documents(entry) == {}


def test_facts_come_from_the_source_row(
    make_entry: MakeEntry, make_topic: MakeTopic, locales: dict[str, Locale]
) -> None:
    until = datetime(2027, 1, 1, tzinfo=UTC)
    entry = make_entry(phone="+4586123456", topics=[make_topic("Sorg")], visible_to=until)
    place = {"postal_code": "8000", "city": "Århus", "region": "Midtjylland", "address_1": "Nygade 1"}
    Location.objects.create(entry=entry, latitude=56.2, longitude=10.2, **place)
    translate(entry, locales["de"])
    found = documents(entry)["de"]
    assert found.facets == {
        "age": ("child", "teenager", "young-adult", "adult", "senior"),
        "entry_kind": ("self-help-group",),
        "topic": ("sorg",),
        "place": ("aarhus",),
        "region": ("midtjylland",),
    }
    assert (found.visible_to, found.latitude, found.longitude) == (until, 56.2, 10.2)
    assert {name: found.stored[name] for name in ("slug", "city", "region", "phone", "kind")} == {
        "slug": "sorggruppen",
        "city": "Århus",
        "region": "Midtjylland",
        "phone": "+45 86 12 34 56",
        "kind": "self-help-group",
    }
    assert found.body == "Nygade 1, 8000 Århus, Midtjylland"


def test_topics_give_their_words_in_the_readers_language_else_in_their_own(
    make_entry: MakeEntry, make_topic: MakeTopic
) -> None:
    topics = [make_topic("Sorg", de="Trauer", alt_labels="Tab\nDødsfald"), make_topic("Gæld")]
    found = documents(make_entry(topics=topics))
    assert found["da"].keywords[:4] == ("Sorg", "Tab", "Dødsfald", "Gæld")
    assert found["de"].keywords[:2] == ("Trauer", "Gæld")


def test_the_description_is_indexed_as_plain_text_with_its_words_apart(make_entry: MakeEntry) -> None:
    entry = make_entry(
        description="<h3>Hvem?</h3><p>Alle &amp; <b>familien</b></p><ul><li>En</li><li>To</li></ul>"
    )
    assert documents(entry)["da"].body == "Hvem? Alle & familien En To"


def test_documents_cost_the_same_for_any_number_of_entries(
    make_entry: MakeEntry, make_topic: MakeTopic, locales: dict[str, Locale]
) -> None:
    topics = [make_topic("Sorg", de="Trauer"), make_topic("Gæld")]

    def queries() -> int:
        keys = list(searchable.keys())
        with CaptureQueriesContext(connection) as captured:
            assert len(list(searchable.documents(keys))) == 3 * len(keys)
        return len(captured)

    translate(make_entry(cities=["Aarhus"], topics=topics), locales["de"])
    few = queries()
    for _ in range(5):
        translate(make_entry(cities=["Aarhus", "Randers"], topics=topics), locales["de"])
    assert queries() == few


def test_keys_names_each_entry_once(make_entry: MakeEntry, locales: dict[str, Locale]) -> None:
    first, second = make_entry("B"), make_entry("A")
    translate(first, locales["de"])
    assert list(searchable.keys()) == [key(first), key(second)]


def test_a_changed_topic_place_or_link_concerns_the_entries_that_carry_it(
    make_entry: MakeEntry, make_topic: MakeTopic
) -> None:
    topic = make_topic("Sorg", de="Trauer")
    entry = make_entry(cities=["Aarhus"], topics=[topic])
    make_entry("Andre")
    changed = [topic, Topic.objects.get(source_row=topic), Location.objects.get(), EntryTopic.objects.get()]
    assert [list(searchable.related_keys(row)) for row in changed] == [[key(entry)]] * 4


def stored_hit(slug: str) -> StoredHit:
    texts = {"searchable": searchable.name, "object_key": "k", "locale": "da", "lang": "da", "kind": "entry"}
    place = {"latitude": None, "longitude": None, "other_positions": [], "checked_on": None}
    words = {"title": "", "keywords": [], "summary": "", "body": ""}
    return StoredHit(**texts, **words, **place, object_id=1, stored={"slug": slug})


def test_hits_are_addressed_below_the_directory_page_of_the_language(
    site: Site, directory_page: DirectoryPage, german_page: DirectoryPage
) -> None:
    danish, german = searchable.address(site, "da"), searchable.address(site, "de")
    assert danish is not None
    assert german is not None
    assert danish(stored_hit("sorg")) == "/da/vejviser/sorg/"
    assert german(stored_hit("sorg")) == "/de/verzeichnis/sorg/"
    assert searchable.address(site, "en") is None


def test_the_address_costs_one_query(site: Site, directory_page: DirectoryPage) -> None:
    searchable.address(site, "da")  # Wagtail remembers the sites' paths
    with CaptureQueriesContext(connection) as captured:
        assert searchable.address(site, "da") is not None
    assert len(captured) == 1


@pytest.mark.parametrize("where", ["page", "above"])
def test_a_directory_page_behind_a_login_is_no_address(
    site: Site, directory_page: DirectoryPage, where: str
) -> None:
    page = directory_page if where == "page" else directory_page.get_parent()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert searchable.address(site, "da") is None


def test_a_restriction_elsewhere_does_not_concern_the_directory_page(
    site: Site, directory_page: DirectoryPage
) -> None:
    neighbour = site.root_page.add_child(instance=DirectoryPage(title="Intern", slug="intern"))
    PageViewRestriction.objects.create(page=neighbour, restriction_type=PageViewRestriction.LOGIN)
    assert searchable.address(site, "da") is not None


def test_an_unpublished_directory_page_is_no_address(site: Site, directory_page: DirectoryPage) -> None:
    directory_page.unpublish()
    assert searchable.address(site, "da") is None


def test_the_directory_page_of_another_site_is_no_address(site: Site, directory_page: DirectoryPage) -> None:
    other = Site.objects.create(hostname="other.example", root_page=site.root_page.get_parent())
    Site.clear_site_root_paths_cache()
    assert searchable.address(other, "de") is None


def test_a_town_is_shown_as_it_was_first_written_in_one_query(make_entry: MakeEntry) -> None:
    for city in ("Århus", "Aarhus", "Randers"):
        make_entry(cities=[city])
    with CaptureQueriesContext(connection) as queries:
        assert PlaceFacet().labels(["aarhus", "nowhere"], "da") == {"aarhus": "Århus"}
    assert len(queries) == 1


def test_kinds_have_names_and_unknown_ones_none() -> None:
    assert EntryKindFacet().labels(["network", "club"], "en") == {"network": "Network"}


@pytest.mark.parametrize(
    ("locale", "written", "slug"),
    [
        ("de", "Trauergruppe Frankfurt am Main", "frankfurt-am-main"),
        ("de", "Mülheim an der Ruhr", "muelheim-an-der-ruhr"),
        ("de", "Osterode am Harz Sucht", "osterode-am-harz"),
        ("da", "Frankfurt am Main", "frankfurt-am-main"),
        ("de", "Osterode", "osterode"),
        ("da", "Nykøbing på Falster", "nykoebing-paa-falster"),
    ],
)
def test_a_place_with_a_stop_word_in_its_name_is_a_place(
    german_page: DirectoryPage, make_entry: MakeEntry, locale: str, written: str, slug: str
) -> None:
    cities = (
        "Frankfurt am Main",
        "Mülheim an der Ruhr",
        "Osterode am Harz",
        "Osterode",
        "Nykøbing på Falster",
    )
    make_entry("Trauergruppe", cities=(*cities, "Nykøbing på Falster"))
    index_entries()
    places = [place for clause in understand(written, locale).clauses for place in clause.place]
    assert places == [("place", slug)]


def test_an_entry_about_a_sensitive_topic_is_no_open_data(
    make_entry: MakeEntry, make_topic: MakeTopic, settings: Any
) -> None:
    above = make_topic("Misbrug", is_sensitive=True)
    topic = make_topic("Alkohol", broader=above)
    entry, other = make_entry(topics=(topic,)), make_entry("Sangkor", topics=(make_topic("Sang"),))
    assert {one.is_open for one in documents(entry).values()} == {False}
    assert {one.is_open for one in documents(other).values()} == {True}
    settings.TORV_BLOCKS = {"SENSITIVE_OPEN_DATA": True}
    assert {one.is_open for one in documents(entry).values()} == {True}
