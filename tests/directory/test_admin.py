from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import GroupApprovalTask, Locale, Site, Workflow, WorkflowContentType, WorkflowTask

from cms_blocks.models import Topic
from directory.models import Entry
from directory.models.kinds import UNREACHABLE
from directory.pages.models import DirectoryPage

from .conftest import MakeEntry, MakeTopic, translate


def address(name: str, *args: object) -> str:
    return reverse(f"wagtailsnippets_torv_directory_entry:{name}", args=args)


def rows(prefix: str, *given: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    """What the browser sends for an inline panel."""
    sent: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(given), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(given):
        row = {"ORDER": number + 1, "DELETE": "", **row}
        sent |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return sent


PLACE = {"city": "Århus", "postal_code": "8000", "country": "DK", "location_type": "physical"}


NOT_SENT = (
    "entry_target_groups",
    "schedules",
    "cost_options",
    "team_members",
    "relations",
    "contacts",
    "grants",
)


def form(*, places: Any = (), topics: Any = (), **fields: Any) -> dict[str, Any]:
    texts = {"kind": "contact-point", "name": "Sorggruppen", "description": "null"}
    others = {name: value for relation in NOT_SENT for name, value in rows(relation).items()}
    return {
        **texts,
        "status": "active",
        "contact_by": "mailbox",
        **others,
        **rows("locations", *places),
        **rows("entry_topics", *topics),
        **fields,
    }


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200
    return dict(response.context["form"].errors)


def test_an_editor_creates_a_draft_and_publishes_it(desk: Client, make_topic: MakeTopic) -> None:
    topic = make_topic("Sorg")
    sent = form(phone="86 12 34 56", places=[PLACE], topics=[{"topic": topic.pk}])
    response = desk.post(address("add"), sent)
    draft = Entry.objects.get()
    assert response.url == address("edit", draft.pk)
    assert (draft.live, draft.slug, draft.phone.as_e164) == (False, "sorggruppen", "+4586123456")
    sent |= rows("locations", {**PLACE, "id": draft.locations.get().pk}, initial=1)
    sent |= rows("entry_topics", {"topic": topic.pk, "id": draft.entry_topics.get().pk}, initial=1)
    desk.post(address("edit", draft.pk), {**sent, "action-publish": "1"})
    entry = Entry.objects.get()
    assert entry.live
    assert [place.city_slug for place in entry.locations.all()] == ["aarhus"]
    assert [carried.topic for carried in entry.entry_topics.all()] == [topic]


def test_an_entry_nobody_can_reach_may_be_kept_as_a_draft(desk: Client, locales: dict[str, Locale]) -> None:
    desk.post(address("add"), form())
    assert not Entry.objects.get().live


def test_an_entry_nobody_can_reach_is_not_published_and_the_form_keeps_what_was_typed(
    desk: Client, locales: dict[str, Locale]
) -> None:
    response = desk.post(address("add"), form(summary="Vi mødes.", **{"action-publish": "1"}))
    assert list(errors(response)) == ["phone"]
    page = response.content.decode()
    assert "say how to reach it" in page
    assert "Vi mødes." in page
    assert not Entry.objects.exists()


def test_a_place_alone_is_enough_but_not_one_that_is_being_removed(
    desk: Client, locales: dict[str, Locale]
) -> None:
    removed = desk.post(address("add"), form(places=[{**PLACE, "DELETE": "1"}], **{"action-publish": "1"}))
    assert list(errors(removed)) == ["phone"]
    desk.post(address("add"), form(places=[PLACE], **{"action-publish": "1"}))
    assert Entry.objects.get().live


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "call me"),
        ("email", "nobody"),
        ("website", "not a website"),
        ("kind", "club"),
        ("slug", "to ord"),
        ("visible_to", "2020-13-45"),
        ("name", ""),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    desk: Client, locales: dict[str, Locale], field: str, value: str
) -> None:
    response = desk.post(address("add"), form(**{field: value}))
    assert list(errors(response)) == [field]
    assert response.context["form"][field].value() == value


def test_an_address_and_an_id_in_use_are_said_beside_their_fields(
    desk: Client, make_entry: MakeEntry
) -> None:
    make_entry("KISS", external_id="294")
    response = desk.post(address("add"), form(slug="kiss", external_id="294"))
    assert sorted(errors(response)) == ["external_id", "slug"]


def test_half_a_position_is_said_beside_the_empty_field(desk: Client, locales: dict[str, Locale]) -> None:
    response = desk.post(address("add"), form(places=[{**PLACE, "latitude": "56.1"}]))
    places = response.context["form"].formsets["locations"]
    assert [list(place) for place in places.errors] == [["longitude"]]


def test_a_topic_and_its_translation_are_not_chosen_both(desk: Client, make_topic: MakeTopic) -> None:
    topic = make_topic("Sorg", de="Trauer")
    german = Topic.objects.get(source_row=topic)
    sent = form(topics=[{"topic": topic.pk}, {"topic": german.pk}])
    response = desk.post(address("add"), sent)
    assert response.status_code == 200
    assert not response.context["form"].formsets["entry_topics"].is_valid()
    assert not Entry.objects.exists()


