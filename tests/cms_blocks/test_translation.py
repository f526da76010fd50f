"""Pages and snippets go through wagtail-localize; facts stay on the source row."""

import json

import pytest
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import TranslationCreator

from cms_blocks.models import ContactPerson, Topic
from cms_blocks.pages.models import HomePage, HomePageTask, StandardPage
from tests.cms_blocks import events, factories

pytestmark = pytest.mark.django_db


def submit(row, code):
    """As the button "Translate" does."""
    TranslationCreator(None, [factories.locale(code)]).create_translations(row)
    return Translation.objects.get(source__object_id=row.translation_key, target_locale__language_code=code)


def translate(translation, texts):
    """Enters a translation for each source text; every text must be there to translate."""
    found = {segment.string.data: segment for segment in translation.source.stringsegment_set.all()}
    for text, translated in texts.items():
        segment = found[text]
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": translated, "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL},
        )


def publish(translation, capture):
    with capture(execute=True):
        translation.save_target(publish=True)


def update(row):
    """As the button "Sync translated snippets" does: the source's present content is submitted anew."""
    TranslationSource.objects.get(object_id=row.translation_key).update_from_db()


TEXTS = {
    "Sorg": "Trauer",
    "Når du har mistet.": "Wenn Sie jemanden verloren haben.",
    "Sådan gør du": "So gehen Sie vor",
    "Ring til os om morgenen.": "Rufen Sie uns morgens an.",
    "Hvad koster det?": "Was kostet es?",
    "Det er gratis.": "Es ist kostenlos.",
    "Lukket fredag": "Freitag geschlossen",
    "Ring igen mandag.": "Rufen Sie Montag wieder an.",
    "Torvet om sommeren": "Der Markt im Sommer",
    "Torvet": "Der Markt",
}


@pytest.fixture
def page(home):
    factories.home("de", "Marktplatz", translation_key=home.translation_key)
    page = factories.below(
        home, title="Sorg", summary="Når du har mistet.", body=factories.four_blocks(factories.image())
    )
    return factories.attach(page, topics=[factories.topic("Sorg")], persons=[factories.person(role="Leder")])


def german(page):
    return StandardPage.objects.get(translation_key=page.translation_key, locale__language_code="de")


def test_a_submitted_page_is_a_draft_until_it_is_published(page):
    submit(page, "de")
    assert not german(page).live


def test_a_page_with_the_four_blocks_is_translated(page, django_capture_on_commit_callbacks, client):
    translation = submit(page, "de")
    translate(translation, TEXTS)
    publish(translation, django_capture_on_commit_callbacks)
    result = german(page)
    html = client.get(result.url).content.decode()
    for source, text in TEXTS.items():
        assert text in html, source
    assert [block.block_type for block in result.body] == ["text", "accordion", "callout", "image"]
    assert result.body[3].value["image"] == page.body[3].value["image"]
    assert [contact.person for contact in result.contact_rows.all()] == list(ContactPerson.objects.all())
    assert [row.topic for row in result.topic_rows.all()] == list(Topic.objects.all())


MORE_TEXTS = {
    "Kort fortalt": "Kurz gesagt",
    "Gratis for alle": "Kostenlos für alle",
    "Vi blev hørt.": "Wir wurden gehört.",
    "En borger, 54 år": "Ein Bürger, 54",
    "Lokalavisen": "Die Lokalzeitung",
    "Det står vi for": "Dafür stehen wir",
    "Alle bliver hørt": "Alle werden gehört",
    "Altid.": "Immer.",
    "Ring først": "Erst anrufen",
    "Om morgenen.": "Am Morgen.",
    "Kom forbi": "Vorbeikommen",
    "I foråret": "Im Frühling",
    "Vi begyndte": "Wir begannen",
    "Med tre familier.": "Mit drei Familien.",
    "I dag": "Heute",
    "Vi er mange": "Wir sind viele",
    "Netværk": "Netzwerk",
    "Dem omkring dig.": "Die Menschen um Sie.",
    "Priser på pas": "Preise für Pässe",
    "Alder": "Alter",
    "Kroner": "Kronen",
    "Børn": "Kinder",
    "Voksne": "Erwachsene",
    "Læs om tilbuddet": "Lesen Sie über das Angebot",
    "Hjælp andre steder": "Hilfe anderswo",
    "Ring til os": "Rufen Sie uns an",
    "Borgerservice": "Bürgerservice",
    "Juleferie": "Weihnachtspause",
    "Træk et nummer.": "Ziehen Sie eine Nummer.",
    "Hent": "Herunterladen",
    "Pjece om hjælp": "Broschüre über Hilfe",
}


