"""What search engines read: schema.org as JSON-LD, built from what the page shows and nothing else."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString

CONTEXT = "https://schema.org"

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


def without_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    """schema.org has no word for "unknown": what is not there is left out."""
    return {key: value for key, value in values.items() if value not in (None, "", [], (), {})}
