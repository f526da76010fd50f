"""Contact persons: what readers see, address cards, archived ones, and protection while in use."""

import uuid

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction, ReferenceIndex

from cms_blocks import references, vcard
from cms_blocks.models import ContactPerson
from cms_blocks.search_documents import PageSearchable
from tests.cms_blocks import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

PERSONS = "wagtailsnippets_torv_blocks_contactperson"


def text(answer):
    return answer.content.decode()


def card_of(person, **query):
    return reverse("torv_blocks:vcard", args=[person.translation_key]) + (
        f"?lang={query['lang']}" if query else ""
    )


def read_back(card):
    """Name -> value of each line, by the rules of RFC 2426: unfolded, then unescaped."""
    lines = card.replace("\r\n ", "").split("\r\n")
    pairs = [line.partition(":") for line in lines if line]
    return {
        name: value.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
        for name, _, value in pairs
    }


@pytest.fixture
def mette(home):
    return factories.person(
        role="Leder, team 1; nat",
        department="Psykiatri",
        organisation="Torvkøbing Kommune",
        area_of_responsibility="Støtte til pårørende",
        opening_hours="Mandag 10-12\nTorsdag 14-16",
        phone="+4568002011",
        mobile="+4568092011",
        website="https://torvkoebing.example/mette",
    )


@pytest.fixture
def page(home, mette):
    return factories.attach(factories.below(home, title="Åben Dialog"), persons=[mette])


def test_the_card_on_a_page_shows_all_public_facts(page, mette, client):
    html = text(client.get(page.url))
    for words in (
        "Torvkøbing Kommune",
        "Støtte til pårørende",
        "Mandag 10-12<br>Torsdag 14-16",
        'href="https://torvkoebing.example/mette"',
        card_of(mette, lang="da"),
    ):
        assert words in html


def test_a_card_without_the_new_facts_has_no_empty_lines(home, client):
    page = factories.attach(factories.below(home), persons=[factories.person()])
    html = text(client.get(page.url))
    for part in ("__area", "__hours", "__department", "open-in-new"):
        assert part not in html


def test_an_address_card_can_be_read_back(page, mette, client):
    answer = client.get(card_of(mette))
    assert answer["Content-Type"] == "text/vcard; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="{mette.translation_key}.vcf"'
    read = read_back(text(answer))
    assert read == {
        "BEGIN": "VCARD",
        "VERSION": "3.0",
        "FN": "Mette Lundager",
        "N": "Lundager;Mette;;;",
        "ORG": "Torvkøbing Kommune;Psykiatri",
        "TITLE": "Leder, team 1; nat",
        "EMAIL;TYPE=INTERNET,WORK": "mette.lundager@torvkoebing.example",
        "TEL;TYPE=WORK,VOICE": "+4568002011",
        "TEL;TYPE=WORK,CELL": "+4568092011",
        "URL": "https://torvkoebing.example/mette",
        "NOTE": "Støtte til pårørende\nMandag 10-12\nTorsdag 14-16",
        "UID": f"urn:uuid:{mette.translation_key}",
        "END": "VCARD",
    }


def test_long_lines_are_folded_between_letters(home):
    person = factories.person(area_of_responsibility="æøå" * 90)
    card = vcard.card(person)
    assert all(len(line.encode()) <= 75 for line in card.split("\r\n"))
    assert read_back(card)["NOTE"] == "æøå" * 90


def test_a_line_break_in_a_name_cannot_add_a_line(home):
    person = factories.person("Mette\r\nTEL:+4500000000", role="a\nb\\n")
    assert "\r\nTEL:" not in vcard.card(person)
    assert "TITLE:a\\nb\\\\n\r\n" in vcard.card(person)


def test_an_address_card_speaks_the_asked_language(page, mette, client):
    factories.translated(mette, "de", role="Leiterin", department="Psychiatrie")
    assert "TITLE:Leiterin" in text(client.get(card_of(mette, lang="de")))
    for other in ("da", "en", "xx"):
        assert "TITLE:Leder" in text(client.get(card_of(mette, lang=other)))


def test_only_persons_on_a_page_that_all_may_read_have_an_address_card(home, mette, client):
    assert client.get(card_of(mette)).status_code == 404
    page = factories.attach(factories.below(home), persons=[mette])
    assert client.get(card_of(mette)).status_code == 200
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(card_of(mette)).status_code == 404
    assert references.contacts(page)[0].vcard_url == ""
    restriction.delete()
    page.unpublish()
    assert client.get(card_of(mette)).status_code == 404
    assert client.get(reverse("torv_blocks:vcard", args=[uuid.uuid4()])).status_code == 404


