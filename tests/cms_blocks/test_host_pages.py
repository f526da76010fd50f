"""A host's page type on Torv's mixins, and its templates in the place of Torv's, by tests/sample_host."""

import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

import tests.sample_host
from cms_blocks.pages.models import HomePage
from cms_blocks.search_documents import PageSearchable
from search import kinds
from tests.cms_blocks import factories
from tests.sample_host.models import InfoPage, InfoPageContact, InfoPageTopic

SAMPLE = Path(tests.sample_host.__file__).parent
DOCS = Path(settings.ROOT) / "docs"


@pytest.fixture
def info(home: HomePage) -> InfoPage:
    page: InfoPage = factories.below(
        home, InfoPage, title="Flytning", summary="Når du flytter.", at_hand="Dit sundhedskort"
    )
    page.topic_rows = [InfoPageTopic(topic=factories.topic("Bolig"))]
    page.contact_rows = [InfoPageContact(person=factories.person())]
    page.body = [("text", "<p>Meld flytning her.</p>")]
    page.save_revision().publish()
    return InfoPage.objects.get(pk=page.pk)


@pytest.fixture
def overriding() -> Iterator[None]:
    """The host's folder of templates is searched first."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [SAMPLE / "overriding"]
    with override_settings(TEMPLATES=templates):
        yield


def read(client: Client, page: Page) -> str:
    answer = client.get(page.get_url())
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_page_type_of_a_host_shows_its_own_template_within_torvs(info: InfoPage, client: Client) -> None:
    html = read(client, info)
    assert '<p class="sample-host-at-hand">Dit sundhedskort</p>' in html
    for shown in ("<h1>Flytning</h1>", "Når du flytter.", "Meld flytning her.", "Mette Lundager", "Bolig"):
        assert shown in html


def test_without_a_template_of_its_own_it_takes_torvs(info: InfoPage, client: Client) -> None:
    assert info.get_template(client.get("/").wsgi_request) == [
        "sample_host/info_page.html",
        "torv_pages/standard_page.html",
    ]


def test_an_editor_writes_such_a_page(home: HomePage, admin_client: Client) -> None:
    written = nested_form_data(
        {
            "title": "Pas",
            "slug": "pas",
            "summary": "Nyt pas.",
            "at_hand": "Et foto",
            "body": streamfield([]),
            "topic_rows": inline_formset([{"topic": factories.topic("Bolig").pk}]),
            "contact_rows": inline_formset([]),
            "comments": inline_formset([]),
        }
    )
    answer = admin_client.post(
        f"/admin/pages/add/sample_host/infopage/{home.pk}/", {**written, "action-publish": "1"}
    )
    assert answer.status_code == 302
    page = InfoPage.objects.get(slug="pas", locale=home.locale)
    assert page.live
    assert [row.topic.pref_label for row in page.topic_rows.all()] == ["Bolig"]


def test_the_search_finds_its_own_words_and_names_its_kind(info: InfoPage) -> None:
    document = next(PageSearchable().documents([str(info.translation_key)]))
    assert "Dit sundhedskort" in document.body
    assert "Bolig" in document.keywords
    assert document.kind == "info"
    assert document.stored["kind_label"] == "Guidance"
    assert "info" in kinds.registered()


@pytest.mark.usefixtures("overriding")
def test_a_host_fills_a_block_of_the_frame_and_replaces_a_part_of_it(info: InfoPage, client: Client) -> None:
    head, body = read(client, info).split("</head>")
    assert '<link rel="stylesheet" href="/static/sample_host/extra.css">' in head
    assert "<title>Flytning" in head
    assert "<p>Flytning, from the website of our town</p>" in body
    assert 'class="torv-footer' in body


def test_the_guide_shows_the_page_type_as_it_is() -> None:
    shown = dict(
        re.findall(r"`ourtown/(\S+)`:\n\n```\w+\n(.*?)```", guide("own-page-types"), flags=re.DOTALL)
    )
    assert set(shown) == {"models.py", "templates/ourtown/info_page.html"}
    files = {"models.py": "models/info_page.py"}
    for name, code in shown.items():
        file = files.get(name, name).replace("/ourtown/", "/sample_host/")
        assert code == (SAMPLE / file).read_text(encoding="utf-8").replace("sample-host", "ourtown")


def test_the_guide_to_templates_shows_the_override_as_it_is() -> None:
    [shown] = re.findall(r"```html\n(.*?)```", guide("override-templates"), flags=re.DOTALL)
    sample = (SAMPLE / "overriding" / "torv_blocks" / "base.html").read_text(encoding="utf-8")
    assert shown == sample.replace("sample_host", "ourtown")


def guide(name: str) -> str:
    return (DOCS / "how-to" / f"{name}.md").read_text(encoding="utf-8")
