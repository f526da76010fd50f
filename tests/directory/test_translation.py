"""An entry's way through wagtail-localize, as translators use it."""

import pytest
from django.test import Client, TestCase
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from directory.models import Entry
from directory.pages.models import DirectoryPage

from .conftest import MakeEntry, MakeTopic


@pytest.fixture
def source(make_entry: MakeEntry, make_topic: MakeTopic) -> Entry:
    topics = [make_topic("Sorg", de="Trauer")]
    entry = make_entry(summary="Vi mødes.", phone="+4586123456", cities=["Aarhus"], topics=topics)
    with TestCase.captureOnCommitCallbacks(execute=True):
        entry.save_revision().publish()
    return Entry.objects.get(pk=entry.pk)


def submit(entry: Entry, locale: Locale) -> Translation:
    stored, _created = TranslationSource.get_or_create_from_instance(entry)
    return Translation.objects.create(source=stored, target_locale=locale)


def put_in_words(translation: Translation, **words: str) -> None:
    for string in translation.source.stringsegment_set.select_related("string", "context"):
        if string.context.path in words:
            StringTranslation.objects.update_or_create(
                translation_of=string.string,
                locale=translation.target_locale,
                context=string.context,
                defaults={"data": words[string.context.path]},
            )


def publish(translation: Translation) -> Entry:
    with TestCase.captureOnCommitCallbacks(execute=True):
        translation.save_target(publish=True)
    return Entry.objects.get(source_row__isnull=False, locale=translation.target_locale)


@pytest.fixture
def german(source: Entry, locales: dict[str, Locale]) -> Translation:
    translation = submit(source, locales["de"])
    put_in_words(translation, name="Trauergruppe", summary="Wir treffen uns.")
    return translation


def test_texts_are_translated_and_facts_stay_on_the_source(source: Entry, german: Translation) -> None:
    row = publish(german)
    assert (row.live, row.name, row.summary) == (True, "Trauergruppe", "Wir treffen uns.")
    assert (row.slug, row.kind, row.source_row) == (source.slug, source.kind, source)
    assert (row.phone, row.locations.count(), row.entry_topics.count()) == ("", 0, 0)
    assert row.facts.phone == "+4586123456"
    assert [place.city for place in row.facts.locations.all()] == ["Aarhus"]


def test_only_texts_are_offered_to_translators(german: Translation) -> None:
    paths = german.source.stringsegment_set.values_list("context__path", flat=True)
    assert set(paths) == {"name", "summary"}


def test_a_draft_translation_is_not_shown(
    source: Entry, german: Translation, german_page: DirectoryPage, client: Client
) -> None:
    german.save_target(publish=False)
    page = client.get(f"/de/verzeichnis/{source.slug}/").content.decode()
    assert '<h1 lang="da">Sorggruppen</h1>' in page


def test_changed_facts_are_there_at_once_and_changed_texts_after_an_update(
    source: Entry, german: Translation
) -> None:
    publish(german)
    source.phone, source.summary, source.kind = "+4587654321", "Vi mødes hver tirsdag.", "network"
    source.save_revision().publish()
    row = Entry.objects.get(source_row=source)
    assert (row.facts.phone, row.summary) == ("+4587654321", "Wir treffen uns.")
    german.source.update_from_db()
    put_in_words(german, summary="Wir treffen uns dienstags.")
    row = publish(german)
    assert (row.name, row.summary, row.kind) == ("Trauergruppe", "Wir treffen uns dienstags.", "network")
    assert row.locations.count() == row.entry_topics.count() == 0


def test_unpublishing_the_source_hides_every_language(
    source: Entry, german: Translation, german_page: DirectoryPage, client: Client
) -> None:
    publish(german)
    source.unpublish()
    assert client.get(f"/de/verzeichnis/{source.slug}/").status_code == 404


def test_the_translation_editor_says_where_the_facts_are_edited(
    source: Entry, german: Translation, desk: Client
) -> None:
    row = publish(german)
    edit = "wagtailsnippets_torv_directory_entry:edit"
    response = desk.get(reverse(edit, args=[row.pk]))
    assert response.status_code == 200
    assert "wagtail_localize/admin/edit_translation.html" in [
        template.name for template in response.templates
    ]
    page = response.content.decode()
    assert "topics and dates are the same in every language" in page
    assert reverse(edit, args=[source.pk]) in page


def test_an_editor_sends_an_entry_to_translation(
    source: Entry, locales: dict[str, Locale], desk: Client
) -> None:
    address = reverse(
        "wagtail_localize:submit_snippet_translation", args=["torv_directory", "entry", source.pk]
    )
    desk.post(address, {"locales": [locales["de"].pk]})
    row = Entry.objects.get(source_row=source)
    assert (row.locale, row.live, row.locations.count()) == (locales["de"], False, 0)