def test_lists_people_tables_and_files_are_translated_and_keep_their_facts(
    home, django_capture_on_commit_callbacks, client, admin_client
):
    factories.home("de", "Marktplatz", translation_key=home.translation_key)
    linked = factories.below(home, title="Åben Dialog", slug="aaben-dialog")
    mette = factories.person(role="Leder")
    body = factories.more_blocks(
        linked=linked, contact=mette, file=factories.document(), picture=factories.image()
    )
    page = factories.attach(factories.below(home, title="Alt", body=body))
    translation = submit(page, "de")
    strings = {segment.string.data for segment in translation.source.stringsegment_set.all()}
    assert strings == {"Alt", "alt", *MORE_TEXTS}  # the title, its slug
    editor = admin_client.get(reverse("wagtailadmin_pages:edit", args=[german(page).pk]))
    assert editor.status_code == 200
    assert "Kroner" in editor.content.decode()

    translate(translation, {"Alt": "Alles", **MORE_TEXTS})
    publish(translation, django_capture_on_commit_callbacks)
    result = german(page)
    html = client.get(result.url).content.decode()
    for source, text in MORE_TEXTS.items():
        assert text in html, source
    for fact in (
        "893",
        "10:00",
        "24. Dezember 2099",
        "Mette Lundager",
        "Åben Dialog",
        "https://avis.example/1",
    ):
        assert fact in html
    prepared = {item["type"]: item["value"] for item in result.body.stream_block.get_prep_value(result.body)}
    assert [item["value"] for item in prepared["contact_persons"]["persons"]] == [mette.pk]


MEDIA_TEXTS = {
    "Til dig": "Für Sie",
    "Du bestemmer.": "Sie bestimmen.",
    "Til familien": "Für die Familie",
    "I bliver hørt.": "Sie werden gehört.",
    "Møder i 2026": "Treffen 2026",
    "Holdte møder": "Treffen, die stattfanden",
    "Folk ved hvert": "Menschen bei jedem",
    "personer": "Personen",
    "Egen optælling": "Eigene Zählung",
    "En dag i huset": "Ein Tag im Haus",
    "Folk på torvet": "Menschen auf dem Markt",
    "Torvedag": "Markttag",
    "Foto: Arkivet": "Foto: Archiv",
    "Et bord": "Ein Tisch",
    "Sådan foregår et møde": "So läuft ein Treffen ab",
    "Fem mennesker hilser.": "Fünf Menschen grüßen.",
    "En borger fortæller": "Ein Bürger erzählt",
    "Jeg blev hørt for første gang.": "Zum ersten Mal wurde ich gehört.",
    "Spørg os": "Fragen Sie uns",
    "Mere om det": "Mehr dazu",
    "Netværk andre steder": "Netzwerke anderswo",
}


