"""A service page goes through wagtail-localize and back: texts are translated, facts stay."""

import pytest

from cms_blocks.pages.models import ServicePage
from tests.cms_blocks import factories, services
from tests.cms_blocks.test_translation import publish, submit, translate, update

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(home):
    factories.home("de", "Marktplatz", translation_key=home.translation_key)
    return services.full_service(home)


def german(page):
    return ServicePage.objects.get(translation_key=page.translation_key, locale__language_code="de")


def test_every_text_is_translated_and_every_fact_is_kept(page, client, django_capture_on_commit_callbacks):
    translation = submit(page, "de")
    translate(translation, services.TEXTS)
    publish(translation, django_capture_on_commit_callbacks)
    result = german(page)
    html = client.get(result.url).content.decode()
    for source, text in services.TEXTS.items():
        assert text in html, source
    assert (result.identifier, result.digital_channel) == (page.identifier, page.digital_channel)
    assert [row.date for row in result.deadlines.all()] == [row.date for row in page.deadlines.all()]
    assert result.costs.get().amount == page.costs.get().amount
    assert result.physical_channels.get().address_1 == "Torvet 1"
    assert result.documents.get().document == page.documents.get().document
    assert result.contact_rows.get().person == page.contact_rows.get().person
    assert result.life_event_rows.get().life_event == page.life_event_rows.get().life_event


def test_a_changed_source_reaches_the_translation_by_an_update(page, django_capture_on_commit_callbacks):
    translation = submit(page, "de")
    translate(translation, services.TEXTS)
    publish(translation, django_capture_on_commit_callbacks)
    page.status, page.status_reason, page.identifier = "suspended", "Vi flytter.", "23.05.03"
    page.save_revision().publish()

    update(page)
    translation.refresh_from_db()
    translate(translation, {"Vi flytter.": "Wir ziehen um."})
    publish(translation, django_capture_on_commit_callbacks)
    result = german(page)
    assert (result.is_suspended, result.status_reason) == (True, "Wir ziehen um.")
    assert result.identifier == "23.05.03"
    assert result.steps.get().title == "Termin buchen"


def test_a_service_that_is_suspended_is_so_in_every_language_at_once(
    page, client, django_capture_on_commit_callbacks
):
    translation = submit(page, "de")
    translate(translation, services.TEXTS)
    publish(translation, django_capture_on_commit_callbacks)
    page.status, page.status_reason = "suspended", "Vi flytter."
    page.save_revision().publish()

    result = german(page)
    assert result.is_suspended
    html = client.get(result.url).content.decode()
    assert "torv-callout--warning" in html
    assert "Vi flytter." not in html
