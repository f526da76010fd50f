"""Blocks that refer to files, people, events and entries: keys of the demo become primary keys."""

from collections.abc import Callable, Iterable
from typing import Any

from .links import Links

Block = dict[str, Any]
Pictures = dict[str, int]


def _gallery(block: Block, locale: str, links: Links, pictures: Pictures) -> Block:
    rows = [
        {
            "image": pictures[row["picture"]],
            "alt_text": row["alt"],
            "caption": row.get("caption", ""),
            "credit": row.get("credit", ""),
        }
        for row in block["pictures"]
        if row["picture"] in pictures
    ]
    return {"heading": block.get("heading", ""), "pictures": rows}


def _external_video(block: Block, locale: str, links: Links, pictures: Pictures) -> Block:
    return {
        "title": block["title"],
        "url": block["url"],
        "poster": pictures.get(block["picture"]),
        "transcript": links.resolve(block["transcript"], locale),
    }


def _downloads(block: Block, locale: str, links: Links, pictures: Pictures) -> Block:
    keys = _known(links, "document", block["files"])
    files = [{"document": key, "title": ""} for key in keys]
    return {"heading": block.get("heading", ""), "files": files}


def _contact_persons(block: Block, locale: str, links: Links, pictures: Pictures) -> Block:
    return {"heading": block.get("heading", ""), "persons": _known(links, "person", block["persons"])}


def _contact_card(block: Block, locale: str, links: Links, pictures: Pictures) -> Block:
    """Without a person it shows the contact point of the website."""
    return {"heading": block.get("heading", ""), "person": links.key("person", block.get("person", ""))}


def _related_links(block: Block, locale: str, links: Links, pictures: Pictures) -> Block:
    pages = (links.page(locale, key) for key in block["pages"])
    rows = [{"page": page.pk, "url": "", "title": ""} for page in pages if page]
    return {"heading": block.get("heading", ""), "links": rows}


def _page(name: str) -> Callable[[Block, str, Links, Pictures], Block | None]:
    """A teaser of one page; None where somebody has deleted it."""

    def value(block: Block, locale: str, links: Links, pictures: Pictures) -> Block | None:
        page = links.page(locale, block["page"])
        return {name: page.pk} if page else None

    return value


def _entry_teaser(block: Block, locale: str, links: Links, pictures: Pictures) -> Block | None:
    key = links.key("entry", block["entry"])
    return {"entry": key} if key else None


def _entry_list(block: Block, locale: str, links: Links, pictures: Pictures) -> Block:
    return {
        "heading": block.get("heading", ""),
        "kinds": block.get("kinds", []),
        "topics": _known(links, "topic", block.get("topics", [])),
        "target_groups": _known(links, "target_group", block.get("target_groups", [])),
        "place": block.get("place", ""),
        "order": block.get("order", "name"),
        "most": block.get("most", 4),
    }


def _known(links: Links, sort: str, names: Iterable[str]) -> list[int]:
    return [key for name in names if (key := links.key(sort, name))]


#: Type of block -> its value from (block, locale, links, pictures); None for one that would be empty.
REFERRING: dict[str, Callable[[Block, str, Links, Pictures], Block | None]] = {
    "contact_card": _contact_card,
    "contact_persons": _contact_persons,
    "downloads": _downloads,
    "entry_list": _entry_list,
    "entry_teaser": _entry_teaser,
    "event_teaser": _page("event"),
    "external_video": _external_video,
    "gallery": _gallery,
    "related_links": _related_links,
    "story_teaser": _page("story"),
}
