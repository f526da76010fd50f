"""Filters that editors make: from the form of the admin to the list that citizens narrow."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale

from directory.models import EditorFacet, EditorFacetValue, Entry, EntryFacetValue
from directory.pages.models import DirectoryPage
from search import registry
from tests.search.conftest import elasticsearch_at, in_step, node_address

from .conftest import MakeEntry, index_entries, translate
from .import_helpers import csv_file, refusal, run
from .test_admin import address, errors, form, rows
from .test_search_documents import documents
from .test_translation import put_in_words, submit

LIST = "/da/vejviser/"


def make_facet(
    locales: dict[str, Locale], label: str = "Hvem leder", slug: str = "led-by", **choices: str
) -> EditorFacet:
    """`make_facet(locales, peers="Ligestillede")`; the choices in this order."""
    facet = EditorFacet(label=label, slug=slug, locale=locales["da"])
    facet.facet_values = [
        EditorFacetValue(label=name, slug=key, sort_order=order, locale=locales["da"])
        for order, (key, name) in enumerate(choices.items())
    ]
    facet.full_clean()
    facet.save()
    return facet


@pytest.fixture
def facet(locales: dict[str, Locale]) -> EditorFacet:
    return make_facet(locales, professional="Fagperson", peers="Ligestillede")


def choice(slug: str) -> EditorFacetValue:
    return EditorFacetValue.objects.get(slug=slug, facet__source_row=None)


@pytest.fixture
def groups(facet: EditorFacet, make_entry: MakeEntry) -> dict[str, Entry]:
    """A group led by peers, one by both, and one that says nothing."""
    found = {name: make_entry(name) for name in ("Peers", "Both", "Nobody")}
    EntryFacetValue.objects.create(entry=found["Peers"], value=choice("peers"))
    for slug in ("peers", "professional"):
        EntryFacetValue.objects.create(entry=found["Both"], value=choice(slug))
    index_entries()
    return found


def results(client: Client, query: str = "", path: str = LIST) -> Any:
    response = client.get(f"{path}{query}")
    assert response.status_code == 200
    return response.context


def counted(context: Any, name: str = "led-by") -> list[tuple[str, int]]:
    facets = {facet.name: facet for facet in context["results"].facets}
    return [(value.label, value.count) for value in facets[name].values]


def names(context: Any) -> list[str]:
    return sorted(each.hit.row.title for each in context["entry_hits"])


def test_a_filter_is_counted_without_itself_and_keeps_the_order_of_its_editors(
    client: Client, directory_page: DirectoryPage, groups: dict[str, Entry]
) -> None:
    assert counted(results(client)) == [("Fagperson", 1), ("Ligestillede", 2)]
    narrowed = results(client, "?led-by=professional")
    assert names(narrowed) == ["Both"]
    assert counted(narrowed) == [("Fagperson", 1), ("Ligestillede", 2)]
    assert names(results(client, "?led-by=professional&led-by=peers")) == ["Both", "Peers"]


def test_a_renamed_filter_and_choice_show_at_once(
    client: Client, directory_page: DirectoryPage, groups: dict[str, Entry], facet: EditorFacet
) -> None:
    results(client)
    facet.label = "Ledet af"
    facet.save()
    row = choice("peers")
    row.label = "Os selv"
    row.save()
    context = results(client)
    assert ("Os selv", 2) in counted(context)
    assert "Ledet af" in [each.label for each in context["results"].facets]


def test_an_address_with_a_choice_or_a_filter_that_is_gone_is_answered(
    client: Client, directory_page: DirectoryPage, groups: dict[str, Entry], facet: EditorFacet
) -> None:
    choice("peers").delete()
    index_entries()
    context = results(client, "?led-by=peers")
    assert "peers" in context["filterset"].messages["led-by"][0]
    assert names(context) == ["Both", "Nobody", "Peers"]
    facet.delete()
    assert "led-by" not in [each.name for each in results(client, "?led-by=peers")["results"].facets]
    assert results(client, "?led-by=%00%27&led-by=")["results"].total == 3


def test_a_deleted_choice_leaves_its_entries_documents_at_once(groups: dict[str, Entry]) -> None:
    choice("professional").delete()
    assert documents(groups["Both"])["da"].facets["led-by"] == ("peers",)


def test_a_choice_finds_its_entries_as_a_word(
    client: Client, directory_page: DirectoryPage, groups: dict[str, Entry]
) -> None:
    assert names(results(client, "?q=fagperson")) == ["Both"]


@pytest.mark.parametrize("slug", ["topic", "q", "near", "page", "list", "kind", "locale", "grant"])
def test_a_filter_cannot_take_the_name_of_another_parameter(locales: dict[str, Locale], slug: str) -> None:
    with pytest.raises(ValidationError) as caught:
        make_facet(locales, slug=slug)
    assert slug in caught.value.message_dict["slug"][0]


def test_an_address_that_links_lead_to_stays(facet: EditorFacet) -> None:
    facet.slug = "leader"
    with pytest.raises(ValidationError) as caught:
        facet.full_clean()
    assert "led-by" in caught.value.message_dict["slug"][0]
    row = choice("peers")
    row.slug = "equals"
    with pytest.raises(ValidationError, match="peers"):
        row.full_clean()


@pytest.fixture
def keeper(editor: User, desk: Client) -> Client:
    """A desk from which filters can be made too."""
    editor.groups.get().permissions.add(
        *Permission.objects.filter(content_type__app_label="torv_directory", codename__endswith="editorfacet")
    )
    return desk


def facet_address(name: str, *args: object) -> str:
    return reverse(f"wagtailsnippets_torv_directory_editorfacet:{name}", args=args)


def test_an_editor_makes_a_filter_whose_addresses_come_of_the_names(
    keeper: Client, locales: dict[str, Locale]
) -> None:
    given = (
        {"label": "Få ord", "slug": ""},
        {"label": "Få ord", "slug": ""},
        {"label": "Tegn", "slug": "sign"},
    )
    sent = {"label": "Sprog i gruppen", "slug": "", **rows("facet_values", *given)}
    response = keeper.post(facet_address("add"), sent)
    assert response.status_code == 302, response.context["form"].formsets["facet_values"].errors
    facet = EditorFacet.objects.get()
    assert facet.slug == "sprog-i-gruppen"
    assert [row.slug for row in facet.facet_values.all()] == ["faa-ord", "faa-ord-2", "sign"]
    assert keeper.get(facet_address("list")).status_code == 200


@pytest.mark.parametrize(
    ("fields", "given"),
    [({"slug": "topic"}, ["a"]), ({"slug": "mine"}, ["same", "same"]), ({"slug": "mine"}, [])],
)
def test_what_is_wrong_with_a_filter_is_said_and_nothing_typed_is_lost(
    keeper: Client, locales: dict[str, Locale], fields: dict[str, str], given: list[str]
) -> None:
    choices = [{"label": slug.title(), "slug": slug} for slug in given]
    response = keeper.post(facet_address("add"), {"label": "Min", **fields, **rows("facet_values", *choices)})
    assert response.status_code == 200
    form_, choices_ = response.context["form"], response.context["form"].formsets["facet_values"]
    assert form_.errors or any(choices_.errors) or choices_.non_form_errors()
    assert 'value="Min"' in response.content.decode()
    assert not EditorFacet.objects.exists()


def test_an_editor_chooses_for_an_entry_and_the_draft_keeps_it(desk: Client, facet: EditorFacet) -> None:
    peers, professional = choice("peers"), choice("professional")
    sent = form(phone="86 12 34 56", **{"facet-led-by": [peers.pk]})
    assert desk.post(address("add"), sent).status_code == 302
    entry = Entry.objects.get()
    draft = entry.get_latest_revision_as_object()
    assert [row.value for row in draft.entry_facet_values.all()] == [peers]
    page = desk.get(address("edit", entry.pk))
    assert page.context["form"]["facet-led-by"].initial == [peers.pk]
    changed = {**sent, "facet-led-by": [professional.pk], "action-publish": "1"}
    assert desk.post(address("edit", entry.pk), changed).status_code == 302
    assert [row.value for row in Entry.objects.get().entry_facet_values.all()] == [professional]
    before, after = entry.revisions.order_by("pk")[:2]
    compared = desk.get(address("revisions_compare", entry.pk, before.pk, after.pk)).content.decode()
    assert "Fagperson" in compared


def test_a_choice_that_was_deleted_meanwhile_is_said_beside_the_field(
    desk: Client, facet: EditorFacet
) -> None:
    gone = choice("peers").pk
    choice("peers").delete()
    assert list(errors(desk.post(address("add"), form(**{"facet-led-by": [gone]})))) == ["facet-led-by"]


def test_words_of_a_filter_are_translated_and_entries_have_facts_once(
    client: Client,
    german_page: DirectoryPage,
    groups: dict[str, Entry],
    facet: EditorFacet,
    locales: dict[str, Locale],
    desk: Client,
) -> None:
    translation = submit(facet, locales["de"])
    peers = choice("peers")
    put_in_words(
        translation, label="Wer leitet", **{f"facet_values.{peers.translation_key}.label": "Betroffene"}
    )
    translation.save_target(publish=True)
    german = translate(groups["Both"], locales["de"], name="Beide")
    index_entries()
    assert german.entry_facet_values.count() == 0
    assert EditorFacet.objects.get(locale=locales["de"]).slug == "led-by"
    context = results(client, "?led-by=peers", "/de/verzeichnis/")
    assert ("Betroffene", 2) in counted(context)
    assert ("Fagperson", 1) in counted(context)
    page = client.get(f"/de/verzeichnis/{groups['Both'].slug}/").content.decode()
    assert "Wer leitet" in page
    assert '<span lang="da">Fagperson</span>' in page
    assert "facet-led-by" not in desk.get(address("edit", german.pk)).context["form"].fields


def test_a_page_shows_the_filters_in_its_own_order(
    client: Client, directory_page: DirectoryPage, groups: dict[str, Entry], admin_client: Client
) -> None:
    shown = directory_page.shown_facets()
    assert (shown[0], shown[-2:]) == ("entry_kind", ("grant", "led-by"))
    edit = reverse("wagtailadmin_pages:edit", args=[directory_page.pk])
    numbers = dict.fromkeys(shown, "") | {"led-by": "1", "place": "2"}
    sent = {"title": "Vejviser", "slug": "vejviser", "body-count": "0", "summary": "", "action-publish": "1"}
    fields = {f"facet_order-{name}": number for name, number in numbers.items()}
    response = admin_client.post(
        edit, {**sent, **fields, "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    )
    assert response.status_code == 302, response.context["form"].errors
    page = DirectoryPage.objects.get()
    assert page.shown_facets() == ("led-by", "place")
    assert [facet.name for facet in results(client)["results"].facets] == ["led-by", "place"]
    wrong = admin_client.post(edit, {**sent, **fields, "facet_order-place": "first"})
    assert "facet_order" in wrong.context["form"].errors
    assert 'value="first"' in wrong.content.decode()
    EditorFacet.objects.all().delete()
    assert DirectoryPage.objects.get().shown_facets() == ("place",)


def test_queries_do_not_grow_with_filters_choices_and_entries(
    client: Client,
    directory_page: DirectoryPage,
    groups: dict[str, Entry],
    make_entry: MakeEntry,
    locales: dict[str, Locale],
) -> None:
    paths = (LIST, f"{LIST}?led-by=peers", f"{LIST}{groups['Both'].slug}/")

    def queries() -> list[int]:
        found = []
        for path in paths:
            client.get(path)
            with CaptureQueriesContext(connection) as captured:
                client.get(path)
            found.append(len(captured))
        return found

    few = queries()
    for number in range(3):
        more = make_facet(locales, f"Mere {number}", f"more-{number}", one="En", two="To")
        for row in more.facet_values.all():
            EntryFacetValue.objects.create(entry=groups["Both"], value=row)
            EntryFacetValue.objects.create(entry=make_entry(f"Anden {row.pk}"), value=row)
    index_entries()
    assert queries() == few


HEADER = "external_id;name;kind;phone;facet:led-by"


def imported(folder: Path, cell: str) -> list[str]:
    return run(csv_file(folder, f"7;Import;network;+4586123456;{cell}", header=HEADER)).messages


def test_a_column_fills_a_filter_and_leaves_others_alone(
    tmp_path: Path, facet: EditorFacet, locales: dict[str, Locale]
) -> None:
    other = make_facet(locales, "Andet", "other", one="En")
    assert imported(tmp_path, "Ligestillede, professional".replace(",", "/")) != []
    path = csv_file(
        tmp_path, '7;Import;network;86123456;"ligestillede; professional"', header=HEADER, name="two.csv"
    )
    assert run(path).messages == []
    entry = Entry.objects.get()
    assert {row.value.slug for row in entry.entry_facet_values.all()} == {"peers", "professional"}
    EntryFacetValue.objects.create(entry=entry, value=other.facet_values.get())
    assert "unchanged 1" in run(path).summary
    assert imported(tmp_path, "peers") == []
    assert {row.value.slug for row in Entry.objects.get().entry_facet_values.all()} == {"peers", "one"}


def test_an_unknown_choice_or_filter_is_named_with_the_nearest(tmp_path: Path, facet: EditorFacet) -> None:
    (message,) = imported(tmp_path, "Ligestilede")
    assert message.startswith("REFUSED")
    assert "Did you mean “Ligestillede”?" in message
    told = refusal(csv_file(tmp_path, "7;Import;network;;x", header=HEADER.replace("led-by", "ledby")))
    assert "facet:led-by" in told


def test_every_facet_of_the_registry_can_be_asked_by_name(facet: EditorFacet) -> None:
    found = registry.facets(["led-by", "no-such-facet"])
    assert [each.name for each in found] == ["led-by"]
    assert registry.facets()[-1].name == "led-by"
    assert "led-by" not in [each.name for each in registry.registered_facets()]


@pytest.mark.parametrize("major", [8, 9])
def test_elasticsearch_counts_the_same(
    client: Client, directory_page: DirectoryPage, groups: dict[str, Entry], major: int
) -> None:
    with elasticsearch_at(node_address(major)):
        in_step()
        context = results(client, "?led-by=professional")
        assert context["results"].engine == "elasticsearch"
        assert names(context) == ["Both"]
        assert counted(context) == [("Fagperson", 1), ("Ligestillede", 2)]
        assert results(client, "?led-by=gone")["results"].total == 3
