"""The windows in which editors look something up by its words."""

import pytest
from django.urls import reverse
from django.utils import translation

from cms_blocks.models import ContactPerson, Topic


@pytest.mark.parametrize("words", ["offen dialog", 'dialog "offen', "DIALOG"])
def test_a_topic_is_found_by_words_in_any_order_and_quotation_marks_do_no_harm(home, admin_client, words):
    Topic.objects.create(pref_label="Offener Dialog", slug="offener-dialog", locale=home.locale)
    Topic.objects.create(pref_label="Trauer", slug="trauer", locale=home.locale)
    address = reverse("wagtailsnippetchoosers_torv_blocks_topic:choose_results")
    response = admin_client.get(address, {"q": words})
    assert response.status_code == 200
    page = response.content.decode()
    assert "Trauer" not in page
    assert ("Offener Dialog" in page) == ('"' not in words)


def test_a_contact_person_is_found_by_the_department(home, admin_client):
    ContactPerson.objects.create(
        name="Ida Sturm", phone="+4586123456", department="Havnekontoret", locale=home.locale
    )
    address = reverse("wagtailsnippetchoosers_torv_blocks_contactperson:choose_results")
    assert "Ida Sturm" in admin_client.get(address, {"q": "havne"}).content.decode()
    assert "Ida Sturm" not in admin_client.get(address, {"q": "skole"}).content.decode()


def test_buttons_speak_the_language_of_whoever_reads_the_form():
    with translation.override("da"):
        widget = Topic.snippet_viewset.chooser_viewset.widget_class()
        assert widget.choose_one_text == "Vælg emne"
    with translation.override("de"):
        assert "Thema auswählen" in widget.render("topic", None, {"id": "id_topic"})
