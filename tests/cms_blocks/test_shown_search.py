"""Files and contact persons in the search: there while a public page shows them, gone at once with it."""

from collections.abc import Callable
from typing import Any

import pytest
from demo.files import pdf
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, Site

from cms_blocks.models import ConfidentialCollection, FileText
from cms_blocks.pages.models import PersonListPage, PersonListPageContact
from cms_blocks.search_documents import FileSearchable, PersonSearchable
from search import engines, kinds, outbox
from search.models import SearchDocument
from search.query import Query
from tests.cms_blocks import factories

pytestmark = pytest.mark.django_db

FILE, PERSON = FileSearchable.name, PersonSearchable.name


@pytest.fixture
def after(django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    """What is left to tasks is done at the end of the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def downloads(*documents: Any) -> list[Any]:
    return [("downloads", {"heading": "", "files": [{"document": each, "title": ""} for each in documents]})]


def publish(page: Any, **values: Any) -> Any:
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def index(searchable: str) -> list[tuple[str, str]]:
    rows = SearchDocument.objects.filter(searchable=searchable).order_by("locale", "title")
    return list(rows.values_list("title", "locale"))


def found(text: str, locale: str = "da") -> list[Any]:
    site = Site.objects.get(is_default_site=True)
    return list(engines.search(Query(text=text, locale=locale, site=site)).hits)


@pytest.fixture
def leaflet(home, after) -> Any:
    with after():
        document = factories.document(
            "Pjece om sorg", content=pdf("Pjece", ["Sengetøjet vaskes på torsdage."])
        )
        publish(factories.below(home, title="Om sorg"), body=downloads(document))
    document.refresh_from_db()
    return document


def test_a_file_is_found_by_its_title_and_by_the_words_inside(leaflet, client: Client) -> None:
    [hit] = found("sengetøj torsdag")
    assert hit.row.title == "Pjece om sorg"
    assert hit.row.kind == "document"
    assert hit.url == leaflet.url
    assert "torsdage" in hit.snippet
    answer = client.get(hit.url)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    html = client.get("/da/soeg/", {"q": "sengetøj"}).content.decode()
    assert "<span>Fil</span>" in html
    assert "<span>PDF" in html
    assert "document" in kinds.registered()


@pytest.mark.parametrize(
    "title",
    [
        "unpublished",
        "deleted",
        "restricted",
        "expired",
        "unlinked",
        "locked folder",
        "moved folder",
        "confidential",
        "file deleted",
    ],
)
def test_a_file_is_gone_at_once_when_nobody_may_find_it(leaflet, home, title: str, after) -> None:
    page = home.get_children().get(title="Om sorg").specific
    folder = Collection.get_first_root_node().add_child(name="Intern")
    lock = {"collection": folder, "restriction_type": CollectionViewRestriction.LOGIN}
    withdraw: dict[str, Callable[[], Any]] = {
        "unpublished": page.unpublish,
        "deleted": page.delete,
        "restricted": lambda: PageViewRestriction.objects.create(page=page, restriction_type="login"),
        "expired": lambda: page.unpublish(set_expired=True),
        "unlinked": lambda: publish(page, body=[]),
        "locked folder": lambda: CollectionViewRestriction.objects.create(
            collection=leaflet.collection, restriction_type="login"
        ),
        "moved folder": lambda: (CollectionViewRestriction.objects.create(**lock), move(leaflet, folder)),
        "confidential": lambda: ConfidentialCollection.take_in(leaflet),
        "file deleted": leaflet.delete,
    }
    assert index(FILE) == [("Pjece om sorg", "da")]
    withdraw[title]()
    assert index(FILE) == []
    with after():
        outbox.process()
    assert index(FILE) == []


def move(document: Any, folder: Collection) -> None:
    document.collection = folder
    document.save()


def test_a_file_that_another_page_shows_comes_back(leaflet, home, after) -> None:
    with after():
        publish(factories.below(home, title="Anden"), body=downloads(leaflet))
    for withdraw in ("unpublish", "delete"):
        with after():
            getattr(home.get_children().get(title="Om sorg").specific, withdraw)()
        assert index(FILE) == [("Pjece om sorg", "da")]


def test_the_text_of_an_exchanged_file_is_forgotten_at_once_and_read_anew(leaflet, after) -> None:
    with after():
        leaflet.file = ContentFile(pdf("Ny", ["Gardinerne."]), name="ny.pdf")
        leaflet._set_document_file_metadata()
        leaflet.save()
        assert SearchDocument.objects.get(searchable=FILE).body == ""
    assert SearchDocument.objects.get(searchable=FILE).body == "Ny\nGardinerne."
    assert not found("sengetøj")


def test_a_file_is_read_once_however_often_the_index_is_built(leaflet, monkeypatch) -> None:
    monkeypatch.setattr("cms_blocks.files._text_of", lambda document: pytest.fail("read again"))
    [document] = FileSearchable().documents([str(leaflet.pk)])
    assert "Sengetøjet" in document.body
    assert FileText.objects.count() == 1


def test_a_file_is_found_in_the_languages_of_the_pages_that_link_to_it(leaflet, home, after) -> None:
    german = factories.home("de", "Marktplatz")
    with after():
        publish(factories.below(german, title="Trauer"), body=downloads(leaflet))
    assert index(FILE) == [("Pjece om sorg", "da"), ("Pjece om sorg", "de")]
    langs = SearchDocument.objects.filter(searchable=FILE).values_list("locale", "lang")
    assert dict(langs) == {"da": "da", "de": "de"}


def test_a_file_that_only_a_draft_links_to_is_not_found(home, after) -> None:
    with after():
        factories.below(home, live=False, body=downloads(factories.document("Kladde")))
        factories.document("Ingen steder")
    assert index(FILE) == []


@pytest.fixture
def mette(home, after) -> Any:
    texts = {"role": "Sundhedsplejerske", "department": "Sundhed", "area_of_responsibility": "amning"}
    with after():
        person = factories.person("Mette Lundager", phone="+4533221100", **texts)
        factories.attach(factories.below(home, title="Barsel"), persons=[person])
    return person


def test_a_contact_person_is_found_by_name_and_by_what_people_ask_her_about(mette, home) -> None:
    assert found("mette lundager")[0].row.title == "Mette Lundager"
    [hit] = found("amning")
    assert (hit.row.kind, hit.row.summary) == ("person", "Sundhedsplejerske, Sundhed")
    assert hit.url == home.get_children().get(title="Barsel").get_url()
    document = SearchDocument.objects.get(searchable=PERSON)
    assert "@" not in f"{document.keywords}{document.body}{document.stored}"
    assert "3322" not in f"{document.keywords}{document.body}{document.stored}"


def test_a_list_of_persons_is_where_a_hit_leads_to(mette, home, client: Client, after) -> None:
    with after():
        publish(factories.below(home, PersonListPage, title="Hvem er hvem"), departments="Sundhed")
    [hit] = found("amning")
    page, _, anchor = hit.url.partition("#")
    assert page == home.get_children().get(title="Hvem er hvem").get_url()
    assert f'<li id="{anchor}">' in client.get(page).content.decode()


@pytest.mark.parametrize("how", ["archived", "unpublished", "taken off", "deleted", "restricted"])
def test_a_contact_person_is_gone_at_once(mette, home, how: str) -> None:
    page = home.get_children().get(title="Barsel").specific
    withdraw: dict[str, Callable[[], Any]] = {
        "archived": lambda: archive(mette),
        "unpublished": page.unpublish,
        "taken off": lambda: publish(page, contact_rows=[]),
        "deleted": page.delete,
        "restricted": lambda: PageViewRestriction.objects.create(page=page, restriction_type="login"),
    }
    assert index(PERSON) == [("Mette Lundager", "da")]
    withdraw[how]()
    assert index(PERSON) == []


def archive(person: Any) -> None:
    person.archived = True
    person.save()


def test_a_department_taken_off_a_list_takes_its_persons_along(mette, home, after) -> None:
    home.get_children().get(title="Barsel").specific.unpublish()
    with after():
        page = publish(factories.below(home, PersonListPage, title="Alle"), departments="Sundhed")
    assert index(PERSON) == [("Mette Lundager", "da")]
    with after():
        publish(page, departments="Vej og park")
    assert index(PERSON) == []


def test_a_contact_person_whom_no_page_shows_is_not_found(home, after) -> None:
    with after():
        person = factories.person("Ukendt")
        factories.attach(factories.below(home, live=False), persons=[])
        page = publish(factories.below(home, PersonListPage, title="Alle"))
        page.contact_rows = [PersonListPageContact(person=person)]
        page.save_revision()
    assert index(PERSON) == []


def test_queries_do_not_grow_with_what_is_shown(home) -> None:
    def make(count: int) -> dict[Any, list[str]]:
        people = [factories.person(f"Person {count} {number}") for number in range(count)]
        papers = [factories.document(f"Pjece {number}", content=b"") for number in range(count)]
        for person, paper in zip(people, papers, strict=True):
            page = factories.attach(factories.below(home), persons=[person])
            publish(page, body=downloads(paper))
        return {
            PersonSearchable(): [str(person.translation_key) for person in people],
            FileSearchable(): [str(paper.pk) for paper in papers],
        }

    def queries(things: dict[Any, list[str]]) -> list[int]:
        counted = []
        for searchable, keys in things.items():
            list(searchable.documents(keys))
            with CaptureQueriesContext(connection) as captured:
                assert len(list(searchable.documents(keys))) == len(keys)
            counted.append(len(captured))
        return counted

    few = queries(make(2))
    assert queries(make(6)) == few


def test_a_host_that_hands_out_no_files_has_none_in_its_search(leaflet, settings, monkeypatch) -> None:
    assert reverse("wagtaildocs_serve", args=(leaflet.pk, leaflet.filename)) == leaflet.url
    settings.ROOT_URLCONF = "search.service_urls"
    assert FileSearchable().address(Site.objects.get(is_default_site=True), "da") is None