def test_media_figures_and_teasers_are_translated_and_keep_their_facts(
    home, django_capture_on_commit_callbacks, client
):
    factories.home("de", "Marktplatz", translation_key=home.translation_key)
    blocks = factories.media_blocks(
        linked=factories.below(home, title="Åben Dialog"),
        contact=factories.person(),
        event=events.event(home, title="Foredrag", starts_at=events.soon(3)),
        picture=factories.image(),
    )
    page = factories.attach(factories.below(home, title="Alt", body=blocks))
    translation = submit(page, "de")
    strings = {segment.string.data for segment in translation.source.stringsegment_set.all()}
    assert strings == {"Alt", "alt", *MEDIA_TEXTS}
    translate(translation, {"Alt": "Alles", **MEDIA_TEXTS})
    publish(translation, django_capture_on_commit_callbacks)
    result = german(page)
    html = client.get(result.url).content.decode()
    facts = (
        "1.214",
        "6,5",
        ".mp4",
        ".vtt",
        "https://vimeo.com/76979871",
        "Mette Lundager",
        "Foredrag",
    )
    for text in (*MEDIA_TEXTS.values(), *facts, "Åben Dialog", "https://netvaerk.example/"):
        assert text in html, text
    searched = result.plain_text
    assert "Fünf Menschen grüßen." in searched
    assert "Foto: Archiv" not in searched


def test_rows_of_a_table_may_move_without_losing_their_translation(home, django_capture_on_commit_callbacks):
    factories.home("de", "Marktplatz", translation_key=home.translation_key)
    body = factories.more_blocks(
        linked=home, contact=factories.person(), file=factories.document(), picture=factories.image()
    )
    tables = [block for block in body if block[0] == "table"]
    page = factories.attach(factories.below(home, title="Alt", body=tables))
    translation = submit(page, "de")
    translate(translation, {"Alt": "Alles", "Børn": "Kinder", "Voksne": "Erwachsene"})
    page.body[0].value["table"].row_data.reverse()
    page.save_revision().publish()
    update(page)
    translation.refresh_from_db()
    publish(translation, django_capture_on_commit_callbacks)
    rows = german(page).body[0].value["table"].row_data
    assert [row["values"][0] for row in rows] == ["Erwachsene", "Kinder"]


def test_a_changed_source_reaches_the_translation_by_an_update(page, django_capture_on_commit_callbacks):
    translation = submit(page, "de")
    translate(translation, TEXTS)
    publish(translation, django_capture_on_commit_callbacks)
    page.body[0].value = page.body.stream_block.child_blocks["text"].to_python(
        "<h2>Sådan gør du</h2><p>Kom forbi.</p>"
    )
    factories.attach(page, topics=[factories.topic("Angst")], persons=[])
    assert "Rufen Sie uns morgens an." in german(page).plain_text

    update(page)
    translation.refresh_from_db()
    translate(translation, {"Kom forbi.": "Kommen Sie vorbei."})
    publish(translation, django_capture_on_commit_callbacks)
    result = german(page)
    assert "Kommen Sie vorbei." in result.plain_text
    assert "Was kostet es?" in result.plain_text
    assert [str(row.topic) for row in result.topic_rows.all()] == ["Angst"]
    assert result.contact_rows.count() == 0


QUOTE = {
    "type": "saying",
    "value": {"words": "Vi fandt ro", "by": ""},
    "id": "6b0c3b0e-7f7b-4b5a-9d5b-3f2f6d3c1a11",
}
TEXT = {"type": "text", "value": "<p>Hej</p>", "id": "0f8a2b1e-51a4-4a5e-8d2e-0d8f2f2f7b22"}


def test_an_update_keeps_the_translated_words_of_a_type_no_longer_offered(
    page, quote_offered, django_capture_on_commit_callbacks
):
    with quote_offered():
        page.body = json.dumps([QUOTE, TEXT])
        page.save_revision().publish()
        translation = submit(page, "de")
        texts = {
            "Sorg": "Trauer",
            "Når du har mistet.": "Trost",
            "Vi fandt ro": "Wir fanden Ruhe",
            "Hej": "Hallo",
        }
        translate(translation, texts)
        publish(translation, django_capture_on_commit_callbacks)

    page = StandardPage.objects.get(pk=page.pk)
    page.title = "Sorg og savn"
    page.save_revision().publish()
    update(page)
    translation.refresh_from_db()
    translate(translation, {"Sorg og savn": "Trauer und Verlust"})
    publish(translation, django_capture_on_commit_callbacks)

    result = german(page)
    assert result.title == "Trauer und Verlust"
    prepared = result.body.stream_block.get_prep_value(result.body)
    assert prepared[0] == {**QUOTE, "value": {"words": "Wir fanden Ruhe", "by": ""}}
    assert prepared[1]["value"] == "<p>Hallo</p>"