def test_a_translation_shows_its_texts_and_where_the_facts_are_edited(
    desk: Client, make_entry: MakeEntry, locales: dict[str, Locale]
) -> None:
    source = make_entry(phone="+4586123456", cities=["Aarhus"])
    row = translate(source, locales["de"])
    response = desk.get(address("edit", row.pk))
    fields = set(response.context["form"].fields)
    assert {"name", "summary", "description"} <= fields
    assert not fields & {
        "phone",
        "email",
        "website",
        "slug",
        "kind",
        "external_id",
        "assured_on",
        "visible_to",
    }
    page = response.content.decode()
    assert address("edit", source.pk) in page
    assert "locations-TOTAL_FORMS" not in page


def test_publishing_a_translation_leaves_the_facts_alone(
    desk: Client, make_entry: MakeEntry, locales: dict[str, Locale]
) -> None:
    source = make_entry(phone="+4586123456", cities=["Aarhus"])
    row = translate(source, locales["de"], live=False)
    sent = {"name": "Trauergruppe", "summary": "", "description": "null", "action-publish": "1"}
    assert desk.post(address("edit", row.pk), sent).status_code == 302
    row = Entry.objects.get(pk=row.pk)
    assert (row.live, row.name, row.slug, row.facts.phone) == (
        True,
        "Trauergruppe",
        "sorggruppen",
        "+4586123456",
    )
    assert source.locations.count() == 1


def test_the_directory_has_its_own_place_in_the_menu(desk: Client, locales: dict[str, Locale]) -> None:
    page = desk.get(reverse("wagtailadmin_home")).content.decode()
    assert address("list") in page


def listed(desk: Client, **query: Any) -> list[str]:
    response = desk.get(address("list"), query)
    assert response.status_code == 200
    return sorted(entry.name for entry in response.context["object_list"])


def test_editors_narrow_the_list(
    desk: Client, make_entry: MakeEntry, make_topic: MakeTopic, locales: dict[str, Locale]
) -> None:
    topic = make_topic("Sorg")
    source = make_entry("A", cities=["Aarhus"], topics=[topic], email="a@torvkoebing.example")
    translate(source, locales["de"], name="A auf Deutsch")
    make_entry("B", kind="network", cities=["Randers"], live=False)
    assert listed(desk) == ["A", "A auf Deutsch", "B"]
    assert listed(desk, kind="network") == ["B"]
    assert listed(desk, town="aarhus") == ["A", "A auf Deutsch"]
    assert listed(desk, topic=topic.pk) == ["A", "A auf Deutsch"]
    assert listed(desk, live="false") == ["B"]
    assert listed(desk, locale="de") == ["A auf Deutsch"]
    assert listed(desk, q="deutsch") == ["A auf Deutsch"]
    assert listed(desk, q="a@torv") == ["A"]
    assert listed(desk, q='"') == []


def test_the_list_shows_kind_town_and_last_check_of_the_source(
    desk: Client, make_entry: MakeEntry, locales: dict[str, Locale]
) -> None:
    source = make_entry("A", kind="network", cities=["Aarhus", "Randers"], assured_on="2026-10-05")
    translate(source, locales["de"])
    page = desk.get(address("list"), {"locale": "de"}).content.decode()
    for part in ("Network", "Aarhus, Randers", "10/05/2026"):
        assert part in page


