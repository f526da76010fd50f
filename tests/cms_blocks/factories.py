"""Sites, pages and snippets for these tests. Names and numbers are invented."""

import itertools
from datetime import date, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site
from wagtailmedia import get_media_model

from cms_blocks.models import Alert, ContactPerson, Topic
from cms_blocks.pages.models import (
    HomePage,
    SectionPage,
    StandardPage,
    StandardPageContact,
    StandardPageTopic,
)

_numbers = itertools.count(1)


def locale(code: str) -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def home(code: str = "da", title: str = "Torvkøbing", **fields: Any) -> HomePage:
    """A home page at the root; the first one becomes the site's."""
    root = Page.get_first_root_node()
    if first := HomePage.objects.first():
        fields.setdefault("translation_key", first.translation_key)
    page = root.add_child(instance=HomePage(title=title, slug=f"home-{code}", locale=locale(code), **fields))
    if code == "da":
        Site.objects.update_or_create(
            is_default_site=True, defaults={"root_page": page, "hostname": "localhost", "port": 80}
        )
    return page


def below(parent: Page, model: type[Any] = StandardPage, **fields: Any) -> Any:
    fields.setdefault("title", f"Side {next(_numbers)}")
    return parent.add_child(instance=model(locale=parent.locale, **fields))


def section(parent: Page, **fields: Any) -> SectionPage:
    return below(parent, SectionPage, **fields)


def topic(label: str = "Sorg", code: str = "da", **fields: Any) -> Topic:
    return Topic.objects.create(pref_label=label, locale=locale(code), **fields)


def person(name: str = "Mette Lundager", code: str = "da", **fields: Any) -> ContactPerson:
    fields.setdefault("email", "mette.lundager@torvkoebing.example")
    return ContactPerson.objects.create(name=name, locale=locale(code), **fields)


def unsaved_alert(heading: str = "Lukket fredag", code: str = "da", **fields: Any) -> Alert:
    """Shown now, on every page, unless told otherwise."""
    now = timezone.now()
    times = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=1)}
    return Alert(heading=heading, locale=locale(code), **{**times, **fields})


def alert(heading: str = "Lukket fredag", code: str = "da", **fields: Any) -> Alert:
    row = unsaved_alert(heading, code, **fields)
    row.save()
    return row


def translated(row: Any, code: str, **texts: Any) -> Any:
    """A saved translation of a topic or a contact person."""
    copy = row.copy_for_translation(locale(code))
    for name, value in texts.items():
        setattr(copy, name, value)
    copy.save()
    return copy


def attach(page: StandardPage, *, topics: Any = (), persons: Any = ()) -> StandardPage:
    """Gives a page its topics and contact persons and publishes that."""
    page.topic_rows = [StandardPageTopic(topic=topic) for topic in topics]
    page.contact_rows = [StandardPageContact(person=person) for person in persons]
    page.save_revision().publish()
    return StandardPage.objects.get(pk=page.pk)


def image(
    title: str = "Torvet", width: int = 1600, height: int = 900, colour: tuple[int, int, int] = (90, 140, 120)
) -> Any:
    """Of the host's own model where it has one, as documents and videos below."""
    buffer = BytesIO()
    Picture.new("RGB", (width, height), colour).save(buffer, "PNG")
    buffer.seek(0)
    return get_image_model().objects.create(title=title, file=ImageFile(buffer, name=f"{title.lower()}.png"))


def four_blocks(picture: Any) -> list[tuple[str, Any]]:
    """One of each block, as an editor fills them in."""
    return [
        ("text", "<h2>Sådan gør du</h2><p>Ring til os om morgenen.</p>"),
        ("accordion", {"sections": [{"title": "Hvad koster det?", "text": "<p>Det er gratis.</p>"}]}),
        ("callout", {"level": "warning", "heading": "Lukket fredag", "text": "<p>Ring igen mandag.</p>"}),
        (
            "image",
            {"image": picture, "alt_text": "Torvet om sommeren", "decorative": False, "caption": "Torvet"},
        ),
    ]


def document(title: str = "Pjece", name: str = "pjece.pdf", content: bytes = b"%PDF-1.7 " * 150) -> Any:
    return get_document_model().objects.create(title=title, file=ContentFile(content, name=name))