def test_a_first_translation_takes_over_the_source_s_kept_content(page, quote_offered):
    with quote_offered():
        page.body = json.dumps([QUOTE, TEXT])
        page.save_revision().publish()
    submit(StandardPage.objects.get(pk=page.pk), "de")
    result = german(page)
    assert result.body.stream_block.get_prep_value(result.body)[0] == QUOTE


def test_the_top_tasks_of_a_home_page_are_translated(home, django_capture_on_commit_callbacks):
    home.top_tasks = [HomePageTask(title="Bestil pas", link_url="https://pas.example/")]
    home.save_revision().publish()
    translation = submit(home, "de")
    translate(translation, {"Torvkøbing": "Marktplatz", "Bestil pas": "Pass beantragen"})
    publish(translation, django_capture_on_commit_callbacks)
    translated = HomePage.objects.get(locale__language_code="de")
    assert [(task.title, task.link_url) for task in translated.top_tasks.all()] == [
        ("Pass beantragen", "https://pas.example/")
    ]


def test_a_topic_is_translated_and_updated(home, django_capture_on_commit_callbacks):
    above = factories.topic("Livet")
    topic = factories.topic("Sorg", alt_labels="tab\ndødsfald", broader=above)
    translation = submit(topic, "de")
    translate(translation, {"Sorg": "Trauer", "tab<br/>dødsfald": "Verlust<br/>Todesfall"})
    publish(translation, django_capture_on_commit_callbacks)
    row = Topic.objects.get(locale__language_code="de")
    assert (row.pref_label, row.slug, row.source_row, row.broader) == ("Trauer", "sorg", topic, None)
    assert row.synonyms == ["Verlust", "Todesfall"]
    assert row.facts.broader == above

    topic.pref_label, topic.slug = "Sorg og savn", "savn"
    topic.save()
    assert Topic.objects.get(pk=row.pk).slug == "savn"
    update(topic)
    translation.refresh_from_db()
    translate(translation, {"Sorg og savn": "Trauer und Verlust"})
    publish(translation, django_capture_on_commit_callbacks)
    row.refresh_from_db()
    assert (row.pref_label, row.slug, row.broader) == ("Trauer und Verlust", "savn", None)


def test_a_contact_person_is_translated_and_updated_without_copies_of_the_facts(
    home, django_capture_on_commit_callbacks
):
    mette = factories.person(role="Leder", phone="+4587654321", photo=factories.image())
    translation = submit(mette, "de")
    translate(translation, {"Leder": "Leiterin"})
    publish(translation, django_capture_on_commit_callbacks)
    row = ContactPerson.objects.get(locale__language_code="de")
    assert (row.name, row.role, row.source_row) == ("Mette Lundager", "Leiterin", mette)
    assert (str(row.phone), row.email, row.photo) == ("", "", None)
    assert str(row.facts.phone) == "+45 87 65 43 21"

    mette.phone, mette.name, mette.role = "+4587654322", "Mette Lund", "Chef"
    mette.save()
    assert str(ContactPerson.objects.get(pk=row.pk).facts.phone) == "+45 87 65 43 22"
    update(mette)
    translation.refresh_from_db()
    translate(translation, {"Chef": "Chefin"})
    publish(translation, django_capture_on_commit_callbacks)
    row.refresh_from_db()
    assert (row.name, row.role, str(row.phone), row.email) == ("Mette Lund", "Chefin", "", "")


def test_a_translation_of_a_translation_points_at_the_source(home):
    mette = factories.person()
    german_row = factories.translated(mette, "de")
    assert factories.translated(german_row, "en").source_row == mette
