"""Content of a block type that is no longer offered is kept, shown to editors, and hidden from readers."""

import copy
import json
import pickle
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms_blocks.fields import ContentField, body_class
from cms_blocks.kept import KEPT, KeptBlock, KeptValue
from cms_blocks.pages.models import StandardPage
from tests.cms_blocks import factories
from tests.cms_blocks.conftest import offering

pytestmark = pytest.mark.usefixtures("english")

WORDS = "Vi fandt ro sammen"
QUOTE = {
    "type": "saying",
    "value": {"words": WORDS, "by": "En borger"},
    "id": "6b0c3b0e-7f7b-4b5a-9d5b-3f2f6d3c1a11",
}
TEXT = {"type": "text", "value": "<p>Hej</p>", "id": "0f8a2b1e-51a4-4a5e-8d2e-0d8f2f2f7b22"}


def stored(page):
    """What the database holds, read past the field."""
    table = StandardPage._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT body FROM {table} WHERE page_ptr_id = %s", [page.pk])
        found = cursor.fetchone()[0]
    return json.loads(found) if isinstance(found, str) else found


@pytest.fixture
def page(home, quote_offered):
    """A page written while quotes were offered; they are no longer."""
    with quote_offered():
        page = factories.below(home, title="Historier", body=json.dumps([QUOTE, TEXT]))
        page.save_revision().publish()
    return StandardPage.objects.get(pk=page.pk)


def test_no_block_definition_enters_a_migration():
    _name, path, args, kwargs = StandardPage._meta.get_field("body").deconstruct()
    assert (path, args) == ("cms_blocks.fields.ContentField", [])
    assert kwargs.keys() <= {"blank", "verbose_name"}


@pytest.mark.django_db
def test_another_body_in_the_settings_yields_no_migration(quote_offered):
    with quote_offered():
        call_command("makemigrations", "torv_pages", check=True, dry_run=True, stdout=(out := StringIO()))
    assert "No changes" in out.getvalue()


def test_a_cloned_field_offers_the_same_blocks():
    field = StandardPage._meta.get_field("body").clone()
    assert isinstance(field, ContentField)
    assert {"text", "accordion", "callout", "image"} < set(field.stream_block.child_blocks)


def test_saving_the_page_keeps_the_content(page):
    page.title = "Nye historier"
    page.save()
    assert stored(page) == [QUOTE, TEXT]


def test_saving_after_reading_every_block_keeps_the_content(page):
    assert [child.block_type for child in page.body] == [KEPT, "text"]
    page.save()
    assert stored(page) == [QUOTE, TEXT]


def test_publishing_a_revision_keeps_the_content(page):
    page.save_revision().publish()
    assert stored(page) == [QUOTE, TEXT]
    content = page.get_latest_revision().content["body"]
    assert json.loads(content) == [QUOTE, TEXT]


def test_copying_the_page_keeps_the_content(page):
    twin = page.copy(update_attrs={"slug": "historier-2"})
    assert stored(twin) == [QUOTE, TEXT]


def test_an_alias_keeps_the_content(page):
    alias = page.create_alias(update_slug="historier-3")
    assert stored(alias) == [QUOTE, TEXT]


def test_content_set_in_python_is_kept_when_its_type_is_unknown(page):
    page.body = [("saying", {"words": WORDS, "by": ""}), ("text", "<p>Hej</p>")]
    page.save()
    assert [(item["type"], item["value"]) for item in stored(page)] == [
        ("saying", {"words": WORDS, "by": ""}),
        ("text", "<p>Hej</p>"),
    ]


def test_pickled_and_copied_streams_keep_the_content(page):
    for twin in (pickle.loads(pickle.dumps(page.body)), copy.deepcopy(page.body)):
        assert twin.stream_block.get_prep_value(twin) == [QUOTE, TEXT]


def test_the_content_is_back_when_its_type_is_offered_again(page, quote_offered):
    page.save()
    with quote_offered():
        again = StandardPage.objects.get(pk=page.pk)
        assert again.body[0].block_type == "saying"
        assert again.body[0].value["words"] == WORDS


def test_text_that_is_no_json_stays_what_it_was(page):
    page.body = "ren tekst"
    assert page.body.raw_text == "ren tekst"


def test_readers_see_nothing_of_it(page, client):
    html = client.get(page.url).content.decode()
    assert "<p>Hej</p>" in html
    assert WORDS not in html
    assert KEPT not in html


def test_it_is_in_no_api_and_no_index(page):
    field = page.body.stream_block
    assert [item["type"] for item in field.get_api_representation(page.body)] == ["text"]
    assert WORDS not in page.plain_text
    assert WORDS not in " ".join(field.get_searchable_content(page.body))


def form_state(page):
    block = page.body.stream_block
    return block.get_form_state(page.body)


def test_the_edit_form_names_the_type_and_shows_the_words(page, admin_client):
    state = form_state(page)[0]
    assert state["type"] == KEPT
    assert state["value"]["was"] == "saying"
    assert WORDS in state["value"]["text"]
    html = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "readers do not see it" in html
    assert WORDS in html
    assert "keeping_stream_block.js" in html


def edit(client, page, blocks, **extra):
    data = nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "summary": "",
            "body": streamfield(blocks),
            "topic_rows-TOTAL_FORMS": "0",
            "topic_rows-INITIAL_FORMS": "0",
            "contact_rows-TOTAL_FORMS": "0",
            "contact_rows-INITIAL_FORMS": "0",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            **extra,
        }
    )
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def posted_text(text):
    return json.dumps(
        {
            "blocks": [
                {
                    "key": "a",
                    "text": text,
                    "type": "unstyled",
                    "depth": 0,
                    "inlineStyleRanges": [],
                    "entityRanges": [],
                }
            ],
            "entityMap": {},
        }
    )


