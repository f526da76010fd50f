"""A host's own content in the search, by tests/sample_host, as docs/how-to/own-content-searched.md tells."""

import importlib
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from wagtail.models import Locale, Site

import tests.sample_host
from search import engines, kinds, registry
from search.query import Query
from tests.sample_host.models import Room

SAMPLE = Path(tests.sample_host.__file__).parent
MODULE = "tests.sample_host.room_documents"

pytestmark = pytest.mark.django_db


@pytest.fixture
def _rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Registered for one test; the name of the module keeps it from being found by itself."""
    monkeypatch.setattr(registry, "_searchables", dict(registry._searchables))
    monkeypatch.setattr(registry, "_facets", dict(registry._facets))
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    monkeypatch.delitem(sys.modules, MODULE, raising=False)
    importlib.import_module(MODULE)


@pytest.fixture
def hall(_rooms: None, django_capture_on_commit_callbacks: Callable[..., Any]) -> Room:
    Locale.objects.get_or_create(language_code="da")
    with django_capture_on_commit_callbacks(execute=True):
        return Room.objects.create(name="Town hall", description="Tables for forty.", size="large")


def found(text: str, **facets: tuple[str, ...]) -> list[tuple[str, str]]:
    site = Site.objects.get(is_default_site=True)
    query = Query(text=text, locale="da", site=site, selected=facets, facets=("room_size",))
    return [(hit.row.title, hit.url) for hit in engines.search(query).hits]


def test_it_is_found_by_its_words_and_narrowed_by_its_facet(hall: Room) -> None:
    shown = [("Town hall", f"/rooms/{hall.pk}/")]
    assert found("table") == shown
    assert found("table", room_size=("large",)) == shown
    assert found("table", room_size=("small",)) == []


def test_the_site_search_shows_it(hall: Room, client: Client) -> None:
    html = client.get("/da/soeg/?q=forty").content.decode()
    assert f'href="/rooms/{hall.pk}/"' in html


def test_what_is_not_public_any_more_and_what_is_deleted_is_not_found(
    hall: Room, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        hall.is_lent = False
        hall.save()
    assert found("table") == []
    with django_capture_on_commit_callbacks(execute=True):
        hall.is_lent = True
        hall.save()
    assert found("table")
    hall.delete()
    assert found("table") == []


def test_the_guide_shows_the_sample_as_it_is() -> None:
    guide = (Path(settings.ROOT) / "docs/how-to/own-content-searched.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"`rooms/(\S+)`:\n\n```\w+\n(.*?)```", guide, flags=re.DOTALL))
    assert set(shown) == {"models.py", "search_documents.py"}
    model = (SAMPLE / "models" / "room.py").read_text(encoding="utf-8")
    documents = (SAMPLE / "room_documents.py").read_text(encoding="utf-8")
    assert shown["models.py"] == model
    assert shown["search_documents.py"] == documents.replace(
        "from .models import Room\nfrom .models.room import SIZES\n", "from .models import SIZES, Room\n"
    )
