"""Every page type and every block through wagtail-localize: submit, translate, publish, change, update."""

import json
import re
from collections import defaultdict
from collections.abc import Callable
from datetime import time
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms_blocks.fields import body_class
from cms_blocks.models import Alert, ContactPerson, CrisisNumber, LifeEvent, Topic
from cms_blocks.pages.models import EventEditionPage, HomePage, ServicePage
from directory.models import EditorFacet, EditorFacetValue, Entry, TargetGroup
from tests.cms_blocks import articles, events, factories
from tests.cms_blocks.test_translation import publish, submit, translate, update
from tests.site.page_types import MAKERS, MORE, SHARED

pytestmark = pytest.mark.django_db

#: Ids of rows and blocks in the path of a text.
_ID = re.compile(r"\.[0-9a-f]{8}-[0-9a-f-]{27}")
#: A text of a table is known by its hash.
_CELL = re.compile(r"\.[0-9a-f]{16}$")


@pytest.fixture
def home(db: None) -> HomePage:
    for code in ("da", "de", "en"):
        factories.locale(code)
    return factories.home()


def page_types() -> list[type[Page]]:
    own = (apps.get_app_config(label) for label in ("torv_pages", "torv_directory_pages"))
    return [model for app in own for model in app.get_models() if issubclass(model, Page)]


def texts(row: Any) -> dict[str, str]:
    """Path -> text of what is translated, without the address."""
    found = (segment for segment in extract_segments(row) if isinstance(segment, StringSegmentValue))
    return {segment.path: segment.string.data for segment in found if segment.path != "slug"}


def fields(row: Any) -> set[str]:
    return {_ID.sub("", path) for path in texts(row)}


def translate_all(translation: Translation) -> None:
    """Each text by a mark and itself; the same text may stand in several places."""
    for segment in translation.source.stringsegment_set.select_related("string", "context"):
        if segment.context.path != "slug":
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=translation.target_locale,
                context=segment.context,
                defaults={"data": f"Ü {segment.string.data}", "translation_type": "manual"},
            )


def untranslated(row: Any) -> dict[str, str]:
    return {path: text for path, text in texts(row).items() if not text.startswith("Ü ")}


def target_of(page: Any) -> Any:
    return type(page).objects.get(translation_key=page.translation_key, locale__language_code="de")


def test_every_page_type_has_a_page_here() -> None:
    assert set(MAKERS) == set(page_types())


@pytest.mark.parametrize("model", page_types(), ids=lambda model: model.__name__)
def test_a_page_of_each_type_is_translated_and_updated(
    home: HomePage, client: Client, django_capture_on_commit_callbacks: Any, model: type[Page]
) -> None:
    if model is not HomePage:
        factories.home("de", "Marktplatz", translation_key=home.translation_key)
    page = MAKERS[model](home)
    shared = SHARED - {"summary"} if model is HomePage else SHARED
    assert fields(page) == shared | MORE.get(model, set())
    translation = submit(page, "de")
    draft = target_of(page)
    assert not draft.live
    assert client.get(draft.get_url()).status_code != 200

    translate_all(translation)
    publish(translation, django_capture_on_commit_callbacks)
    translated = target_of(page)
    assert texts(translated).keys() == texts(page).keys()
    assert untranslated(translated) == {}
    assert client.get(translated.get_url()).status_code == 200

    page.title = "Et andet navn"
    page.save_revision().publish()
    update(page)
    translation.refresh_from_db()
    translate(translation, {"Et andet navn": "Ein anderer Name"})
    publish(translation, django_capture_on_commit_callbacks)
    assert untranslated(target_of(page)) == {"title": "Ein anderer Name"}


@pytest.fixture
def german_home(home: HomePage) -> HomePage:
    return factories.home("de", "Marktplatz", translation_key=home.translation_key)


def published_in_german(page: Any, capture: Any) -> Any:
    translation = submit(page, "de")
    translate_all(translation)
    publish(translation, capture)
    return target_of(page)


def test_facts_of_a_meeting_and_its_programme_hold_in_every_language_at_once(
    home: HomePage, german_home: HomePage, django_capture_on_commit_callbacks: Any
) -> None:
    page = MAKERS[EventEditionPage](home)
    german = published_in_german(page, django_capture_on_commit_callbacks)
    item = page.programme.get()
    item.begins_at, item.day, item.title = time(13), page.starts_at.date(), "Goddag"
    page.programme = [item]
    page.city = "Torvkøbing"
    page.save_revision().publish()
    german = EventEditionPage.objects.get(pk=german.pk)
    [shown] = german.programme.all()
    assert (shown.begins_at, shown.day, shown.title) == (time(13), page.starts_at.date(), "Ü Velkomst")
    assert german.city == "Torvkøbing"
    german.get_latest_revision().publish()
    assert EventEditionPage.objects.get(pk=german.pk).programme.get().begins_at == time(13)


