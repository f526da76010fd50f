"""A service page with something in every field. All of it is invented."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from cms_blocks.models import LifeEvent
from cms_blocks.pages import models
from cms_blocks.pages.models import ServicePage
from tests.cms_blocks import factories

#: Every text that readers see: Danish, and what a translator makes of it.
TEXTS = {
    "Pas": "Reisepass",
    "Sådan får du et nyt pas.": "So erhalten Sie einen neuen Pass.",
    "Alle borgere i Torvkøbing.": "Alle, die in Torvkøbing wohnen.",
    "Du kommer til os.": "Sie kommen zu uns.",
    "Passet sendes hjem til dig.": "Der Pass kommt mit der Post.",
    "Du er dansk statsborger.": "Sie haben die dänische Staatsangehörigkeit.",
    "Vi tager ikke billeder.": "Wir machen keine Fotos.",
    "Er passet stjålet?": "Wurde der Pass gestohlen?",
    "Bestil pas nu": "Jetzt beantragen",
    "Du skal bruge MitID.": "Sie brauchen MitID.",
    "Borgerservice": "Bürgerservice",
    "Hele kommunen": "Das ganze Gebiet",
    "Bestil en tid": "Termin buchen",
    "Vælg en dag.": "Wählen Sie einen Tag.",
    "Foto": "Lichtbild",
    "Højst et halvt år gammelt.": "Höchstens ein halbes Jahr alt.",
    "Du får svar": "Sie erhalten Antwort",
    "inden 14 dage": "innerhalb von 14 Tagen",
    "Med posten.": "Per Post.",
    "Sidste dag": "Letzter Tag",
    "Pas til voksne": "Pass für Erwachsene",
    "Mod forevisning.": "Gegen Vorlage.",
    "Rådhuset": "Das Rathaus",
    "Brug døren mod åen.": "Nehmen Sie die Tür am Fluss.",
    "Blanket til børn": "Formular für Kinder",
    "Meld pas tabt": "Verlust melden",
}


def service(parent: Any, **fields: Any) -> ServicePage:
    """A draft's worth of a service: enough to be published."""
    given: dict[str, Any] = {"summary": "En ydelse.", "digital_channel": "https://start.example/"}
    return factories.below(parent, ServicePage, **(given | fields))


def life_event(label: str = "At flytte", code: str = "da", **fields: Any) -> LifeEvent:
    return LifeEvent.objects.create(pref_label=label, locale=factories.locale(code), **fields)


def full_service(parent: Any) -> ServicePage:
    page = service(
        parent,
        title="Pas",
        summary="Sådan får du et nyt pas.",
        audience="<p>Alle borgere i Torvkøbing.</p>",
        how_to="<p>Du kommer til os.</p>",
        outcome="<p>Passet sendes hjem til dig.</p>",
        eligibility="<p>Du er dansk statsborger.</p>",
        constraints="<p>Vi tager ikke billeder.</p>",
        special_cases="<p>Er passet stjålet?</p>",
        digital_channel_label="Bestil pas nu",
        digital_channel_note="Du skal bruge MitID.",
        booking_url="https://tid.example/",
        responsible_unit="Borgerservice",
        area_served="Hele kommunen",
        identifier_scheme="kle",
        identifier="23.05.02 G01",
    )
    add_rows(page)
    person = factories.person(phone="+4568001234")
    page.contact_rows = [models.ServicePageContact(person=person)]
    page.topic_rows = [models.ServicePageTopic(topic=factories.topic("Rejser"))]
    page.life_event_rows = [models.ServicePageLifeEvent(life_event=life_event())]
    page.save_revision().publish()
    return ServicePage.objects.get(pk=page.pk)


def document(title: str = "Blanket") -> Any:
    return get_document_model().objects.create(title=title, file=ContentFile(b"%PDF-1.4", name="blanket.pdf"))


def add_rows(page: ServicePage) -> None:
    """One row of each sort more, so that a test can tell whether queries grow."""
    locale = page.locale
    new = {
        "steps": models.ServicePageStep(locale=locale, title="Bestil en tid", text="<p>Vælg en dag.</p>"),
        "requirements": models.ServicePageRequirement(
            locale=locale, text="Foto", note="Højst et halvt år gammelt."
        ),
        "costs": models.ServicePageCost(
            locale=locale, label="Pas til voksne", amount=Decimal("1893.50"), note="Mod forevisning."
        ),
        "physical_channels": models.ServicePagePhysicalChannel(
            locale=locale,
            name="Rådhuset",
            address_1="Torvet 1",
            postal_code="6350",
            city="Torvkøbing",
            note="Brug døren mod åen.",
        ),
        "documents": models.ServicePageDocument(locale=locale, document=document(), title="Blanket til børn"),
        "common_tasks": models.ServicePageTask(
            locale=locale, title="Meld pas tabt", link_url="https://tabt.example/"
        ),
    }
    for relation, row in new.items():
        setattr(page, relation, [*getattr(page, relation).all(), row])
    page.deadlines = [
        *page.deadlines.all(),
        models.ServicePageDeadline(
            locale=locale, milestone="Du får svar", interval="inden 14 dage", description="Med posten."
        ),
        models.ServicePageDeadline(locale=locale, milestone="Sidste dag", date=date(2027, 5, 1)),
    ]
