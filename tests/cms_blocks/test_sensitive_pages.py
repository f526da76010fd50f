"""Pages about sensitive topics: help first, a quick way out, nothing for machines."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms_blocks.models import CrisisNumber, Topic
from cms_blocks.pages.models import HomePage, StandardPage
from cms_blocks.search_documents import PageSearchable
from tests.cms_blocks import factories

pytestmark = pytest.mark.django_db
TOPICS = "wagtailsnippets_torv_blocks_topic"


@pytest.fixture
def page(home: HomePage) -> StandardPage:
    CrisisNumber.objects.create(name="Alarmcentralen", phone="112", locale=home.locale)
    violence = factories.topic("Vold", is_sensitive=True)
    page: StandardPage = home.add_child(instance=StandardPage(title="Vold i hjemmet", slug="vold"))
    return factories.attach(page, topics=[factories.topic("Partnervold", broader=violence)])


def html(client: Client, page: StandardPage) -> str:
    return str(client.get(page.get_url()).content.decode())


def test_help_and_the_way_out_come_first(client: Client, page: StandardPage) -> None:
    text = html(client, page)
    body = text[text.index("<body") :]
    assert body.index("data-torv-quick-exit") < body.index('class="skipnav"')
    assert 'href="https://www.wikipedia.org/" rel="noreferrer nofollow"' in body
    assert body.index('href="tel:112"') < body.index("<h1>")
    assert "Forlad siden" in body


def test_nothing_is_told_to_machines_unless_the_setting_allows(
    client: Client, page: StandardPage, settings: Any
) -> None:
    assert "application/ld+json" not in html(client, page)
    settings.TORV_BLOCKS = {"SENSITIVE_OPEN_DATA": True}
    assert "application/ld+json" in html(client, page)


def test_the_search_passes_it_on_only_where_the_setting_allows(page: StandardPage, settings: Any) -> None:
    def open_ones() -> set[bool]:
        return {each.is_open for each in PageSearchable().documents([str(page.translation_key)])}

    assert open_ones() == {False}
    settings.TORV_BLOCKS = {"SENSITIVE_OPEN_DATA": True}
    assert open_ones() == {True}


def test_other_pages_have_none_of_it(client: Client, page: StandardPage) -> None:
    Topic.objects.update(is_sensitive=False)
    text = html(client, page)
    assert "quick-exit" not in text
    assert "tel:112" not in text
    assert "application/ld+json" in text


def test_where_to_leave_to_is_a_setting(client: Client, page: StandardPage, settings: Any) -> None:
    settings.TORV_BLOCKS = {"QUICK_EXIT_URL": "https://vejret.example/"}
    assert 'href="https://vejret.example/"' in html(client, page)


def test_a_tag_not_to_be_used_shows_and_links_the_other(client: Client, page: StandardPage) -> None:
    target = factories.topic("Tryghed")
    Topic.objects.filter(pref_label="Partnervold").update(see=target, broader=None)
    text = html(client, page)
    assert "?topic=tryghed" in text
    assert ">Tryghed</a>" in text
    assert "Partnervold" not in text


def test_editors_keep_relations_and_crisis_numbers(home: HomePage, admin_client: Client) -> None:
    related, target = factories.topic("Ensomhed"), factories.topic("Sorg")
    leading = factories.topic("Savn", see=target)
    form = {
        "pref_label": "Tab",
        "alt_labels": "",
        "scope_note": "At miste.",
        "slug": "",
        "broader": target.pk,
        "related": [related.pk],
        "see": "",
        "is_sensitive": "on",
        "notation": "27.00",
        "uri": "",
    }
    shown = admin_client.get(reverse(f"{TOPICS}:add")).content.decode()
    assert "Ensomhed" in shown
    assert "Savn" not in shown
    admin_client.post(reverse(f"{TOPICS}:add"), form)
    topic = Topic.objects.get(pref_label="Tab")
    assert (list(topic.related.all()), topic.is_sensitive, topic.notation) == ([related], True, "27.00")
    chooser = admin_client.get(reverse("wagtailsnippetchoosers_torv_blocks_topic:choose"))
    assert f'/{leading.pk}/"' not in chooser.content.decode()
    for query in ("is_sensitive=true", "instead=true", "is_sensitive=false&instead=false"):
        listed = admin_client.get(reverse(f"{TOPICS}:list") + f"?{query}")
        assert listed.status_code == 200
    number = {"name": "Alarm", "audience": "", "phone": "", "opening": "", "url": "", "order": "1"}
    url = reverse("wagtailsnippets_torv_blocks_crisisnumber:add")
    assert "Give a phone number" in admin_client.post(url, number).content.decode()
    admin_client.post(url, {**number, "phone": "112"})
    assert CrisisNumber.objects.get().phone == "112"
