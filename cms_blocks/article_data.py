"""An article as schema.org names it, built from what the page shows."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Site

from .structured_data import without_empty


def article(page: Any, request: HttpRequest, **more: Any) -> dict[str, Any]:
    """Of the page's own `schema_type`; `more` are further properties."""
    site = Site.find_for_request(request)
    url = page.get_full_url(request)
    published = getattr(page, "published_on", None) or page.first_published_at
    return without_empty(
        {
            "@type": page.schema_type,
            "@id": url,
            "url": url,
            "headline": page.title,
            "description": page.lead,
            "inLanguage": page.content_lang,
            "datePublished": published,
            "dateModified": page.last_published_at,
            "publisher": _publisher(site),
            **more,
        }
    )


def _publisher(site: Site | None) -> dict[str, str]:
    name = site.site_name if site else ""
    return {"@type": "GovernmentOrganization", "name": name} if name else {}