def test_a_draft_of_the_source_changes_no_fact_of_a_translation(
    home: HomePage, german_home: HomePage, django_capture_on_commit_callbacks: Any
) -> None:
    page = MAKERS[ServicePage](home)
    german = published_in_german(page, django_capture_on_commit_callbacks)
    cost = page.costs.get()
    cost.amount = Decimal("12.00")
    page.costs = [cost]
    draft = page.save_revision()
    assert ServicePage.objects.get(pk=german.pk).costs.get().amount == Decimal("1893.50")
    draft.publish()
    [shown] = ServicePage.objects.get(pk=german.pk).costs.all()
    assert (shown.amount, shown.label) == (Decimal("12.00"), "Ü Pas til voksne")


# Blocks

#: What is translated in each block; a block that is not named has no words of its own.
BLOCK_TEXTS = {
    "text": {""},
    "accordion": {"sections.title", "sections.text"},
    "callout": {"heading", "text"},
    "image": {"alt_text", "caption"},
    "fact_box": {"heading", "text"},
    "quote": {"text", "attribution", "source_title"},
    "principles": {"heading", "principles.title", "principles.text"},
    "steps": {"steps.title", "steps.text"},
    "timeline": {"moments.when", "moments.title", "moments.text"},
    "definition_list": {"definitions.term", "definitions.text"},
    "table": {"table"},
    "link_cards": {"cards.title", "cards.text"},
    "contact_persons": {"heading"},
    "opening_hours": {"heading", "exceptions.reason", "note"},
    "downloads": {"heading", "files.title"},
    "tabs": {"tabs.title", "tabs.text"},
    "values_table": {"caption", "rows.label", "rows.unit", "source_title"},
    "gallery": {"heading", "pictures.alt_text", "pictures.caption", "pictures.credit"},
    "video": {"title", "transcript"},
    "external_video": {"title", "transcript"},
    "contact_card": {"heading"},
    "related_links": {"heading", "links.title"},
    "entry_list": {"heading"},
    "map": {"heading", "places.name", "places.note"},
}


def every_block(home: HomePage) -> list[tuple[str, Any]]:
    picture, person = factories.image(), factories.person()
    linked = factories.below(home, title="Åben Dialog")
    meeting = events.event(home, title="Foredrag", starts_at=events.soon(3))
    entry = Entry.objects.create(name="Sorggruppen", kind="self-help-group", locale=home.locale)
    place = {"name": "Rådhuset", "street": "Torvet 1", "postal_code": "6350", "city": "Torvkøbing"}
    listed = {"heading": "Grupper", "kinds": ["network"], "topics": [], "target_groups": [], "place": ""}
    return [
        *factories.four_blocks(picture),
        *factories.more_blocks(linked=linked, contact=person, file=factories.document(), picture=picture),
        *factories.media_blocks(linked=linked, contact=person, event=meeting, picture=picture),
        ("story_teaser", {"story": articles.published(articles.story(home))}),
        ("feedback", None),
        ("entry_teaser", {"entry": entry}),
        ("entry_list", {**listed, "order": "name", "most": 5}),
        ("map", {"heading": "Find os", "places": [{**place, "note": "Ring på.", "position": "55.8, 9.8"}]}),
    ]


def block_fields(page: Any) -> dict[str, set[str]]:
    """Type of block -> the paths in it of what is translated."""
    kinds = {child.id: child.block_type for child in page.body}
    found: dict[str, set[str]] = defaultdict(set)
    for path in texts(page):
        if path.startswith("body."):
            _body, key, *rest = path.split(".", 2)
            found[kinds[key]].add(_CELL.sub("", _ID.sub("", f".{''.join(rest)}"))[1:])
    return dict(found)


def stored(page: Any) -> str:
    return json.dumps(page.body.stream_block.get_prep_value(page.body), default=str, ensure_ascii=False)


