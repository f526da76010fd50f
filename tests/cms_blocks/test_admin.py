"""The admin of topics, contact persons and the site's frame."""

from datetime import time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import Site

from cms_blocks.models import ContactPerson, OfficeHours, SiteFrame, Topic
from tests.cms_blocks import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

TOPICS = "wagtailsnippets_torv_blocks_topic"
PERSONS = "wagtailsnippets_torv_blocks_contactperson"
TOPIC_FORM = {"pref_label": "Sorg", "alt_labels": "", "scope_note": "", "slug": "", "broader": ""}
PERSON_FORM = {
    "name": "Jens Toft",
    "role": "",
    "department": "",
    "organisation": "",
    "area_of_responsibility": "",
    "opening_hours": "",
    "email": "",
    "phone": "",
    "mobile": "",
    "website": "",
    "photo": "",
    "private_email": "",
    "private_phone": "",
    "private_note": "",
}


def text(answer):
    return answer.content.decode()


def test_the_menu_holds_topics_and_contact_persons(home, admin_client):
    page = text(admin_client.get(reverse("wagtailadmin_home")))
    assert reverse(f"{TOPICS}:list") in page
    assert reverse(f"{PERSONS}:list") in page


def test_topics_are_listed_with_their_words_and_can_be_searched(home, admin_client):
    factories.topic("Sorg", alt_labels="tab\ndødsfald", broader=factories.topic("Livet"))
    factories.topic("Angst")
    page = text(admin_client.get(reverse(f"{TOPICS}:list")))
    assert "tab, dødsfald" in page
    assert "Livet" in page
    for query in ("dødsfald", "sor"):
        found = text(admin_client.get(reverse(f"{TOPICS}:list_results"), {"q": query}))
        assert "Sorg" in found
        assert "Angst" not in found


def test_a_quotation_mark_in_a_search_is_no_error(home, admin_client):
    for name in (TOPICS, PERSONS):
        assert admin_client.get(reverse(f"{name}:list"), {"q": 'sorg "og'}).status_code == 200


def test_lists_can_be_narrowed(home, admin_client):
    above = factories.topic("Livet")
    factories.topic("Sorg", broader=above)
    factories.topic("Angst")
    found = text(admin_client.get(reverse(f"{TOPICS}:list_results"), {"broader": above.pk}))
    assert "Sorg" in found
    assert "Angst" not in found
    factories.person("Jens Toft", department="Psykiatri")
    factories.person("Mette Lundager", department="Handicap")
    found = text(admin_client.get(reverse(f"{PERSONS}:list_results"), {"department": "Psykiatri"}))
    assert "Jens Toft" in found
    assert "Mette Lundager" not in found


def test_queries_of_the_lists_do_not_grow_with_their_rows(home, admin_client):
    def queries(name):
        admin_client.get(reverse(f"{name}:list"))
        with CaptureQueriesContext(connection) as caught:
            admin_client.get(reverse(f"{name}:list"))
        # wagtail-localize asks for each row whether it can be translated; that is not ours to change.
        return sum(
            ' FROM "torv_blocks' in query["sql"].split("WHERE")[0] for query in caught.captured_queries
        )

    def more(first, last):
        for i in range(first, last):
            factories.topic(f"Emne {i}", broader=Topic.objects.first())
            factories.person(f"Person {i}")

    more(0, 3)
    few = queries(TOPICS), queries(PERSONS)
    more(3, 12)
    assert (queries(TOPICS), queries(PERSONS)) == few


def test_an_empty_address_is_made_of_the_name(home, admin_client):
    admin_client.post(reverse(f"{TOPICS}:add"), {**TOPIC_FORM, "pref_label": "Ældre på Ærø"})
    assert Topic.objects.get().slug == "aeldre-paa-aeroe"


def test_an_address_that_is_taken_gets_a_number(home, admin_client):
    factories.topic("Sorg")
    admin_client.post(reverse(f"{TOPICS}:add"), {**TOPIC_FORM, "pref_label": "Sorg!"})
    assert list(Topic.objects.values_list("slug", flat=True)) == ["sorg", "sorg-2"]


def test_a_taken_address_is_refused_beside_its_field(home, admin_client):
    factories.topic("Sorg")
    answer = admin_client.post(reverse(f"{TOPICS}:add"), {**TOPIC_FORM, "pref_label": "Tab", "slug": "sorg"})
    assert answer.context["form"].errors == {
        "slug": ["Another topic has this address. Choose a different one."]
    }


def test_an_address_is_taken_across_languages(home):
    factories.topic("Sorg")
    with pytest.raises(ValidationError) as caught:
        Topic(pref_label="Sorg", slug="sorg", locale=factories.locale("de")).full_clean()
    assert "slug" in caught.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.create(pref_label="Sorg", slug="sorg", locale=factories.locale("de"))


def test_a_topic_is_no_part_of_itself(home):
    above = factories.topic("Livet")
    below = factories.topic("Sorg", broader=above)
    above.broader = below
    with pytest.raises(ValidationError) as caught:
        above.full_clean()
    assert "part of itself" in caught.value.message_dict["broader"][0]


