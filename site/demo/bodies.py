"""Makes the stored form of a page's blocks from the demo's texts."""

from typing import Any

from .links import Links
from .records import translation_key
from .texts import PageText


def body(text: PageText, links: Links, pictures: dict[str, int]) -> list[dict[str, Any]]:
    blocks = []
    for position, block in enumerate(text.values.get("body", [])):
        value = _value(block, text.locale, links, pictures)
        if value is not None:
            blocks.append({"type": block["type"], "value": value, "id": _block_id(text, position)})
    return blocks


def rich_text(text: PageText, name: str, links: Links) -> str:
    return f"<p>{links.resolve(text.values[name], text.locale)}</p>"


def _value(block: dict[str, Any], locale: str, links: Links, pictures: dict[str, int]) -> Any:
    if block["type"] == "text":
        return links.resolve(block["html"], locale)
    if block["type"] == "accordion":
        return {"sections": [_section(section, locale, links) for section in block["sections"]]}
    if block["type"] == "callout":
        words = {"level": block["level"], "heading": block["heading"]}
        return words | {"text": links.resolve(block["html"], locale)}
    return _image(block, pictures)


def _section(section: dict[str, str], locale: str, links: Links) -> dict[str, str]:
    return {"title": section["title"], "text": links.resolve(section["html"], locale)}


def _image(block: dict[str, str], pictures: dict[str, int]) -> dict[str, Any] | None:
    """None where somebody has deleted the picture: a block without it would be empty."""
    picture = pictures.get(block["picture"])
    if picture is None:
        return None
    return {
        "image": picture,
        "alt_text": block["alt"],
        "decorative": not block["alt"],
        "caption": block.get("caption", ""),
    }


def _block_id(text: PageText, position: int) -> str:
    return str(translation_key("block", f"{text.locale}/{text.key}/{position}"))
