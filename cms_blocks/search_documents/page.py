"""What the page of the site search shows around its hits."""

from typing import Any

from wagtail.models import Locale

from cms_blocks import sensitive
from search.query import Query


def context(query: Query) -> dict[str, Any]:
    """Crisis numbers and the quick exit, where the reader chose a sensitive topic."""
    topics = query.selected.get("topic", ())
    locale = Locale(language_code=query.locale)
    return {"safety": sensitive.safety_of_slugs(topics, locale)}
