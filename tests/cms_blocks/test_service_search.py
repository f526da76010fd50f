"""What a search gets to know of services and life events."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms_blocks.models import LifeEvent
from cms_blocks.search_documents import LifeEventFacet, PageSearchable
from tests.cms_blocks import factories, services

pytestmark = pytest.mark.django_db


def documents(*pages):
    return list(PageSearchable().documents([str(page.translation_key) for page in pages]))


def test_the_document_holds_every_word_and_says_that_it_is_a_service(home):
    page = services.full_service(home)
    found = {document.locale: document for document in documents(page)}
    body = found["da"].body
    for text in services.TEXTS:
        assert text in (found["da"].title, found["da"].summary) or text in body, text
    for text in ("Torvkøbing", "23.05.02 G01", "Mette Lundager"):
        assert text in body
    assert found["da"].kind == "service"
    assert found["da"].facets["life_event"] == ("at-flytte",)
    assert "At flytte" in found["da"].keywords
    assert found["da"].stored["kind_label"] == "Ydelse"
    assert found["de"].stored["kind_label"] == "Leistung"


def test_a_page_of_text_says_no_kind(home):
    document = documents(factories.below(home, title="Sorg"))[0]
    assert (document.kind, document.stored["kind_label"]) == ("page", "")


def test_more_services_with_more_rows_cost_no_more_queries(home):
    one = services.full_service(home)
    documents(one)
    with CaptureQueriesContext(connection) as before:
        documents(one)
    others = [services.service(home) for _number in range(3)]
    for page in others:
        services.add_rows(page)
        page.save_revision().publish()
    with CaptureQueriesContext(connection) as after:
        documents(one, *others)
    assert len(after) == len(before)


def test_a_changed_life_event_reaches_the_documents_of_its_services(home):
    page = services.full_service(home)
    services.service(home, title="Kørekort")
    searchable = PageSearchable()
    event = LifeEvent.objects.get()
    for instance in (event, page.life_event_rows.get(), factories.translated(event, "de")):
        assert list(searchable.related_keys(instance)) == [str(page.translation_key)]


def test_the_facet_names_life_events_in_the_reader_s_language(home):
    event = services.life_event("At flytte")
    factories.translated(event, "de", pref_label="Umziehen")
    facet = LifeEventFacet()
    assert facet.labels(["at-flytte"], "de") == {"at-flytte": "Umziehen"}
    assert facet.labels(["at-flytte"], "en") == {"at-flytte": "At flytte"}


def test_a_life_event_has_one_address_in_every_language(home, english):
    event = services.life_event("At få barn")
    german = factories.translated(event, "de", pref_label="Ein Kind bekommen")
    assert (event.slug, german.slug) == ("at-faa-barn", "at-faa-barn")
    event.slug = "barn"
    event.save()
    german.refresh_from_db()
    assert german.slug == "barn"
    with pytest.raises(ValidationError, match="Another life event has this address"):
        LifeEvent(pref_label="Barn", slug="barn", locale=factories.locale("en")).full_clean()
