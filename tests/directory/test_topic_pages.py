"""The index of topics, the search among them, and one topic with all that carries it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, PageViewRestriction, Site

from cms_blocks.models import Topic
from cms_blocks.pages.models import StandardPage, StandardPageTopic
from directory.models import Entry, EntryTopic, Location
from directory.pages.models import DirectoryPage, TopicIndexPage
from search import indexing, registry
from search.models import QueryCount, SearchDocument

from .conftest import MakeEntry, MakeTopic, published_translation

INDEX = "/da/emner/"


@pytest.fixture
def index_page(directory_page: DirectoryPage, site: Site) -> TopicIndexPage:
    home = site.root_page
    home.refresh_from_db()
    return home.add_child(instance=TopicIndexPage(title="Emner", slug="emner"))


@pytest.fixture
def german_index(index_page: TopicIndexPage, locales: dict[str, Locale]) -> TopicIndexPage:
    return published_translation(index_page, locales["de"], title="Themen", slug="themen")


@pytest.fixture
def grief(make_topic: MakeTopic) -> Topic:
    """A topic with one above, one below, one related and one that leads to it."""
    mind = make_topic("Psyke", de="Psyche", scope_note="Når sindet er tungt.")
    grief = make_topic("Sorg og tab", de="Trauer", alt_labels="dødsfald\nefterladt", broader=mind)
    make_topic("Sorg hos børn", broader=grief)
    grief.related.add(make_topic("Ensomhed"))
    make_topic("Savn", see=grief)
    return grief


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def index_all() -> None:
    for searchable in registry.searchables():
        indexing.refresh(searchable, list(searchable.keys()))


def add_page(site: Site, title: str, *topics: Topic) -> StandardPage:
    site.root_page.refresh_from_db()
    page: StandardPage = site.root_page.add_child(instance=StandardPage(title=title))
    page.topic_rows = [StandardPageTopic(topic=topic) for topic in topics]
    page.save_revision().publish()
    return page


def labels(client: Client, address: str) -> list[tuple[str, str]]:
    matches = client.get(address).context["matches"]
    return [(match.term.label, match.word) for match in matches]


def test_the_index_shows_the_hierarchy_and_the_letters(
    client: Client, index_page: TopicIndexPage, grief: Topic, make_topic: MakeTopic
) -> None:
    make_topic("Aarstider")
    context = client.get(INDEX).context
    [aar, ensomhed, psyke] = sorted(context["top"], key=lambda branch: branch.term.slug)
    assert [(branch.term.label, len(branch.narrower)) for branch in (aar, ensomhed, psyke)] == [
        ("Aarstider", 0),
        ("Ensomhed", 0),
        ("Psyke", 1),
    ]
    assert psyke.narrower[0].narrower[0].term.label == "Sorg hos børn"
    assert [letter.letter for letter in context["letters"]] == ["E", "P", "S", "Å"]
    page = html(client, INDEX)
    assert f'<a href="{INDEX}sorg-og-tab/">Sorg og tab</a>' in page
    assert "Savn <span" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("sorg", [("Sorg hos børn", ""), ("Sorg og tab", "")]),
        ("TAB", [("Sorg og tab", "")]),
        ("doedsf", [("Sorg og tab", "dødsfald")]),
        ("DØDS", [("Sorg og tab", "dødsfald")]),
        ("dødsfaldet", [("Sorg og tab", "dødsfald")]),
        ("savn", [("Sorg og tab", "Savn")]),
        ("børn sorg", [("Sorg hos børn", "")]),
        ("helikopter", []),
        ('"', []),
        ("%00", []),
    ],
)
def test_topics_are_found_by_names_and_other_words_however_spelled(
    client: Client, index_page: TopicIndexPage, grief: Topic, asked: str, found: list[tuple[str, str]]
) -> None:
    assert labels(client, f"{INDEX}?q={asked}") == found


def test_a_topic_that_is_not_found_leaves_ways_on(
    client: Client, index_page: TopicIndexPage, grief: Topic
) -> None:
    page = html(client, f"{INDEX}?q=<script>x")
    assert "<script>x" not in page
    assert "noindex" in page
    assert "?q=%3Cscript%3Ex" in page


def test_words_that_are_looked_for_among_topics_are_counted(
    client: Client, index_page: TopicIndexPage, grief: Topic
) -> None:
    for query in ("?q=sorg", "?q=xyzabc", ""):
        client.get(f"{INDEX}{query}", headers={"User-Agent": "Mozilla/5.0 Firefox/140.0"})
    counted = QueryCount.objects.order_by("without_result").values_list("count", "without_result")
    assert list(counted) == [(1, 0), (1, 1)]


def test_suggestions_are_at_most_ten_and_may_be_cached(
    client: Client, german_index: TopicIndexPage, grief: Topic, make_topic: MakeTopic
) -> None:
    for number in range(12):
        make_topic(f"Sorg {number}")
    answer = client.get(f"{INDEX}-/suggestions/?q=sorg")
    assert len(answer.json()["suggestions"]) == 10
    assert answer["Cache-Control"] == "max-age=300"
    assert not answer.cookies
    german = client.get("/de/themen/-/suggestions/?q=TRAU").json()["suggestions"]
    assert german == [{"label": "Trauer", "lang": "de", "hint": "", "url": "/de/themen/sorg-og-tab/"}]
    assert client.get(f"{INDEX}-/suggestions/").json() == {"suggestions": []}


def test_a_topics_page_shows_its_words_and_neighbours(
    client: Client, index_page: TopicIndexPage, grief: Topic
) -> None:
    page = html(client, f"{INDEX}sorg-og-tab/")
    assert "dødsfald, efterladt, Savn" in page
    for slug, label in (("sorg-hos-boern", "Sorg hos børn"), ("ensomhed", "Ensomhed")):
        assert f'<a class="tag" href="{INDEX}{slug}/">{label}</a>' in page
    trail = page[page.index('<nav class="breadcrumbs"') :].split("</nav>")[0]
    assert trail.index("Emner") < trail.index("Psyke") < trail.index("Sorg og tab")
    assert "Ensomhed" in html(client, f"{INDEX}ensomhed/")
    assert 'href="/da/emner/sorg-og-tab/"' in html(client, f"{INDEX}ensomhed/")


def test_a_topic_not_to_be_used_leads_to_the_other(
    client: Client, index_page: TopicIndexPage, grief: Topic
) -> None:
    response = client.get(f"{INDEX}savn/")
    assert (response.status_code, response["Location"]) == (302, f"{INDEX}sorg-og-tab/")
    assert client.get(f"{INDEX}nowhere/").status_code == 404
    assert client.get(f"{INDEX}sorg-og-tab/more/").status_code == 404


def test_all_that_carries_a_topic_stands_under_headings_by_kind(
    client: Client, site: Site, index_page: TopicIndexPage, grief: Topic, make_entry: MakeEntry
) -> None:
    below = Topic.objects.get(pref_label="Sorg hos børn")
    make_entry("Åse", topics=[grief])
    make_entry("Zita", topics=[below])
    make_entry("Netværket", kind="network", topics=[grief])
    make_entry("Noget andet", topics=[Topic.objects.get(pref_label="Ensomhed")])
    add_page(site, "Når du sørger", grief)
    index_all()
    groups = client.get(f"{INDEX}sorg-og-tab/").context["groups"]
    shown = [(group.value.label, [hit.row.title for hit in group.results.hits]) for group in groups]
    assert shown == [
        ("Information", ["Når du sørger"]),
        ("Selvhjælpsgrupper", ["Zita", "Åse"]),
        ("Netværk", ["Netværket"]),
    ]


def test_what_carries_a_topic_that_was_put_out_of_use_is_found_under_the_other(
    client: Client, site: Site, index_page: TopicIndexPage, grief: Topic, make_entry: MakeEntry
) -> None:
    loss = Topic.objects.create(pref_label="Tab", locale=grief.locale)
    entry = make_entry("Gruppen", topics=[loss])
    add_page(site, "Vejen", loss)
    Topic.objects.filter(pk=loss.pk).update(see=grief)
    index_all()
    groups = client.get(f"{INDEX}sorg-og-tab/").context["groups"]
    assert [group.results.total for group in groups] == [1, 1]
    assert f'href="{INDEX}sorg-og-tab/">Sorg og tab</a>' in html(client, f"/da/vejviser/{entry.slug}/")
    row = EntryTopic.objects.get(entry=entry)
    row.save()
    assert row.topic == grief


def test_a_long_group_leads_to_all_of_it(
    client: Client, index_page: TopicIndexPage, grief: Topic, make_entry: MakeEntry, settings: Any
) -> None:
    settings.TORV_DIRECTORY = {"PER_PAGE": 5}
    for number in range(8):
        make_entry(f"Gruppe {number}", topics=[grief])
    index_all()
    page = html(client, f"{INDEX}sorg-og-tab/")
    assert '<a href="?kind=self-help-group">Vis alle: Selvhjælpsgrupper (8)</a>' in page
    listed = client.get(f"{INDEX}sorg-og-tab/?kind=self-help-group&page=2")
    assert [hit.row.title for hit in listed.context["results"].hits] == [f"Gruppe {n}" for n in (5, 6, 7)]
    assert "noindex" in listed.content.decode()
    for garbled in ("kind=nothing", "kind=%00", "kind=self-help-group&page=x", "page=-1"):
        assert client.get(f"{INDEX}sorg-og-tab/?{garbled}").status_code == 200


def test_an_empty_topic_leads_upwards(client: Client, index_page: TopicIndexPage, grief: Topic) -> None:
    index_all()
    page = html(client, f"{INDEX}sorg-og-tab/")
    assert "torv-empty" in page
    assert f'<a href="{INDEX}psyke/">Se under “Psyke”</a>' in page


def test_a_topic_has_one_address_in_each_language_that_names_it(
    client: Client, german_index: TopicIndexPage, grief: Topic
) -> None:
    german = html(client, "/de/themen/sorg-og-tab/")
    assert "<h1>Trauer</h1>" in german
    assert '<link rel="canonical" href="http://localhost/de/themen/sorg-og-tab/">' in german
    assert f'hreflang="da" href="http://testserver{INDEX}sorg-og-tab/"' in german
    untranslated = html(client, "/de/themen/ensomhed/")
    assert '<h1 lang="da">Ensomhed</h1>' in untranslated
    assert f'<link rel="canonical" href="http://localhost{INDEX}ensomhed/">' in untranslated
    assert "hreflang=" not in untranslated.split("</head>")[0]


def test_the_sitemap_lists_topics_in_use_that_have_a_name(
    rf: RequestFactory, german_index: TopicIndexPage, grief: Topic
) -> None:
    def ends(page: TopicIndexPage) -> list[str]:
        return [url["location"].split("/", 4)[4] for url in page.get_sitemap_urls(rf.get("/"))]

    assert ends(german_index) == ["themen/", "themen/psyke/", "themen/sorg-og-tab/"]
    danish = TopicIndexPage.objects.get(slug="emner")
    assert "emner/ensomhed/" in ends(danish)
    assert "emner/savn/" not in ends(danish)


def test_tags_lead_to_the_topic_where_a_public_page_shows_topics(
    client: Client, site: Site, index_page: TopicIndexPage, grief: Topic, make_entry: MakeEntry
) -> None:
    entry = make_entry("Gruppen", topics=[grief])
    page = add_page(site, "Vejen", grief)
    addresses = (page.get_url(), f"/da/vejviser/{entry.slug}/")
    tag = f'<a class="tag" href="{INDEX}sorg-og-tab/">Sorg og tab</a>'
    assert all(tag in html(client, address) for address in addresses)
    PageViewRestriction.objects.create(page=index_page, restriction_type="login")
    assert not any(tag in html(client, address) for address in addresses)
    assert "?topic=sorg-og-tab" in html(client, addresses[0])


def test_queries_do_not_grow(
    client: Client, site: Site, german_index: TopicIndexPage, grief: Topic, make_entry: MakeEntry,
    make_topic: MakeTopic,
) -> None:  # fmt: skip
    addresses = [INDEX, f"{INDEX}?q=sorg", f"{INDEX}sorg-og-tab/", f"{INDEX}-/suggestions/?q=sorg"]

    def queries(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    def add(first: int, last: int) -> None:
        for number in range(first, last):
            topic = make_topic(f"Sorg nr. {number}", de=f"Trauer {number}", broader=grief)
            grief.related.add(make_topic(f"Andet {number}"))
            make_topic(f"Ordet {number}", see=grief)
            make_entry(f"Gruppe {number}", topics=[topic])
            add_page(site, f"Side {number}", topic, grief)
        index_all()

    add(0, 2)
    page = StandardPage.objects.get(title="Side 0").get_url()
    few = {address: queries(address) for address in (*addresses, page)}
    add(2, 9)
    assert {address: queries(address) for address in few} == few


def test_an_entry_about_a_sensitive_topic_is_shown_roughly(
    client: Client, index_page: TopicIndexPage, grief: Topic, make_entry: MakeEntry
) -> None:
    place = Location(
        address_1="Nygade 1", postal_code="8000", city="Aarhus", latitude=56.15631, longitude=10.2
    )
    entry: Entry = make_entry("Gruppen", topics=[Topic.objects.get(pref_label="Sorg hos børn")])
    entry.locations = [place]
    entry.save()
    Topic.objects.filter(pref_label="Psyke").update(is_sensitive=True)
    index_all()
    page = html(client, f"/da/vejviser/{entry.slug}/")
    assert "Nygade" not in page
    assert "8000 Aarhus" in page
    assert "data-torv-quick-exit" in page
    assert "application/ld+json" not in page
    document = SearchDocument.objects.filter(searchable="torv_directory.entry").first()
    assert document is not None
    assert (document.latitude, "Nygade" in document.body) == (56.16, False)
    assert "data-torv-quick-exit" in html(client, f"{INDEX}sorg-og-tab/")
    place.refresh_from_db()
    assert (place.address_1, place.latitude) == ("Nygade 1", 56.15631)