def test_queries_of_cards_do_not_grow(home, mette, client):
    def queries(person):
        page = factories.StandardPage.objects.get(title="Mange")
        with CaptureQueriesContext(connection) as contacts:
            references.contacts_of([row.person_id for row in page.contact_rows.all()], page.locale_id)
        with CaptureQueriesContext(connection) as card:
            client.get(card_of(person))
        return len(contacts), len(card)

    page = factories.attach(factories.below(home, title="Mange"), persons=[mette])
    client.get(card_of(mette))
    few = queries(mette)
    factories.attach(page, persons=[mette, *(factories.person(f"Person {i}") for i in range(6))])
    factories.attach(factories.below(home), persons=[mette])
    assert queries(mette) == few


def test_an_archived_person_is_on_no_page_card_or_search_and_editors_are_told(
    page, mette, client, admin_client
):
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "(archived, not shown)" not in text(admin_client.get(edit))
    mette.archived = True
    mette.save()
    assert references.contacts(page) == []
    assert "Mette Lundager" not in text(client.get(page.url))
    assert client.get(card_of(mette)).status_code == 404
    documents = PageSearchable().documents([str(page.translation_key)])
    assert all("Mette" not in document.body for document in documents)
    assert "Mette Lundager (archived, not shown)" in text(admin_client.get(edit))


def test_a_page_with_an_archived_person_can_still_be_saved(page, mette):
    mette.archived = True
    mette.save()
    page.full_clean()
    page.save_revision().publish()
    assert page.contact_rows.get().person == mette


def test_the_chooser_does_not_offer_archived_persons(home, mette, admin_client):
    jens = factories.person("Jens Toft", archived=True)
    factories.translated(jens, "de", role="Pfleger")
    for view in ("choose", "choose_results"):
        page = text(admin_client.get(reverse(f"wagtailsnippetchoosers_torv_blocks_contactperson:{view}")))
        assert "Mette Lundager" in page
        assert "Jens Toft" not in page


def test_the_list_shows_and_filters_archived_persons(home, mette, admin_client):
    factories.translated(factories.person("Jens Toft", archived=True), "de", role="Pfleger")
    url = reverse(f"{PERSONS}:list_results")
    assert "archived, not shown" in text(admin_client.get(url))
    archived = text(admin_client.get(url, {"archived": "true"}))
    current = text(admin_client.get(url, {"archived": "false"}))
    assert archived.count("Jens Toft (archived") >= 2
    assert "Mette Lundager" not in archived
    assert "Jens Toft" not in current
    assert "Mette Lundager" in current


def test_the_list_counts_pages_without_a_query_for_each_row(home, mette, admin_client):
    row = factories.translated(mette, "de", role="Leiterin")
    for _ in range(2):
        factories.attach(factories.below(home), persons=[mette, factories.person("Jens Toft")])
    counts = {
        person.pk: person.usage_count
        for person in ContactPerson.snippet_viewset.get_queryset(RequestFactory().get("/"))
    }
    assert counts[mette.pk] == counts[row.pk] == 2
    assert "Used 2 times" in text(admin_client.get(reverse(f"{PERSONS}:list")))


def test_a_translation_is_no_use_of_its_source(home, mette):
    factories.translated(mette, "de", role="Leiterin")
    assert not ReferenceIndex.get_references_to(mette).exists()


def test_the_usage_of_a_person_names_the_page(page, mette, admin_client):
    assert "Åben Dialog" in text(admin_client.get(reverse(f"{PERSONS}:usage", args=[mette.pk])))


def bulk_delete(*persons):
    query = "&".join(f"id={person.pk}" for person in persons)
    return reverse("wagtail_bulk_action", args=["torv_blocks", "contactperson", "delete"]) + f"?{query}"


def test_a_person_in_use_is_not_deleted_and_the_message_says_where(page, mette, admin_client):
    other = factories.person("Jens Toft")
    for url in (reverse(f"{PERSONS}:delete", args=[mette.pk]), bulk_delete(mette, other)):
        for method in (admin_client.get, admin_client.post):
            answer = method(url, follow=True)
            assert "Mette Lundager is in use and cannot be deleted: Åben Dialog." in text(answer)
            assert reverse(f"{PERSONS}:usage", args=[mette.pk]) in text(answer)
    assert ContactPerson.objects.count() == 2


def test_an_unused_person_and_the_translation_of_a_used_one_can_be_deleted(page, mette, admin_client):
    row = factories.translated(mette, "de", role="Leiterin")
    admin_client.post(reverse(f"{PERSONS}:delete", args=[row.pk]))
    admin_client.post(bulk_delete(factories.person("Jens Toft")))
    assert list(ContactPerson.objects.all()) == [mette]