def more_blocks(*, linked: Page, contact: ContactPerson, file: Any, picture: Any) -> list[Any]:
    """One of each block that `four_blocks` has not, as an editor fills them in."""
    card = {"page": None, "url": "", "title": "", "text": "", "image": None}
    table = {
        "caption": "Priser på pas",
        "columns": [{"type": "text", "heading": "Alder"}, {"type": "number", "heading": "Kroner"}],
        "rows": [{"values": ["Børn", 178]}, {"values": ["Voksne", 893]}],
    }
    return [
        ("fact_box", {"heading": "Kort fortalt", "text": "<ul><li>Gratis for alle</li></ul>"}),
        (
            "quote",
            {
                "text": "Vi blev hørt.",
                "attribution": "En borger, 54 år",
                "source_title": "Lokalavisen",
                "source_url": "https://avis.example/1",
            },
        ),
        (
            "principles",
            {"heading": "Det står vi for", "principles": [{"title": "Alle bliver hørt", "text": "Altid."}]},
        ),
        (
            "steps",
            {
                "steps": [
                    {"title": "Ring først", "text": "<p>Om morgenen.</p>"},
                    {"title": "Kom forbi", "text": ""},
                ]
            },
        ),
        (
            "timeline",
            {
                "moments": [
                    {"when": "I foråret", "title": "Vi begyndte", "text": "<p>Med tre familier.</p>"},
                    {"when": "I dag", "title": "Vi er mange", "text": ""},
                ]
            },
        ),
        ("definition_list", {"definitions": [{"term": "Netværk", "text": "<p>Dem omkring dig.</p>"}]}),
        ("table", {"table": table, "first_column_is_heading": True}),
        (
            "link_cards",
            {
                "cards": [
                    {**card, "page": linked, "text": "Læs om tilbuddet", "image": picture},
                    {**card, "url": "https://hjaelp.example/", "title": "Hjælp andre steder"},
                ]
            },
        ),
        ("contact_persons", {"heading": "Ring til os", "persons": [contact]}),
        (
            "opening_hours",
            {
                "heading": "Borgerservice",
                "weekly": [
                    {"first_day": "MO", "last_day": "FR", "opens_at": time(10), "closes_at": time(14)},
                    {"first_day": "TH", "last_day": "", "opens_at": time(15), "closes_at": time(17)},
                ],
                "exceptions": [
                    {
                        "first_date": date(2099, 12, 24),
                        "last_date": date(2099, 12, 26),
                        "opens_at": None,
                        "closes_at": None,
                        "reason": "Juleferie",
                    }
                ],
                "note": "Træk et nummer.",
            },
        ),
        ("downloads", {"heading": "Hent", "files": [{"document": file, "title": "Pjece om hjælp"}]}),
    ]


def video(title: str = "Et møde", name: str = "moede.mp4") -> Any:
    return get_media_model().objects.create(
        title=title, type="video", file=ContentFile(b"no film", name=name)
    )


def captions(content: bytes = b"WEBVTT\n\n00:01.000 --> 00:02.000\nVelkommen\n", name: str = "da.vtt") -> Any:
    return document("Undertekster", name, content)


def media_blocks(*, linked: Page, contact: ContactPerson, event: Page, picture: Any) -> list[Any]:
    """One of each block that `four_blocks` and `more_blocks` have not, as an editor fills them in."""
    shown = {"image": picture, "alt_text": "Folk på torvet", "caption": "Torvedag", "credit": "Foto: Arkivet"}
    link = {"page": None, "url": "", "title": ""}
    return [
        (
            "tabs",
            {
                "tabs": [
                    {"title": "Til dig", "text": "<p>Du bestemmer.</p>"},
                    {"title": "Til familien", "text": "<p>I bliver hørt.</p>"},
                ]
            },
        ),
        (
            "values_table",
            {
                "caption": "Møder i 2026",
                "rows": [
                    {"label": "Holdte møder", "value": Decimal("1214"), "unit": ""},
                    {"label": "Folk ved hvert", "value": Decimal("6.5"), "unit": "personer"},
                ],
                "source_title": "Egen optælling",
                "source_url": "",
            },
        ),
        (
            "gallery",
            {
                "heading": "En dag i huset",
                "pictures": [shown, {"image": picture, "alt_text": "Et bord", "caption": "", "credit": ""}],
            },
        ),
        (
            "video",
            {
                "title": "Sådan foregår et møde",
                "video": video(),
                "poster": picture,
                "captions": [{"file": captions(), "language": "da"}],
                "no_captions_reason": "",
                "transcript": "<p>Fem mennesker hilser.</p>",
            },
        ),
        (
            "external_video",
            {
                "title": "En borger fortæller",
                "url": "https://vimeo.com/76979871",
                "poster": picture,
                "transcript": "<p>Jeg blev hørt for første gang.</p>",
            },
        ),
        ("contact_card", {"heading": "Spørg os", "person": contact}),
        (
            "related_links",
            {
                "heading": "Mere om det",
                "links": [
                    {**link, "page": linked},
                    {**link, "url": "https://netvaerk.example/", "title": "Netværk andre steder"},
                ],
            },
        ),
        ("event_teaser", {"event": event}),
    ]
