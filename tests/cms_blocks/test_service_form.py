"""The editor's form of a service: what is missing, said beside the field, and nothing typed lost."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms_blocks.models import LifeEvent
from cms_blocks.pages.models import ServicePage, ServicePageDeadline
from tests.cms_blocks import factories, services

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

LIFE_EVENTS = "wagtailsnippets_torv_blocks_lifeevent"
TEXTS = ("audience", "how_to", "outcome", "eligibility", "constraints", "special_cases")
PLAIN = (
    "summary",
    "status_reason",
    "digital_channel",
    "digital_channel_label",
    "digital_channel_note",
    "booking_url",
    "responsible_unit",
    "area_served",
    "identifier_scheme",
    "identifier",
    "seo_title",
    "search_description",
)
ROWS = (
    "common_tasks",
    "topic_rows",
    "life_event_rows",
    "steps",
    "requirements",
    "deadlines",
    "documents",
    "costs",
    "related_service_rows",
    "contact_rows",
    "physical_channels",
)


def form(**values):
    data = {"title": "Pas", "slug": "pas", "status": "active", "body": streamfield([])}
    data |= dict.fromkeys(PLAIN, "") | {name: rich_text("<p></p>") for name in TEXTS}
    data |= {name: inline_formset([]) for name in ROWS} | {"comments": inline_formset([])}
    return nested_form_data(data | values)


def add(client, home, **values):
    address = reverse("wagtailadmin_pages:add", args=("torv_pages", "servicepage", home.pk))
    return client.post(address, form(**values))


def errors(answer):
    given = answer.context["form"]
    return dict(given.errors), {
        name: [row for row in rows.errors if row] for name, rows in given.formsets.items() if rows.errors
    }


def test_a_draft_is_stored_with_a_title_alone_and_the_form_lists_what_is_missing(home, admin_client):
    assert add(admin_client, home).status_code == 302
    page = ServicePage.objects.get()
    assert not page.live
    html = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Not ready to publish yet" in html
    assert "Before publishing, give readers a way on" in html


def test_what_is_missing_for_publishing_is_said_beside_the_fields(home, admin_client):
    values = {"status": "suspended", "area_served": "Havmølle", "action-publish": "1"}
    answer = add(admin_client, home, **values)
    assert answer.status_code == 200
    assert set(errors(answer)[0]) == {"summary", "status_reason", "digital_channel"}
    assert 'value="Havmølle"' in answer.content.decode(), "nothing typed is lost"
    assert not ServicePage.objects.filter(live=True).exists()


@pytest.mark.parametrize("way", ["digital_channel", "booking_url", "contact_rows", "physical_channels"])
def test_any_one_way_on_is_enough_for_publishing(home, admin_client, way):
    ways = {
        "digital_channel": "https://start.example/",
        "booking_url": "https://tid.example/",
        "contact_rows": inline_formset([{"person": factories.person().pk}]),
        "physical_channels": inline_formset(
            [
                {
                    "name": "Rådhuset",
                    "address_1": "Torvet 1",
                    "address_2": "",
                    "postal_code": "",
                    "city": "",
                    "note": "",
                }
            ]
        ),
    }
    answer = add(admin_client, home, **{"summary": "Et pas.", way: ways[way], "action-publish": "1"})
    assert answer.status_code == 302, errors(answer)
    assert ServicePage.objects.get().live


def test_a_row_taken_away_is_no_way_on(home, admin_client):
    page = services.service(home, title="Pas", digital_channel="")
    page.contact_rows = [services.models.ServicePageContact(person=factories.person())]
    page.save_revision().publish()
    row = ServicePage.objects.get(pk=page.pk).contact_rows.get()
    data = form(summary="Et pas.", contact_rows=inline_formset([{"person": row.person_id}], initial=1))
    data |= {"contact_rows-0-id": row.pk, "contact_rows-0-DELETE": "1", "action-publish": "1"}
    answer = admin_client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert set(errors(answer)[0]) == {"digital_channel"}


def test_wrong_rows_and_numbers_are_named_beside_their_fields(home, admin_client):
    row = {"milestone": "Svar", "interval": "", "date": "", "description": ""}
    answer = add(
        admin_client, home, identifier_scheme="kle", identifier="27-36", deadlines=inline_formset([row])
    )
    fields, rows = errors(answer)
    assert "27.36.04" in fields["identifier"][0]
    assert set(rows["deadlines"][0]) == {"interval"}
    assert not ServicePageDeadline.objects.exists()


def test_related_services_can_only_be_service_pages():
    field = services.models.ServicePageRelatedService._meta.get_field("service")
    assert field.related_model is ServicePage


def test_life_events_are_listed_and_named_in_the_admin(home, admin_client):
    answer = admin_client.post(
        reverse(f"{LIFE_EVENTS}:add"), {"pref_label": "At få barn", "intro": "Det første år.", "slug": ""}
    )
    assert answer.status_code == 302
    assert LifeEvent.objects.get().slug == "at-faa-barn"
    html = admin_client.get(reverse(f"{LIFE_EVENTS}:list")).content.decode()
    assert "At få barn" in html
    assert "Det første år." in html
