"""How to reach an entry, as an address card for phones (vCard 3.0): no more than its page tells."""

from collections.abc import Iterator

from cms_blocks import sensitive
from cms_blocks.vcard import content_line, written

from .blurring import places_shown
from .models import Entry, Location, LocationType


def contact_card(entry: Entry, url: str) -> str:
    """In the words of this row; `url` is the address of its page."""
    return written(_lines(entry, url))


def _lines(entry: Entry, url: str) -> Iterator[str]:
    facts = entry.facts
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield content_line("FN", entry.name)
    yield content_line("N", entry.name, "", "", "", "")
    yield content_line("ORG", entry.name)
    if email := facts.public_email:
        yield content_line("EMAIL;TYPE=INTERNET,WORK", email)
    if facts.phone:
        yield content_line("TEL;TYPE=WORK,VOICE", facts.phone.as_e164)
    for place in _places(facts):
        street = ", ".join(place.public_street)
        where = (street, place.city, place.region, place.postal_code, place.country)
        yield content_line("ADR;TYPE=WORK", "", "", *where)
    yield f"URL:{facts.website or url}"
    if entry.summary:
        yield content_line("NOTE", entry.summary)
    yield f"UID:urn:uuid:{facts.translation_key}"
    yield "END:VCARD"


def _places(facts: Entry) -> list[Location]:
    places = [place for place in facts.locations.all() if place.location_type != LocationType.VIRTUAL]
    return places_shown(facts, places, is_sensitive=sensitive.is_sensitive_ids(facts.topic_ids))