def test_a_person_without_any_way_of_contact_is_refused_beside_a_field(home, admin_client):
    answer = admin_client.post(reverse(f"{PERSONS}:add"), PERSON_FORM)
    assert answer.context["form"].errors == {
        "email": ["Give at least one way of contact: e-mail, phone or mobile."]
    }


def test_the_database_refuses_such_a_person_too(home):
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactPerson.objects.create(name="Jens Toft", locale=factories.locale("da"))


def test_a_person_with_a_phone_alone_is_saved(home, admin_client):
    answer = admin_client.post(reverse(f"{PERSONS}:add"), {**PERSON_FORM, "phone": "87 65 43 21"})
    assert answer.status_code == 302
    assert ContactPerson.objects.get().phone.as_e164 == "+4587654321"


def test_a_person_in_use_cannot_be_deleted(home, admin_client):
    mette = factories.person()
    factories.attach(factories.below(home), persons=[mette])
    admin_client.post(reverse(f"{PERSONS}:delete", args=[mette.pk]))
    assert ContactPerson.objects.filter(pk=mette.pk).exists()


def test_a_translation_shows_texts_and_where_the_facts_are(home, admin_client):
    mette = factories.person(role="Leder")
    row = factories.translated(mette, "de", role="Leiterin")
    answer = admin_client.get(reverse(f"{PERSONS}:edit", args=[row.pk]))
    assert set(answer.context["form"].fields) == {
        "role",
        "department",
        "organisation",
        "area_of_responsibility",
        "opening_hours",
    }
    assert reverse(f"{PERSONS}:edit", args=[mette.pk]) in text(answer)
    assert "This is a translation." in text(answer)


def test_a_source_row_shows_everything_and_no_note(home, admin_client):
    answer = admin_client.get(reverse(f"{PERSONS}:edit", args=[factories.person().pk]))
    assert set(answer.context["form"].fields) == {
        "name",
        "role",
        "department",
        "email",
        "phone",
        "mobile",
        "photo",
        "organisation",
        "area_of_responsibility",
        "opening_hours",
        "website",
        "archived",
        "private_email",
        "private_phone",
        "private_note",
    }
    assert "This is a translation." not in text(answer)


def test_saving_a_translation_changes_its_texts_alone(home, admin_client):
    mette = factories.person(role="Leder")
    row = factories.translated(mette, "de", role="Leiterin")
    answer = admin_client.post(
        reverse(f"{PERSONS}:edit", args=[row.pk]), {"role": "Chefin", "department": ""}
    )
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.name, row.role, row.email) == ("Mette Lundager", "Chefin", "")


def test_saving_a_translated_topic_keeps_the_source_s_address(home, admin_client):
    sorg = factories.topic("Sorg")
    row = factories.translated(sorg, "de", pref_label="Trauer")
    data = {"pref_label": "Trauer und Verlust", "alt_labels": "", "scope_note": "", "slug": "etwas-anderes"}
    assert admin_client.post(reverse(f"{TOPICS}:edit", args=[row.pk]), data).status_code == 302
    row.refresh_from_db()
    assert (row.pref_label, row.slug) == ("Trauer und Verlust", "sorg")


def test_the_frame_of_a_site_is_edited_with_its_opening_hours(home, admin_client):
    site = Site.objects.get()
    url = reverse("wagtailsettings:edit", args=["torv_blocks", "siteframe", site.pk])
    assert "Required by law" in text(admin_client.get(url))
    data = {
        "name": "Torvkøbing Kommune",
        "logo": "",
        "theme": "",
        "address": "Torvet 1",
        "phone": "",
        "email": "",
        "barrier_email": "",
        "privacy_page": "",
        "accessibility_page": "",
        "imprint_page": "",
        "quiet_sections-TOTAL_FORMS": "0",
        "quiet_sections-INITIAL_FORMS": "0",
        "office_hours-TOTAL_FORMS": "1",
        "office_hours-INITIAL_FORMS": "0",
        "office_hours-0-first_day": "0",
        "office_hours-0-last_day": "2",
        "office_hours-0-opens_at": "10:00",
        "office_hours-0-closes_at": "14:00",
        "office_hours-0-ORDER": "1",
        "office_hours-0-DELETE": "",
    }
    assert admin_client.post(url, data).status_code == 302
    frame = SiteFrame.for_site(site)
    with translation.override("en"):
        assert [str(hours) for hours in frame.office_hours.all()] == ["Monday-Wednesday 10:00-14:00"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"closes_at": time(9)}, "closes_at"),
        ({"last_day": 0}, "last_day"),
        ({"first_day": 3, "last_day": 1}, "last_day"),
    ],
)
def test_opening_hours_that_make_no_sense_are_refused(fields, field):
    hours = OfficeHours(
        **{"first_day": 0, "last_day": None, "opens_at": time(10), "closes_at": time(14), **fields}
    )
    with pytest.raises(ValidationError) as caught:
        hours.clean()
    assert field in caught.value.message_dict


def test_a_page_of_each_type_can_be_opened_in_the_editor(home, admin_client):
    section = factories.section(home)
    standard = factories.attach(
        factories.below(section, body=factories.four_blocks(factories.image())),
        topics=[factories.topic()],
        persons=[factories.person()],
    )
    for page in (home, section, standard):
        assert admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