def test_every_block_is_translated_and_updated_and_keeps_its_facts(
    home: HomePage, german_home: HomePage, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    blocks = every_block(home)
    assert {name for name, _value in blocks} == set(body_class().base_blocks)
    page = articles.published(factories.below(home, title="Alt", summary="Alle blokke.", body=blocks))
    assert block_fields(page) == BLOCK_TEXTS
    german = published_in_german(page, django_capture_on_commit_callbacks)
    assert untranslated(german) == {}
    assert stored(german).replace("Ü ", "") == stored(page)
    assert client.get(german.get_url()).status_code == 200

    page.body.pop(0)
    page.body[0].value["sections"][0]["title"] = "Hvem kan få det?"
    page.save_revision().publish()
    translation = Translation.objects.get(source__object_id=page.translation_key)
    update(page)
    translate(translation, {"Hvem kan få det?": "Wer kann es bekommen?"})
    publish(translation, django_capture_on_commit_callbacks)
    german = target_of(page)
    assert list(untranslated(german).values()) == ["Wer kann es bekommen?"]
    assert len(german.body) == len(blocks) - 1


# Snippets


def an_alert(locale: Locale) -> Alert:
    words = {"heading": "Lukket fredag", "text": "<p>Ring igen mandag.</p>", "link_text": "Læs mere"}
    return factories.alert(code=locale.language_code, link_url="https://laes.example/", **words)


def a_facet(locale: Locale) -> EditorFacet:
    facet = EditorFacet(label="Form", locale=locale)
    facet.facet_values = [EditorFacetValue(label="Samtale", locale=locale)]
    facet.save()
    return facet


#: Translatable snippet -> what makes one, what of it is translated, and a fact with its new value.
SNIPPETS: dict[type[Any], tuple[Callable[[Locale], Any], set[str], tuple[str, Any]]] = {
    Topic: (
        lambda locale: Topic.objects.create(
            pref_label="Sorg", alt_labels="tab", scope_note="At miste.", locale=locale
        ),
        {"pref_label", "alt_labels", "scope_note"},
        ("is_sensitive", True),
    ),
    LifeEvent: (
        lambda locale: LifeEvent.objects.create(
            pref_label="At flytte", intro="Når du flytter.", locale=locale
        ),
        {"pref_label", "intro"},
        ("slug", "flytning"),
    ),
    ContactPerson: (
        lambda locale: factories.person(
            role="Leder",
            department="Psykiatri",
            organisation="Kommunen",
            area_of_responsibility="Grupper",
            opening_hours="Hver dag",
        ),
        {"role", "department", "organisation", "area_of_responsibility", "opening_hours"},
        ("email", "leder@torvkoebing.example"),
    ),
    Alert: (an_alert, {"heading", "text", "link_text"}, ("link_url", "https://andet.example/")),
    CrisisNumber: (
        lambda locale: CrisisNumber.objects.create(
            name="Livslinjen", audience="Når alt er sort", opening="Hver dag", phone="1234", locale=locale
        ),
        {"name", "audience", "opening"},
        ("phone", "5678"),
    ),
    TargetGroup: (
        lambda locale: TargetGroup.objects.create(label="Pårørende", locale=locale),
        {"label"},
        ("slug", "familie"),
    ),
    EditorFacet: (a_facet, {"label", "facet_values.label"}, ("slug", "form")),
    Entry: (
        lambda locale: Entry.objects.create(
            name="Sorggruppen",
            summary="Vi mødes.",
            kind="self-help-group",
            phone="+4568001234",
            locale=locale,
        ),
        {"name", "summary"},
        ("phone", "+4568005678"),
    ),
}


def test_every_translatable_snippet_has_one_here() -> None:
    labels = ("torv_blocks", "torv_directory", "torv_search")
    models = {model for label in labels for model in apps.get_app_config(label).get_models()}
    translated = {m for m in models if issubclass(m, TranslatableMixin) and m is not EditorFacetValue}
    assert translated == set(SNIPPETS)


@pytest.mark.parametrize("model", SNIPPETS, ids=lambda model: model.__name__)
def test_a_snippet_of_each_sort_is_translated_and_updated(
    home: HomePage, django_capture_on_commit_callbacks: Any, model: type[Any]
) -> None:
    make, words, (fact, changed) = SNIPPETS[model]
    row = make(home.locale)
    assert fields(row) == words
    translation = submit(row, "de")
    assert not getattr(target_of(row), "live", False)
    translate_all(translation)
    publish(translation, django_capture_on_commit_callbacks)
    assert untranslated(target_of(row)) == {}

    setattr(row, fact, changed)
    first = min(words - {"facet_values.label"}, key=str)
    setattr(row, first, "Et andet ord")
    row.save()
    german = target_of(row)
    assert getattr(german.facts, fact) == changed
    assert untranslated(german) == {}, "the old words stay until someone translates the new ones"
    update(row)
    translation.refresh_from_db()
    translate(translation, {"Et andet ord": "Ein anderes Wort"})
    publish(translation, django_capture_on_commit_callbacks)
    assert untranslated(target_of(row)) == {first: "Ein anderes Wort"}