def test_the_lists_own_queries_do_not_grow_with_the_entries(
    desk: Client, make_entry: MakeEntry, make_topic: MakeTopic
) -> None:
    def queries(word: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.get(address("list"))
        return sum(word in query["sql"] for query in captured)

    make_entry("A", cities=["Aarhus"], topics=[make_topic("Sorg")])
    tables = ["torv_directory_location", "torv_directory_entrytopic", "torv_blocks_topic"]
    few = [queries(table) for table in tables]
    for _ in range(5):
        make_entry("A", cities=["Aarhus"], topics=[make_topic("Sorg")])
    assert [queries(table) for table in tables] == few


def preview(desk: Client, entry: Entry, **fields: Any) -> str:
    sent = form(name="Ikke gemt", phone="86 12 34 56", places=[PLACE], **fields)
    posted = desk.post(address("preview_on_edit", entry.pk), sent)
    assert posted.json() == {"is_valid": True, "is_available": True}
    response = desk.get(address("preview_on_edit", entry.pk))
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_preview_shows_what_is_not_saved_in_the_directory_page(
    desk: Client, directory_page: DirectoryPage, make_entry: MakeEntry
) -> None:
    page = preview(desk, make_entry("Gemt"))
    assert "<h1>Ikke gemt</h1>" in page
    assert "+45 86 12 34 56" in page
    assert "8000 Århus" in page
    assert 'href="/da/vejviser/"' in page


def test_a_preview_works_without_a_directory_page(desk: Client, site: Site, make_entry: MakeEntry) -> None:
    assert "<h1>Ikke gemt</h1>" in preview(desk, make_entry("Gemt"))


def test_an_entry_that_was_never_saved_has_a_preview(desk: Client, site: Site) -> None:
    assert desk.post(address("preview_on_add"), form()).json()["is_valid"]
    assert "<h1>Sorggruppen</h1>" in desk.get(address("preview_on_add")).content.decode()


def test_a_translation_is_previewed_in_its_language_with_the_facts_of_the_source(
    desk: Client, german_page: DirectoryPage, make_entry: MakeEntry, locales: dict[str, Locale]
) -> None:
    row = translate(make_entry(phone="+4586123456", cities=["Aarhus"]), locales["de"])
    desk.post(address("preview_on_edit", row.pk), {"name": "Trauergruppe", "description": "null"})
    page = desk.get(address("preview_on_edit", row.pk)).content.decode()
    assert "<h1>Trauergruppe</h1>" in page
    assert '<html lang="de">' in page
    assert "+45 86 12 34 56" in page
    assert 'href="/de/verzeichnis/"' in page


def test_history_compare_revert_lock_and_usage_answer(
    desk: Client, editor: User, make_entry: MakeEntry
) -> None:
    entry = make_entry(kind="contact-point", phone="+4586123456", cities=["Aarhus"])
    first = entry.save_revision(user=editor)
    entry.name = "Nyt navn"
    second = entry.save_revision(user=editor)
    second.publish()
    for name, *args in (
        ("history", entry.pk),
        ("revisions_view", entry.pk, first.pk),
        ("revisions_revert", entry.pk, first.pk),
        ("revisions_compare", entry.pk, first.pk, second.pk),
        ("usage", entry.pk),
        ("unpublish", entry.pk),
        ("delete", entry.pk),
    ):
        assert desk.get(address(name, *args)).status_code == 200, name


def test_a_locked_entry_is_not_saved(desk: Client, make_entry: MakeEntry) -> None:
    other = User.objects.create_user("other", password="a-long-password-for-tests")
    entry = make_entry(locked=True, locked_by=other)
    response = desk.post(address("edit", entry.pk), form(name="Andet navn"))
    assert response.status_code == 200
    assert entry.revisions.count() == 0


@pytest.fixture
def approval(locales: dict[str, Locale]) -> None:
    """What editors submit waits for somebody of another group."""
    task = GroupApprovalTask.objects.create(name="Look at it")
    task.groups.add(Group.objects.create(name="Chiefs"))
    workflow = Workflow.objects.create(name="Check")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    content_type = ContentType.objects.get_for_model(Entry)
    WorkflowContentType.objects.create(workflow=workflow, content_type=content_type)


def test_an_approved_entry_goes_live_through_the_workflow(
    desk: Client, approval: None, admin_client: Client
) -> None:
    desk.post(address("add"), form(phone="86 12 34 56", **{"action-submit": "1"}))
    entry = Entry.objects.get()
    assert not entry.live
    state = entry.current_workflow_task_state
    admin_client.post(address("workflow_action", entry.pk, "approve", state.pk), {"comment": ""})
    entry.refresh_from_db()
    assert entry.live


def test_what_an_entry_lost_while_it_waited_is_said_when_it_is_approved(
    desk: Client, approval: None, admin_client: Client
) -> None:
    desk.post(address("add"), form(phone="86 12 34 56", **{"action-submit": "1"}))
    entry = Entry.objects.get()
    admin_client.post(address("edit", entry.pk), form(phone=""))
    state = entry.current_workflow_task_state
    approve = address("workflow_action", entry.pk, "approve", state.pk)
    shown = admin_client.post(approve, {"comment": ""}, follow=True, HTTP_ACCEPT_LANGUAGE="en")
    assert shown.redirect_chain == [(address("edit", entry.pk), 302)]
    with translation.override("en"):
        assert str(UNREACHABLE) in shown.content.decode()
    entry.refresh_from_db()
    assert not entry.live
    assert entry.current_workflow_task_state == state


def test_what_an_entry_lacks_is_said_when_it_is_submitted(desk: Client, approval: None) -> None:
    response = desk.post(address("add"), form(**{"action-submit": "1"}))
    assert list(errors(response)) == ["phone"]
    assert not Entry.objects.exists()


def test_what_a_scheduled_entry_lacks_is_said_when_it_is_scheduled(
    desk: Client, locales: dict[str, Locale]
) -> None:
    sent = form(go_live_at="2999-01-01 08:00", **{"action-publish": "1"})
    assert list(errors(desk.post(address("add"), sent))) == ["phone"]


def test_a_visitor_without_rights_sees_nothing_of_the_desk(client: Client, make_entry: MakeEntry) -> None:
    entry = make_entry()
    for name, *args in (("list",), ("add",), ("edit", entry.pk), ("preview_on_edit", entry.pk)):
        assert client.get(address(name, *args)).status_code == 302, name


def test_the_exported_list_holds_no_formula(desk: Client, make_entry: MakeEntry) -> None:
    make_entry("=HYPERLINK(1)", phone="+4586123456")
    exported = desk.get(address("list"), {"export": "csv"}).getvalue().decode()
    assert "'=HYPERLINK(1)" in exported
    assert ",+45 86 12 34 56" in exported
