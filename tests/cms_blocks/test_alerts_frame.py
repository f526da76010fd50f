"""Alerts in the frame of public pages, and how editors keep them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text

from cms_blocks.models import Alert
from tests.cms_blocks import factories
from tests.cms_blocks.frame_site import Town

pytestmark = pytest.mark.django_db

ALERTS = "wagtailsnippets_torv_blocks_alert"


@pytest.fixture
def town(db):
    return Town()


def text(answer):
    return answer.content.decode()


def form(**changes):
    now = timezone.localtime()
    return {
        "level": "warning",
        "heading": "Glatte veje",
        "text": rich_text(""),
        "starts_at": f"{now:%Y-%m-%d %H:%M}",
        "ends_at": f"{now + timedelta(days=1):%Y-%m-%d %H:%M}",
        "link_page": "",
        "link_url": "",
        "link_text": "",
        "site": "",
        "section": "",
        **changes,
    }


def test_every_public_page_shows_it_early_with_its_level_in_words(town, client: Client):
    factories.alert("Kog vandet", level="crisis", text="<p>Til <b>fredag</b>.</p>")
    for url in ("/da/", "/da/om-byen/", "/da/findes-ikke/", reverse("torv_search:results")):
        html = text(client.get(url))
        assert "Kog vandet" in html, url
        assert html.index("torv-header") < html.index("Kog vandet") < html.index("<main"), url
        assert "<b>fredag</b>" in html
    german = text(client.get("/de/"))
    assert '<span lang="da">Kog vandet</span>' in german
    assert 'aria-label="Wichtige Hinweise"' in german


def test_a_missing_page_of_a_section_shows_only_what_is_for_all(town, client: Client):
    factories.alert("Kun her", section=town.about)
    assert "Kun her" in text(client.get("/da/om-byen/"))
    assert "Kun her" not in text(client.get("/da/om-byen/findes-ikke/"))


def test_a_page_without_alerts_has_no_region_and_no_cookie_either_way(town, client: Client):
    assert "torv-alert" not in text(client.get("/da/"))
    factories.alert()
    answer = client.get("/da/")
    assert "torv-alerts" in text(answer)
    assert not answer.cookies
    assert "Cache-Control" not in answer


def test_only_what_may_be_hidden_says_so(town, client: Client):
    factories.alert(level="crisis")
    assert "data-can-be-hidden" not in text(client.get("/da/"))
    factories.alert(level="information")
    assert text(client.get("/da/")).count("data-can-be-hidden") == 1


@pytest.mark.usefixtures("english")
def test_an_editor_makes_an_alert_and_sees_its_state(town, admin_client):
    assert admin_client.post(reverse(f"{ALERTS}:add"), form()).status_code == 302
    assert Alert.objects.get().state() == Alert.State.NOW
    assert "Shown now" in text(admin_client.get(reverse(f"{ALERTS}:list")))


@pytest.mark.usefixtures("english")
def test_errors_stand_beside_their_fields_and_nothing_typed_is_lost(town, admin_client):
    sent = form(ends_at="2020-01-01 10:00", link_url="https://vand.example/", link_text="")
    answer = admin_client.post(reverse(f"{ALERTS}:add"), sent)
    assert set(answer.context["form"].errors) == {"ends_at", "link_text"}
    assert "Glatte veje" in text(answer)
    answer = admin_client.post(reverse(f"{ALERTS}:add"), form(starts_at="i morgen", ends_at=""))
    assert set(answer.context["form"].errors) == {"starts_at", "ends_at"}


@pytest.mark.usefixtures("english")
def test_the_list_can_be_narrowed_by_state_and_level_in_every_language(town, admin_client):
    now = timezone.now()
    day = timedelta(days=1)
    planned = factories.alert("Planlagt", starts_at=now + day, ends_at=now + 2 * day, level="crisis")
    factories.translated(planned, "de", heading="Geplant")
    factories.alert("Aktuel", site=town.site)
    factories.alert("Forbi", starts_at=now - 2 * day, ends_at=now - day)

    def listed(**query):
        html = text(admin_client.get(reverse(f"{ALERTS}:list_results"), query))
        return {word for word in ("Planlagt", "Geplant", "Aktuel", "Forbi") if word in html}

    assert listed() == {"Planlagt", "Geplant", "Aktuel", "Forbi"}
    assert listed(state="planned") == {"Planlagt", "Geplant"}
    assert listed(state="now") == {"Aktuel"}
    assert listed(state="over") == {"Forbi"}
    assert listed(level="crisis") == {"Planlagt", "Geplant"}


@pytest.mark.usefixtures("english")
def test_a_translation_has_words_only_and_can_be_saved(town, admin_client):
    row = factories.translated(factories.alert(), "de", heading="Hinweis")
    url = reverse(f"{ALERTS}:edit", args=[row.pk])
    assert set(admin_client.get(url).context["form"].fields) == {"heading", "text", "link_text"}
    data = {"heading": "Achtung", "text": rich_text(""), "link_text": ""}
    assert admin_client.post(url, data).status_code == 302
    row.refresh_from_db()
    assert row.heading == "Achtung"
    assert row.ends_at is None
