"""What a search gets to know of Torv's pages."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from cms_blocks.plain_text import stream_text
from cms_blocks.search_documents import PageSearchable, TopicFacet
from search import registry
from search.results import StoredHit
from tests.cms_blocks import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    return PageSearchable()


@pytest.fixture
def german(home):
    return factories.home("de", "Marktplatz")


def documents(pages, *rows):
    found = pages.documents([str(row.translation_key) for row in rows])
    return {(document.title, document.locale): document for document in found}


def only(pages, row, locale="da"):
    return next(d for d in pages.documents([str(row.translation_key)]) if d.locale == locale)


def test_pages_and_the_topic_facet_are_registered():
    assert isinstance(registry.get("torv_pages.page"), PageSearchable)
    assert isinstance(registry.facets(["topic"])[0], TopicFacet)


def test_a_document_holds_all_words_of_the_page(home, pages):
    page = factories.below(
        home, title="Sorg", summary="Når du har mistet.", body=factories.four_blocks(factories.image())
    )
    page = factories.attach(page, persons=[factories.person(role="Leder", department="Psykiatri")])
    document = only(pages, page)
    assert (document.kind, document.title, document.summary) == ("page", "Sorg", "Når du har mistet.")
    assert (document.object_id, document.object_key) == (page.pk, str(page.translation_key))
    for words in (
        "Sådan gør du",
        "Ring til os om morgenen.",
        "Hvad koster det?",
        "Det er gratis.",
        "Lukket fredag",
        "Ring igen mandag.",
        "Torvet om sommeren",
        "Mette Lundager Leder Psykiatri",
    ):
        assert words in document.body
    assert "<" not in document.body
    assert "warning" not in document.body.lower()
    assert "example" not in document.body  # ways of contact are not text


def test_topics_are_keywords_in_the_reader_s_language_and_slugs_in_the_facet(home, german, pages):
    sorg = factories.topic("Sorg", alt_labels="tab\ndødsfald")
    factories.translated(sorg, "de", pref_label="Trauer", alt_labels="Verlust")
    page = factories.attach(factories.below(home), topics=[sorg, factories.topic("Ældre")])
    danish, foreign = only(pages, page), only(pages, page, "de")
    assert danish.keywords == ("Sorg", "tab", "dødsfald", "Ældre")
    assert foreign.keywords == ("Trauer", "Verlust", "Ældre")
    assert danish.facets == foreign.facets == {"topic": ("sorg", "aeldre"), "life_event": ()}


def test_every_locale_gets_the_translation_or_else_the_source_marked(home, german, pages):
    page = factories.below(home, title="Sorg")
    factories.below(german, title="Trauer", translation_key=page.translation_key)
    found = {(d.locale, d.lang): d.title for d in pages.documents([str(page.translation_key)])}
    assert found == {("da", "da"): "Sorg", ("de", "de"): "Trauer", ("en", "da"): "Sorg"}


def test_a_translation_that_is_a_draft_is_not_shown(home, german, pages):
    page = factories.below(home, title="Sorg")
    factories.below(german, title="Trauer", translation_key=page.translation_key, live=False)
    assert only(pages, page, "de").title == "Sorg"


def test_an_alias_carries_the_language_of_its_original_and_its_own_address(home, german, pages):
    page = factories.below(home, title="Sorg")
    alias = page.copy_for_translation(german.locale, alias=True)
    document = only(pages, page, "de")
    assert (document.lang, document.object_id) == ("da", alias.pk)
    assert document.stored["url_path"] == alias.url_path


def test_words_of_a_draft_are_not_in_the_document(home, pages):
    page = factories.below(home, title="Sorg", summary="Offentligt")
    page.summary = "Hemmeligt endnu"
    page.save_revision()
    assert only(pages, page).summary == "Offentligt"


def test_drafts_and_restricted_pages_have_no_document(home, pages):
    draft = factories.below(home, live=False)
    section = factories.section(home)
    below = factories.below(section)
    private = factories.below(home)
    beside = factories.below(home)
    for page, kind in ((section, "login"), (private, "groups")):
        restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind)
        restriction.groups.set(Group.objects.all()[:1] if kind == "groups" else [])
    rows = (draft, section, below, private, beside)
    keys = [str(row.translation_key) for row in rows]
    assert {d.object_key for d in pages.documents(keys)} == {str(beside.translation_key)}
    assert set(keys) <= set(pages.keys())


def test_queries_do_not_grow_with_the_pages(home, german, pages):
    def make(count):
        rows = []
        for i in range(count):
            topic, person = factories.topic(f"Emne {count} {i}"), factories.person(f"Person {count} {i}")
            factories.translated(topic, "de")
            page = factories.below(home, body=factories.four_blocks(factories.image(f"b{count}{i}", 20, 20)))
            rows.append(factories.attach(page, topics=[topic], persons=[person]))
            rows.append(factories.section(home))
            page.copy_for_translation(german.locale, alias=True)
        return rows

    def queries(rows):
        list(
            pages.documents([str(row.translation_key) for row in rows])
        )  # site roots and types are now known
        with CaptureQueriesContext(connection) as caught:
            found = list(pages.documents([str(row.translation_key) for row in rows]))
        assert len(found) == 3 * len(rows)
        return len(caught)

    assert queries(make(2)) == queries(make(8))


def test_a_page_belongs_to_the_site_of_its_tree(home, pages):
    other = factories.home("en", "Other town", translation_key="7b0c3b0e-7f7b-4b5a-9d5b-3f2f6d3c1a11")
    site = Site.objects.create(hostname="other.example", port=80, root_page=other)
    ours, theirs = factories.below(home), factories.below(other)
    assert {d.sites for d in documents(pages, ours).values()} == {
        (Site.objects.get(is_default_site=True).pk,)
    }
    assert {d.sites for d in documents(pages, theirs).values()} == {(site.pk,)}


def test_a_page_outside_every_site_has_no_document(home, pages):
    stray = factories.home("en", "Nowhere", translation_key="7b0c3b0e-7f7b-4b5a-9d5b-3f2f6d3c1a11")
    assert documents(pages, stray) == {}


def hit(document):
    return StoredHit(
        searchable="torv_pages.page",
        object_key=document.object_key,
        object_id=document.object_id,
        locale=document.locale,
        lang=document.lang,
        kind=document.kind,
        title=document.title,
        summary=document.summary,
        body=document.body,
        keywords=list(document.keywords),
        latitude=None,
        longitude=None,
        other_positions=[],
        checked_on=None,
        stored=document.stored,
    )


def test_addresses_are_made_without_a_query(home, german, pages, django_assert_num_queries):
    page = factories.below(home, title="Sorg")
    translation = factories.below(german, title="Trauer", translation_key=page.translation_key)
    address = pages.address(Site.objects.get(), "da")
    found = documents(pages, page)
    with django_assert_num_queries(0):
        assert address(hit(found["Sorg", "da"])) == "/da/sorg/"
        assert address(hit(found["Trauer", "de"])) == "/de/trauer/"
    assert (page.url, translation.url) == ("/da/sorg/", "/de/trauer/")


def test_a_page_that_expires_is_visible_until_then(home, pages):
    soon = timezone.now() + timedelta(days=1)
    page = factories.below(home, expire_at=soon)
    assert only(pages, page).visible_to == soon


def test_a_topic_or_a_person_names_the_pages_that_change_with_it(home, pages):
    sorg, mette = factories.topic("Sorg"), factories.person()
    german_topic = factories.translated(sorg, "de", pref_label="Trauer")
    page = factories.attach(factories.below(home), topics=[sorg], persons=[mette])
    factories.below(home)
    for row in (sorg, german_topic, mette, page.topic_rows.get(), page.contact_rows.get()):
        assert list(pages.related_keys(row)) == [str(page.translation_key)]
        assert isinstance(row, pages.related_models)


def test_a_home_page_is_found_by_its_introduction(home, pages):
    home.hero_heading, home.intro = "Velkommen til Torvkøbing", "Her bor vi godt."
    home.save_revision().publish()
    document = only(pages, home)
    assert document.summary == "Her bor vi godt."
    assert "Velkommen til Torvkøbing" in document.body


def test_topics_are_named_in_one_query_and_unknown_ones_left_out(home, django_assert_num_queries):
    sorg, _angst = factories.topic("Sorg"), factories.topic("Angst")
    factories.translated(sorg, "de", pref_label="Trauer")
    with django_assert_num_queries(1):
        assert TopicFacet().labels(["sorg", "angst", "ukendt"], "de") == {"sorg": "Trauer", "angst": "Angst"}
    assert TopicFacet().labels(["sorg"], "da") == {"sorg": "Sorg"}


def test_text_of_a_body_is_read_without_a_query(home, django_assert_num_queries):
    page = factories.below(home, body=factories.four_blocks(factories.image()))
    page.refresh_from_db()
    with django_assert_num_queries(0):
        assert stream_text(page.body).splitlines()[-2:] == ["Torvet om sommeren", "Torvet"]
