"""A service page as citizens read it, and what must be there before they do."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms_blocks import identifiers
from cms_blocks.pages import models
from cms_blocks.pages.models import ServicePage
from tests.cms_blocks import factories, services

pytestmark = pytest.mark.django_db


def read(client, page):
    answer = client.get(page.url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_citizen_reads_everything_in_the_order_of_need(home, client):
    html = read(client, services.full_service(home))
    for text in services.TEXTS:
        assert text in html, text
    for shown in (
        "1.893,50 kroner",
        "1. maj 2027",
        "Torvet 1",
        "6350 Torvkøbing",
        'href="tel:+45-68-00-12-34"',
    ):
        assert shown in html, shown
    anchors = ("audience", "steps", "requirements", "outcome", "deadlines", "costs", "eligibility")
    anchors += ("constraints", "special-cases", "contact", "physical-channels", "documents")
    places = [html.index(f' id="{anchor}"') for anchor in anchors]
    assert places == sorted(places)
    assert all(f'href="#{anchor}"' in html for anchor in anchors)


def test_only_headings_with_content_are_shown(home, client):
    page = services.service(home, audience='<p data-block-key="a"></p>', outcome="<p>Et svar.</p>")
    html = read(client, page)
    assert html.count("torv-section") == 1
    assert 'id="outcome"' in html
    assert "torv-contents" not in html, "a short page needs no list of its headings"


def test_a_suspended_service_says_why_first_and_offers_no_start(home, client):
    page = services.service(home, status="suspended", status_reason="Lukket i uge 29. Ring i stedet.")
    html = read(client, page)
    assert html.index("Lukket i uge 29.") < html.index("<h1")
    assert "https://start.example/" not in html
    assert "https://start.example/" not in json.dumps(page.structured_data(RequestFactory().get("/")))


def test_related_services_are_linked_in_the_reader_s_language_unless_they_are_private(home, client):
    german_home = factories.home("de", "Marktplatz")
    passport = services.service(home, title="Pas")
    german = services.service(german_home, title="Pass", translation_key=passport.translation_key)
    secret = services.service(home, title="Hemmelig")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    page = services.service(german_home, title="Umzug")
    page.related_service_rows = [
        models.ServicePageRelatedService(service=passport),
        models.ServicePageRelatedService(service=secret),
    ]
    page.save_revision().publish()
    html = read(client, page)
    assert f'href="{german.url}"' in html
    assert "Hemmelig" not in html


def test_more_rows_of_every_sort_cost_no_more_queries(home, client):
    page = services.full_service(home)
    other = services.service(home, title="Kørekort")
    page.related_service_rows = [models.ServicePageRelatedService(service=other)]
    page.save_revision().publish()
    read(client, page)
    with CaptureQueriesContext(connection) as before:
        read(client, page)

    for number in range(3):
        services.add_rows(page)
        third = services.service(home, title=f"Ydelse {number}")
        page.related_service_rows = [
            *page.related_service_rows.all(),
            models.ServicePageRelatedService(service=third),
        ]
        page.contact_rows = [
            *page.contact_rows.all(),
            models.ServicePageContact(person=factories.person(f"Person {number}")),
        ]
        page.topic_rows = [
            *page.topic_rows.all(),
            models.ServicePageTopic(topic=factories.topic(f"Emne {number}")),
        ]
        page.life_event_rows = [
            *page.life_event_rows.all(),
            models.ServicePageLifeEvent(life_event=services.life_event(f"Livet {number}")),
        ]
    page.save_revision().publish()
    with CaptureQueriesContext(connection) as after:
        html = read(client, page)
    assert "Livet 2" in html
    assert len(after) == len(before)


def test_a_draft_may_lack_what_a_published_service_must_have(home, english):
    page = factories.below(home, ServicePage, title="Pas", live=False)
    page.status = "suspended"
    revision = page.save_revision()
    with pytest.raises(ValidationError) as error:
        revision.publish()
    assert set(error.value.message_dict) == {"summary", "status_reason", "digital_channel"}
    page.refresh_from_db()
    assert not page.live

    page.summary, page.status_reason = "Et nyt pas.", "Vi flytter."
    page.contact_rows = [models.ServicePageContact(person=factories.person())]
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.live


@pytest.mark.parametrize(
    ("row", "at_fault"),
    [
        (models.ServicePageDeadline(milestone="Svar"), "interval"),
        (models.ServicePageDeadline(milestone="Svar", interval="snart", date=date(2027, 1, 1)), "date"),
        (models.ServicePageCost(label="Pas"), "amount"),
        (models.ServicePageCost(label="Pas", is_free=True, amount=Decimal(5)), "amount"),
        (models.ServicePageCost(label="Pas", amount=Decimal(-5)), "amount"),
        (models.ServicePageTask(title="Find os"), "link_page"),
    ],
)
def test_a_row_that_says_too_little_or_two_things_is_refused_beside_its_field(row, at_fault):
    with pytest.raises(ValidationError) as error:
        row.clean()
    assert set(error.value.message_dict) == {at_fault}


def test_a_cost_may_be_free_or_depend_on_something():
    models.ServicePageCost(label="Samtale", is_free=True).clean()
    models.ServicePageCost(label="Plejehjem", note="Efter indkomst.").clean()
    models.ServicePageCost(label="Kort", amount=Decimal(0)).clean()


@pytest.mark.parametrize(
    ("scheme", "written", "stored"),
    [
        ("kle", "27.36.04", "27.36.04"),
        ("kle", " 27.36.04  g01 ", "27.36.04 G01"),
        ("leika", "99 01234 5678901", "99012345678901"),
        ("", "", ""),
    ],
)
def test_the_number_of_a_service_is_stored_in_one_form(scheme, written, stored):
    page = ServicePage(identifier_scheme=scheme, identifier=identifiers.tidy(scheme, written))
    identifiers.validate(page.identifier_scheme, page.identifier)
    assert page.identifier == stored


@pytest.mark.parametrize(
    ("scheme", "written", "at_fault"),
    [
        ("kle", "27-36-04", "identifier"),
        ("kle", "27.36", "identifier"),
        ("leika", "9901234", "identifier"),
        ("leika", "27.36.04", "identifier"),
        ("kle", "", "identifier"),
        ("", "27.36.04", "identifier_scheme"),
    ],
)
def test_a_number_of_another_form_is_refused_beside_its_field(scheme, written, at_fault):
    with pytest.raises(ValidationError) as error:
        identifiers.validate(scheme, identifiers.tidy(scheme, written))
    assert set(error.value.message_dict) == {at_fault}


def test_search_engines_read_a_government_service(home, rf):
    page = services.full_service(home)
    data = page.structured_data(rf.get(page.url))
    assert data["@type"] == "GovernmentService"
    assert (data["name"], data["description"]) == ("Pas", "Sådan får du et nyt pas.")
    assert data["inLanguage"] == "da"
    assert data["areaServed"] == "Hele kommunen"
    assert data["audience"] == {"@type": "Audience", "audienceType": "Alle borgere i Torvkøbing."}
    assert data["provider"] == {"@type": "GovernmentOrganization", "name": "Borgerservice"}
    addresses = [channel.get("serviceUrl") for channel in data["availableChannel"]]
    assert addresses == ["https://start.example/", "https://tid.example/", None]
    assert data["availableChannel"][2]["serviceLocation"]["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "Torvet 1",
        "postalCode": "6350",
        "addressLocality": "Torvkøbing",
    }
    json.dumps(data)


def test_empty_keys_are_left_out_of_the_structured_data(home, rf):
    data = services.service(home, title="Pas").structured_data(rf.get("/"))
    assert "audience" not in data
    assert "areaServed" not in data
    assert all(data.values())
