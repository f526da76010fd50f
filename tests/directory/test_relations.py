"""Relations between entries: stored once, read from both sides."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from directory.models import Entry, EntryRelation
from directory.pages.models import DirectoryPage

from .conftest import MakeEntry, translate
from .test_admin import address, form, rows


def relate(one: Entry, kind: str, other: Entry) -> EntryRelation:
    return EntryRelation.objects.create(from_entry=one, kind=kind, to_entry=other)


def shown(client: Client, entry: Entry, page: str = "/da/vejviser/") -> dict[str, list[str]]:
    relations = client.get(f"{page}{entry.slug}/").context["relations"]
    return {str(heading): [link.name for link in links] for heading, links in relations}


def test_a_relation_is_shown_from_both_sides_in_the_readers_language(
    client: Client, german_page: DirectoryPage, make_entry: MakeEntry, locales: dict[str, Locale]
) -> None:
    group, union, fund = make_entry("Gruppen"), make_entry("Foreningen"), make_entry("Fonden")
    translate(union, locales["de"], name="Der Verein")
    relate(group, "member_of", union)
    relate(group, "supported_by", fund)
    assert shown(client, group) == {"Medlem af": ["Foreningen"], "Støttes af": ["Fonden"]}
    assert shown(client, union) == {"Medlemmer": ["Gruppen"]}
    assert shown(client, fund) == {"Støtter": ["Gruppen"]}
    german = "/de/verzeichnis/"
    assert shown(client, group, german) == {"Mitglied bei": ["Der Verein"], "Unterstützt von": ["Fonden"]}
    assert 'lang="da"><a href="/de/verzeichnis/fonden/"' in client.get(f"{german}gruppen/").content.decode()


@pytest.mark.parametrize("fields", [{"live": False}, {"status": "defunct"}])
def test_what_is_not_public_is_not_named_on_the_other_side(
    client: Client, directory_page: DirectoryPage, make_entry: MakeEntry, fields: dict[str, object]
) -> None:
    group, union = make_entry("Gruppen"), make_entry("Foreningen", **fields)
    relate(group, "member_of", union)
    assert shown(client, group) == {}
    assert "Foreningen" not in client.get("/da/vejviser/gruppen/").content.decode()


def test_an_entry_is_not_related_to_itself_nor_twice_nor_in_a_circle(
    make_entry: MakeEntry, locales: dict[str, Locale]
) -> None:
    a, b, c = make_entry("A"), make_entry("B"), make_entry("C")
    german = translate(a, locales["de"])
    with pytest.raises(ValidationError):
        EntryRelation(from_entry=a, kind="part_of", to_entry=german).full_clean()
    relate(a, "part_of", b)
    relate(b, "part_of", c)
    with pytest.raises(ValidationError) as caught:
        EntryRelation(from_entry=c, kind="part_of", to_entry=a).full_clean()
    assert list(caught.value.message_dict) == ["to_entry"]
    EntryRelation(from_entry=c, kind="member_of", to_entry=a).full_clean()
    for twice in ((a, "part_of", b), (a, "member_of", a)):
        with pytest.raises(IntegrityError), transaction.atomic():
            relate(*twice)


def test_the_form_says_it_beside_the_field(desk: Client, make_entry: MakeEntry) -> None:
    entry = make_entry("A", kind="contact-point")
    sent = form(name="A", **rows("relations", {"kind": "part_of", "to_entry": entry.pk}))
    response = desk.post(address("edit", entry.pk), sent)
    assert [list(one) for one in response.context["form"].formsets["relations"].errors] == [["to_entry"]]


def test_queries_do_not_grow_with_relations(
    client: Client, directory_page: DirectoryPage, make_entry: MakeEntry
) -> None:
    group = make_entry("Gruppen")

    def queries() -> int:
        client.get("/da/vejviser/gruppen/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/da/vejviser/gruppen/")
        return len(captured)

    relate(group, "member_of", make_entry("Foreningen"))
    relate(make_entry("Anden"), "member_of", group)
    few = queries()
    for number in range(4):
        relate(group, "member_of", make_entry(f"Forening {number}"))
        relate(make_entry(f"Anden {number}"), "member_of", group)
    assert queries() == few


def test_an_entry_and_its_translation_are_not_chosen_both(
    desk: Client, make_entry: MakeEntry, locales: dict[str, Locale]
) -> None:
    union = make_entry("Foreningen")
    german = translate(union, locales["de"])
    both = [{"kind": "member_of", "to_entry": one.pk} for one in (union, german)]
    response = desk.post(address("add"), form(**rows("relations", *both)))
    assert response.status_code == 200
    assert not response.context["form"].formsets["relations"].is_valid()