def test_the_page_editor_keeps_it_where_the_editor_moved_it(page, admin_client):
    kept = form_state(page)[0]["value"]
    answer = edit(
        admin_client,
        page,
        [("text", posted_text("Godmorgen")), (KEPT, kept)],
        **{"body-0-id": TEXT["id"], "body-1-id": QUOTE["id"], "action-publish": "1"},
    )
    assert answer.status_code == 302
    assert [item["type"] for item in stored(page)] == ["text", "saying"]
    assert stored(page)[1] == QUOTE


def test_a_draft_in_the_page_editor_keeps_it(page, admin_client):
    answer = edit(admin_client, page, [(KEPT, form_state(page)[0]["value"])], **{"body-0-id": QUOTE["id"]})
    assert answer.status_code == 302
    page.refresh_from_db()
    assert json.loads(page.get_latest_revision().content["body"]) == [QUOTE]


def test_an_altered_kept_block_is_refused(page, admin_client):
    altered = {**form_state(page)[0]["value"], "data": "text:<script>"}
    answer = edit(admin_client, page, [(KEPT, altered)], **{"action-publish": "1"})
    assert answer.status_code == 200
    assert "came back altered" in answer.content.decode()
    assert stored(page) == [QUOTE, TEXT]


def test_words_typed_into_its_read_only_fields_change_nothing(page, admin_client):
    changed = {**form_state(page)[0]["value"], "text": "Noget andet", "was": "text"}
    edit(admin_client, page, [(KEPT, changed)], **{"body-0-id": QUOTE["id"], "action-publish": "1"})
    assert stored(page) == [QUOTE]


def test_an_editor_may_remove_it(page, admin_client):
    blocks = [(KEPT, form_state(page)[0]["value"]), ("text", posted_text("Hej"))]
    removed = {"body-0-deleted": "1", "body-0-id": QUOTE["id"]}
    edit(admin_client, page, blocks, **removed, **{"action-publish": "1"})
    assert [item["type"] for item in stored(page)] == ["text"]


def test_a_client_that_never_saw_it_does_not_drop_it(page, admin_client):
    """Wagtail's writing API sends back what it was given, which leaves kept blocks out."""
    blocks = [("text", posted_text("Hej")), ("text", posted_text("Farvel"))]
    answer = edit(admin_client, page, blocks, **{"action-publish": "1"})
    assert answer.status_code == 302
    assert [item["type"] for item in stored(page)] == ["saying", "text", "text"]
    assert stored(page)[0] == QUOTE


def test_a_form_opened_before_the_type_was_switched_off_is_refused_not_cut(page, admin_client):
    blocks = [("saying", {"words": "Ændret", "by": ""}), ("text", posted_text("Hej"))]
    answer = edit(admin_client, page, blocks, **{"action-publish": "1"})
    assert answer.status_code == 200
    assert "switched off while you were writing: saying" in answer.content.decode().replace("&#x27;", "'")
    assert stored(page) == [QUOTE, TEXT]


def test_the_stand_in_alone_is_hidden_from_the_list_of_blocks():
    block = StandardPage._meta.get_field("body").stream_block
    names = [child.name for _group, children in block.grouped_child_blocks() for child in children]
    assert sorted(names) == sorted([*body_class().base_blocks, KEPT])  # the script takes the stand-in out


def test_words_are_found_in_any_nesting():
    value = KeptValue(
        "x", {"items": [{"type": "item", "value": {"text": "<p>Et</p><p>To</p>"}, "id": "1"}], "n": 3}
    )
    assert value.text == "Et To"


def test_comparing_revisions_of_a_page_with_kept_content_works(page, admin_client):
    first = page.save_revision()
    page.title = "Andre historier"
    second = page.save_revision()
    url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk])
    assert admin_client.get(url).status_code == 200


def test_a_setting_that_cannot_be_imported_loses_nothing(page):
    with offering("no.such.Stream"):
        lost = StandardPage.objects.get(pk=page.pk)
        lost.save()
        assert [child.block_type for child in lost.body] == [KEPT, KEPT]
    assert stored(page) == [QUOTE, TEXT]


@pytest.mark.django_db
def test_queries_of_a_body_do_not_grow_with_its_pictures(home, client):
    def queries(count):
        pictures = [factories.image(f"billede {i}", 500, 300) for i in range(count)]
        page = factories.below(home, body=[factories.four_blocks(picture)[3] for picture in pictures])
        client.get(page.url)  # makes the renditions
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page.url).content.decode().count("<figure") == count
        return len(queries)

    assert queries(2) == queries(9)


def test_kept_block_renders_as_nothing():
    assert KeptBlock().render(KeptValue("saying", {"words": WORDS})) == ""


@override_settings(TORV_BLOCKS={"BODY": "tests.cms_blocks.bodies.WithQuote"})
def test_the_field_follows_the_setting():
    assert "saying" in StandardPage._meta.get_field("body").stream_block.child_blocks


@pytest.mark.django_db
def test_page_tree_operations_leave_it_alone(page, home):
    shelf = factories.section(home, title="Arkiv")
    page.move(shelf, pos="last-child")
    assert stored(page) == [QUOTE, TEXT]
    assert Page.objects.get(pk=page.pk).specific.body.raw_data[0]["value"]["type"] == "saying"
