"""Texts of Wagtail's admin that are still English: `python -m scripts.wagtail_texts update|check`.

Wagtail's own translations are looked at first; what they lack stands in cms_blocks/wagtail_texts.

    update    add what is missing, without a translation, for a translator to fill in
    check     fail with a list of what has no translation, or another one in an app
"""

import sys
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from .common import ROOT, say, stop
from .messages import APPS, LANGUAGES, TranslationFile, differences, forms, read_catalog, written
from .messages import faults as faults_of

HOME = ROOT / "cms_blocks" / "wagtail_texts"
DOMAINS = ("django", "djangojs")
#: Parts of Wagtail that a site with Torv shows to editors.
PARTS = (
    "wagtail.admin",
    "wagtail",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.images",
    "wagtail.locales",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.users",
    "wagtail_localize",
    "wagtailmedia",
)


def files() -> Iterator[TranslationFile]:
    for language in LANGUAGES:
        for domain in DOMAINS:
            yield TranslationFile(app=HOME, language=language, domain=domain)


def folder_of(part: str) -> Path:
    spec = find_spec(part)
    if spec is None or spec.origin is None:
        stop(f"{part} is not installed.")
    return Path(spec.origin).parent


def is_translated(catalog: Catalog, message: Message) -> bool:
    there = catalog.get(forms(message.id)[0], message.context)
    return there is not None and not there.fuzzy and all(forms(there.string))


def left_english(file: TranslationFile) -> Iterator[Message]:
    """What no part of Wagtail translates; one part's translation serves all, as Django joins them."""
    folders = [folder_of(part) / "locale" for part in PARTS]
    name = f"LC_MESSAGES/{file.domain}.po"
    theirs = [read_catalog(folder / file.language / name, file.language) for folder in folders]
    seen: set[tuple[tuple[str, ...], str | None]] = set()
    for message in chain.from_iterable(read_catalog(folder / "en" / name, "en") for folder in folders):
        key = (forms(message.id), message.context)
        if not message.id or key in seen:
            continue
        seen.add(key)
        if not any(is_translated(catalog, message) for catalog in theirs):
            yield message


def update(file: TranslationFile) -> None:
    """Add what is missing; a text that Wagtail translates meanwhile stays, as ours may be the better."""
    catalog = file.read()
    for message in left_english(file):
        if catalog.get(forms(message.id)[0], message.context) is None:
            catalog.add(message.id, context=message.context)
    if len(catalog):
        file.path.parent.mkdir(parents=True, exist_ok=True)
        file.path.write_bytes(written(file, catalog))


def faults(file: TranslationFile) -> Iterator[str]:
    """What is still English, and what is wrong with ours, also where Wagtail has a translation of its own."""
    template = Catalog()
    for message in chain(left_english(file), file.read()):
        template.add(message.id, context=message.context)
    yield from faults_of(file, template)


def all_faults() -> list[str]:
    """Those of each file, and words that an app says otherwise: it would say so all over Wagtail's admin."""
    return [*(line for file in files() for line in faults(file)), *differences([*APPS, HOME])]


def main(arguments: list[str]) -> None:
    match arguments:
        case ["update"]:
            for file in files():
                update(file)
        case ["check"]:
            if found := all_faults():
                stop(*found, f"{len(found)} texts of Wagtail's admin need a translator.")
            say("Wagtail's admin is translated.")
        case _:
            stop(__doc__ or "")


if __name__ == "__main__":
    main(sys.argv[1:])
