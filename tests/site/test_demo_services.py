"""The demo's setter of service pages reads what its README describes."""

import re
import tomllib
from pathlib import Path

import pytest
from demo import services as setter
from demo.links import Links
from demo.snippets import Snippets
from demo.texts import PageText

from cms_blocks.pages.models import ServicePage
from tests.cms_blocks import factories, services

README = Path(__file__).resolve().parents[2] / "site" / "demo" / "README.md"
pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return factories.home()


def example():
    found = re.search(r"```toml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    return tomllib.loads(found[1])


def test_the_example_of_the_readme_becomes_a_service_page(home):
    text = PageText("pas", example() | {"topics": ["rejser"], "contacts": ["mette"]}, "da")
    other = services.service(home, title="Hjælp")
    contact = factories.below(home, title="Kontakt")
    links = Links({("da", "home-support"): other, ("da", "contact"): contact})
    snippets = Snippets(
        topics={"rejser": factories.topic("Rejser")},
        life_events={"faa-barn": services.life_event("At få barn", slug="faa-barn")},
        persons={"mette": factories.person()},
    )
    page = services.service(home, title="Pas", digital_channel="")
    setter.set_fields(page, text, links)
    setter.set_references(page, text, snippets, links)
    setter.set_rows(page, text, links)
    page.full_clean()
    page.save_revision().publish()
    page = ServicePage.objects.get(pk=page.pk)
    values = text.values
    assert (page.identifier, page.digital_channel) == ("23.05.02", values["digital_channel"])
    for relation in ("steps", "requirements", "deadlines", "costs", "physical_channels", "common_tasks"):
        rows = list(getattr(page, relation).all())
        assert len(rows) == len(values[relation]), relation
        for row in rows:
            row.full_clean()
    assert page.costs.first().amount == 893
    assert page.common_tasks.last().link_page.pk == contact.pk
    assert page.related_service_rows.get().service == other
    assert page.life_event_rows.get().life_event.slug == "faa-barn"
    assert (page.topic_rows.count(), page.contact_rows.count()) == (1, 1)
