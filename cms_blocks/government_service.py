"""A service page as schema.org's GovernmentService."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Site
from wagtail.rich_text import get_text_for_indexing


def government_service(page: Any, request: HttpRequest) -> dict[str, Any]:
    """As JSON-LD, without empty keys."""
    site = Site.find_for_request(request)
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "GovernmentService",
            "@id": page.get_full_url(request),
            "url": page.get_full_url(request),
            "name": page.title,
            "description": page.lead,
            "inLanguage": page.content_lang,
            "identifier": page.identifier,
            "audience": _typed("Audience", audienceType=_plain(page.audience)),
            "areaServed": page.area_served,
            "provider": _typed(
                "GovernmentOrganization", name=page.responsible_unit or (site.site_name if site else "")
            ),
            "availableChannel": _channels(page),
        }
    )


def _channels(page: Any) -> list[dict[str, Any]]:
    online = [page.digital_channel, page.booking_url] if page.has_online_way else []
    channels = [_typed("ServiceChannel", serviceUrl=address) for address in online]
    channels += [
        {"@type": "ServiceChannel", "serviceLocation": _place(row)} for row in page.physical_channels.all()
    ]
    return [channel for channel in channels if channel]


def _place(row: Any) -> dict[str, Any]:
    street = ", ".join(filter(None, (row.address_1, row.address_2)))
    address = _typed(
        "PostalAddress", streetAddress=street, postalCode=row.postal_code, addressLocality=row.city
    )
    return _typed("Place", name=row.name, address=address)


def _typed(kind: str, **values: Any) -> dict[str, Any]:
    """A thing of that type; nothing where all its values are empty."""
    filled = _filled(values)
    return {"@type": kind, **filled} if filled else {}


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _plain(html: str) -> str:
    return " ".join(get_text_for_indexing(html).split())
