"""Makes the stored form of a page's blocks from the demo's texts. README.md describes them."""

from typing import Any

from .links import Links
from .records import translation_key
from .texts import PageText

Block = dict[str, Any]


def body(text: PageText, links: Links, pictures: dict[str, int], files: dict[str, int]) -> list[Block]:
    blocks = []
    for position, block in enumerate(text.values.get("body", [])):
        if block["type"] == "downloads":
            value = _downloads(block, files)
        else:
            value = _value(block, text.locale, links, pictures)
        if value is not None:
            blocks.append({"type": block["type"], "value": value, "id": _block_id(text, position)})
    return blocks


def rich_text(text: PageText, name: str, links: Links) -> str:
    return f"<p>{links.resolve(text.values[name], text.locale)}</p>"


def _value(block: Block, locale: str, links: Links, pictures: dict[str, int]) -> Any:
    """The block's own fields, with its rich texts (`html`) resolved; None for a block that would be empty."""
    kind = block["type"]
    if kind == "text":
        return links.resolve(block["html"], locale)
    if kind == "image":
        return _image(block, pictures)
    if kind == "table":
        return _table(block)
    if kind == "link_cards":
        cards = [card for row in block["cards"] if (card := _card(row, locale, links, pictures))]
        return {"cards": cards} if cards else None
    return _resolved({name: value for name, value in block.items() if name != "type"}, locale, links)


def _resolved(value: Any, locale: str, links: Links) -> Any:
    """Rows and fields as they are, but `html` becomes the field `text`, with its links."""
    if isinstance(value, list):
        return [_resolved(row, locale, links) for row in value]
    if not isinstance(value, dict):
        return value
    fields = {name: _resolved(inner, locale, links) for name, inner in value.items() if name != "html"}
    return fields | ({"text": links.resolve(value["html"], locale)} if "html" in value else {})


def _image(block: Block, pictures: dict[str, int]) -> Block | None:
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


def _downloads(block: Block, files: dict[str, int]) -> Block | None:
    """None where somebody has deleted all of the files."""
    rows = [
        {"document": files[row["file"]], "title": row.get("title", "")}
        for row in block["files"]
        if row["file"] in files
    ]
    return {"heading": block.get("heading", ""), "files": rows} if rows else None


def _table(block: Block) -> Block:
    """The first of `rows` holds the headings; the first column names the rows."""
    headings, *rows = block["rows"]
    cells = {
        "caption": block["caption"],
        "columns": [{"type": "text", "heading": heading} for heading in headings],
        "rows": [{"values": row} for row in rows],
    }
    return {"table": cells, "first_column_is_heading": True}


def _card(row: Block, locale: str, links: Links, pictures: dict[str, int]) -> Block | None:
    """None where somebody has deleted the page."""
    page = links.page(locale, row["page"])
    if page is None:
        return None
    return {
        "page": page.pk,
        "url": "",
        "title": row.get("title", ""),
        "text": row.get("text", ""),
        "image": pictures.get(row.get("picture", "")),
    }


def _block_id(text: PageText, position: int) -> str:
    return str(translation_key("block", f"{text.locale}/{text.key}/{position}"))
