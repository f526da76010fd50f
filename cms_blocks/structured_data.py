"""What search engines read: schema.org as JSON-LD, built from what the page shows and nothing else."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from .frame_values import Frame, Hours

CONTEXT = "https://schema.org"

#: In the order of the weekday numbers of the opening hours.
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

#: What could end the script element or a line of script, as JSON writes it.
_ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


def script(value: Mapping[str, Any] | None) -> SafeString:
    """A data block that browsers do not run, so the policy needs no exception. Empty for nothing."""
    if not value:
        return SafeString("")
    text = json.dumps({"@context": CONTEXT, **value}, cls=DjangoJSONEncoder, ensure_ascii=False)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text.translate(_ESCAPES)))


def breadcrumb_list(crumbs: Sequence[tuple[str, str]]) -> dict[str, Any] | None:
    """Of (title, absolute address), from the home page to this one."""
    if len(crumbs) < 2:
        return None
    items = [
        {"@type": "ListItem", "position": position, "name": title, "item": url}
        for position, (title, url) in enumerate(crumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def organisation(frame: "Frame", *, url: str, logo: str = "") -> dict[str, Any]:
    """The municipality as header and footer show it; addresses are absolute."""
    footer = frame.footer
    return without_empty(
        {
            "@type": "GovernmentOrganization",
            "@id": f"{url}#organisation",
            "name": frame.site_name,
            "url": url,
            "logo": logo,
            "address": ", ".join(filter(None, (line.strip() for line in footer.address.splitlines()))),
            "telephone": footer.phone.as_e164 if footer.phone else "",
            "email": footer.email,
            "openingHoursSpecification": [_opening_hours(line) for line in footer.hours],
        }
    )


def _opening_hours(line: "Hours") -> dict[str, Any]:
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": [DAYS[day] for day in line.weekdays],
        "opens": f"{line.opens_at:%H:%M}",
        "closes": f"{line.closes_at:%H:%M}",
    }


def without_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    """schema.org has no word for "unknown": what is not there is left out."""
    return {key: value for key, value in values.items() if value not in (None, "", [], (), {})}
