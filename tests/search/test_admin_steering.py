"""The steering in the admin: forms, chooser, preview, try-out page and report of searches, and who may."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from search import indexing, query_log
from search.models import Promotion, QueryCount, SearchDocument, Synonym

pytestmark = pytest.mark.django_db

MAY = [
    "access_admin",
    *(
        f"{action}_{model}"
        for action in ("add", "change", "delete", "view")
        for model in ("synonym", "promotion")
    ),
    "view_querycount",
]


@pytest.fixture
def editor(client: Client, site) -> Client:
    """Somebody who steers the search, and reads English."""
    user = User.objects.create_user("soeg", "soeg@torvkoebing.example", "lang-og-hemmelig")
    group = Group.objects.create(name="Search editors")
    group.permissions.set(Permission.objects.filter(codename__in=MAY))
    user.groups.add(group)
    client.force_login(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def town(notes):
    notes.put("1", "Sorggruppe", summary="En gruppe for sorg", facets={"colour": ("red",)})
    notes.put("2", "Sorg og savn")
    notes.put("3", "Bisidder")
    notes.index()
    return notes


def html(client: Client, address: str, **parameters: str) -> str:
    answer = client.get(address, parameters)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def promotion_form(key: str, **fields: str) -> dict[str, str]:
    document = SearchDocument.objects.get(object_key=key, locale="da")
    return {
        "locale": "da",
        "words": "sorg",
        "facet": "",
        "value": "",
        "result": str(document.pk),
        "action": "promote",
        "position": "1",
        "valid_from": "",
        "valid_to": "",
        **fields,
    }


def test_an_editor_makes_a_synonym_and_reads_why_another_is_refused(editor) -> None:
    address = reverse("torv_search_synonyms:add")
    form = {"locale": "da", "word": "sorg", "same_as": "savn\ntab", "direction": "both"}
    assert editor.post(address, form).status_code == 302
    assert Synonym.objects.get().equivalents == ["savn", "tab"]
    assert "savn, tab" in html(editor, reverse("torv_search_synonyms:index"))
    refused = editor.post(address, {**form, "word": "og"})
    assert refused.status_code == 200
    shown = unescape(refused.content.decode())
    assert "“og” is so common that the search leaves it out" in shown
    assert 'value="og"' in shown  # nothing typed is lost


def test_an_editor_promotes_a_result_that_the_index_has(editor, town) -> None:
    address = reverse("torv_search_promotions:add")
    assert editor.post(address, promotion_form("2")).status_code == 302
    row = Promotion.objects.get()
    assert (row.searchable, row.object_key) == ("tests.note", "2")
    assert "Sorg og savn" in html(editor, reverse("torv_search_promotions:index"))
    edit = reverse("torv_search_promotions:edit", args=[row.pk])
    assert "Sorg og savn" in html(editor, edit)
    town.held.pop(("2", "da"))
    town.put("x", "Andet")
    indexing.refresh(town, ["2"])
    assert "Not public at the moment" in html(editor, reverse("torv_search_promotions:index"))
    assert "The chosen result is not public at the moment." in html(editor, edit)
    assert editor.post(edit, {**promotion_form("1"), "result": "", "words": "savn"}).status_code == 302
    row.refresh_from_db()
    assert (row.words, row.object_key) == ("savn", "2")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"result": ""}, "Choose the result."),
        ({"result": "99999"}, "Select a valid choice."),
        ({"locale": "de"}, "This result does not exist in that language."),
        ({"words": "", "facet": "colour", "value": "mauve"}, "The filter has no such choice."),
        ({"words": ""}, "Say for which searches, or choose a filter."),
        ({"position": "1000"}, "less than or equal to 100"),
    ],
)
def test_a_promotion_with_a_mistake_is_told_beside_the_field(editor, town, fields, reason) -> None:
    answer = editor.post(reverse("torv_search_promotions:add"), promotion_form("2", **fields))
    assert answer.status_code == 200
    assert reason in unescape(answer.content.decode())
    assert not Promotion.objects.exists()


def test_the_chooser_searches_the_index_in_the_language_of_the_form(editor, town) -> None:
    town.put("1", "Trauergruppe", "de")
    town.index()
    address = reverse("torv_search_result_chooser:choose_results")
    assert html(editor, address, q="sorg", locale="da").count("data-chooser-modal-choice") == 2
    assert "Trauergruppe" in html(editor, address, q="trauergruppen", locale="de")
    assert "Bisidder" in html(editor, address, locale="da")
    assert "data-chooser-modal-choice" not in html(editor, address, q="zebra", locale="da")
    assert html(editor, address, q="\x00", locale="xx")
    assert editor.get(reverse("torv_search_result_chooser:choose"), {"locale": "da"}).status_code == 200
    document = SearchDocument.objects.get(object_key="2")
    chosen = editor.get(reverse("torv_search_result_chooser:chosen", args=[document.pk])).json()
    assert chosen["result"]["title"] == "Sorg og savn"


def test_the_preview_shows_the_results_and_saves_nothing(editor, town) -> None:
    address = reverse("torv_search_preview")
    shown = unescape(editor.post(address, promotion_form("2", words="sorg\nbisidder")).content.decode())
    assert "Nothing is saved." in shown
    assert "Sorg og savn" in shown
    assert "Bisidder" in shown
    assert not Promotion.objects.exists()
    by_filter = editor.post(address, promotion_form("1", words="", facet="colour", value="red"))
    assert "Sorggruppe" in by_filter.content.decode()
    wrong = unescape(editor.post(address, promotion_form("2", words="")).content.decode())
    assert "Say for which searches" in wrong
    assert editor.get(address).status_code == 405


def test_the_preview_of_a_saved_one_leaves_it_as_it_is(editor, town) -> None:
    row = Promotion.objects.create(locale="da", words="sorg", searchable="tests.note", object_key="1")
    answer = editor.post(reverse("torv_search_preview", args=[row.pk]), promotion_form("2", words="bisidder"))
    assert answer.status_code == 200
    row.refresh_from_db()
    assert (row.words, row.object_key) == ("sorg", "1")


def test_the_try_out_page_says_why_a_result_is_there_and_is_not_counted(editor, town) -> None:
    address = reverse("torv_search_try")
    assert "Why here?" not in html(editor, address)
    shown = html(editor, address, q="sorggruppen", locale="da")
    assert "Why here?" in shown
    assert "Title: sorggruppe" in shown
    assert "1 result, from" in shown
    assert "0 results" in html(editor, address, q="zebra")
    assert html(editor, address, q="\x00'\"*", locale="xx", site="x")
    assert not QueryCount.objects.exists()


def test_searches_are_reported_with_what_can_be_done(editor, site, ask) -> None:
    for total in (0, 0, 4):
        query_log.record(ask("sorg & savn"), total)
    for _ in range(2):
        query_log.record(ask("sjælden"), 0)
    address = reverse("torv_search_log")
    shown = html(editor, address)
    assert '<th scope="row">sorg savn</th> <td>3</td> <td>2</td>' in shown
    assert "sjælden" not in shown
    assert "readers searched 5 times; 4 times there was no result" in shown
    assert f"{reverse('torv_search_synonyms:add')}?locale=da&word=sorg+savn" in shown
    assert f"{reverse('torv_search_promotions:add')}?locale=da&words=sorg+savn" in shown
    assert 'value="sorg savn"' in html(editor, reverse("torv_search_synonyms:add"), word="sorg savn")
    assert "sorg savn</textarea>" in html(editor, reverse("torv_search_promotions:add"), words="sorg savn")
    assert "Nothing to show" in html(editor, address, locale="de")
    assert html(editor, address, locale="xx", days="-3")


def test_the_period_and_the_filter_narrow_the_report_and_its_file(editor, ask) -> None:
    for text, total in (("sorg", 0), ("savn", 1)):
        for _ in range(3):
            query_log.record(ask(text), total)
    QueryCount.objects.filter(text="savn").update(day=timezone.localdate() - timedelta(days=20))
    address = reverse("torv_search_log")
    assert "savn" not in html(editor, address, days="7").partition("<table")[2]
    assert ">savn<" not in html(editor, address, days="30", missed="on")
    answer = editor.get(address, {"days": "30", "export": "csv"})
    assert answer["Content-Type"].startswith("text/csv")
    assert answer.content.decode("utf-8-sig").splitlines() == [
        "search,count,without_result",
        "savn,3,0",
        "sorg,3,3",
    ]


def test_the_queries_of_the_admin_do_not_grow_with_the_rows(editor, town, ask) -> None:
    def queries() -> list[int]:
        counts = []
        for name in ("torv_search_log", "torv_search_synonyms:index", "torv_search_promotions:index"):
            editor.get(reverse(name))
            with CaptureQueriesContext(connection) as captured:
                editor.get(reverse(name))
            counts.append(len(captured))
        return counts

    def add(number: int) -> None:
        Synonym.objects.create(locale="da", word=f"ord{number}", same_as="andet")
        Promotion.objects.create(
            locale="da", words=f"ord{number}", searchable="tests.note", object_key=str(number % 4)
        )
        for _ in range(3):
            query_log.record(ask(f"ord{number}"), 0)

    add(0)
    before = queries()
    for number in range(1, 12):
        add(number)
    assert queries() == before


@pytest.mark.parametrize(
    ("name", "codenames"),
    [
        ("torv_search_log", ["view_querycount"]),
        ("torv_search_try", ["view_synonym"]),
        ("torv_search_synonyms:index", ["add_synonym", "change_synonym", "delete_synonym", "view_synonym"]),
        (
            "torv_search_promotions:index",
            ["add_promotion", "change_promotion", "delete_promotion", "view_promotion"],
        ),
    ],
)
def test_each_page_is_for_those_who_may(editor, town, name: str, codenames: list[str]) -> None:
    address = reverse(name)
    assert address in editor.get(reverse("wagtailadmin_home")).content.decode()
    group = Group.objects.get(name="Search editors")
    group.permissions.remove(*Permission.objects.filter(codename__in=codenames))
    answer = editor.get(address)
    assert (answer.status_code, answer.url) == (302, reverse("wagtailadmin_home"))
    assert address not in editor.get(reverse("wagtailadmin_home")).content.decode()


def test_the_preview_needs_the_right_to_save(editor, town) -> None:
    group = Group.objects.get(name="Search editors")
    group.permissions.remove(Permission.objects.get(codename="add_promotion"))
    answer = editor.post(reverse("torv_search_preview"), promotion_form("2"))
    assert answer.status_code in (302, 403)
    assert b"Sorg og savn" not in answer.content


def test_groups_can_be_given_the_report_of_searches(admin_client: Client, site) -> None:
    form = admin_client.get(reverse("wagtailusers_groups:add")).content.decode()
    permission = Permission.objects.get(codename="view_querycount")
    assert f'value="{permission.pk}"' in form
