"""The translations of the interface: `python -m scripts.messages update|compile|check`.

Needs Django and Babel from `.venv`, not the GNU gettext tools. English is the source, each app keeps its
own locale/<language>/LC_MESSAGES/django.po. The files name no dates, no people and no line numbers, so
that they change only when a text does.

    update    collect the texts in use; keep translations; mark as fuzzy what was guessed from a near text
    compile   write the .mo files that Django reads
    check     fail with a list of what has no translation, is fuzzy, or has other placeholders
"""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from .common import ROOT, say, stop
from .extraction import Text, python_texts, template_texts

LANGUAGES = {"da": "Danish", "de": "German"}
APPS = tuple(ROOT / name for name in ("cms_blocks", "directory", "search", "site/reference", "site/demo"))
LEFT_OUT = {"migrations", "locale", "static", "__pycache__"}
TEMPLATES = {".html", ".txt"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(?<![%\w])%([sd])|\{(\w*)[^{}]*\}")
LINE_WIDTH = 100


@dataclass(frozen=True, kw_only=True)
class TranslationFile:
    app: Path
    language: str
    domain: str = "django"

    @property
    def path(self) -> Path:
        return self.app / "locale" / self.language / "LC_MESSAGES" / f"{self.domain}.po"

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT)) if self.path.is_relative_to(ROOT) else str(self.path)

    def read(self) -> Catalog:
        return read_catalog(self.path, self.language)


def read_catalog(path: Path, language: str) -> Catalog:
    """The catalogue as stored; empty where there is no file yet."""
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def files(apps: Iterable[Path] = APPS) -> Iterator[TranslationFile]:
    for app in apps:
        for language in LANGUAGES:
            yield TranslationFile(app=app, language=language)


def texts_of(app: Path) -> Iterator[tuple[Path, Text]]:
    """Every text of an app that is shown in the reader's language, with the file it stands in."""
    for file in sorted(app.rglob("*")):
        if LEFT_OUT & set(file.relative_to(app).parts):
            continue
        if file.suffix == ".py":
            yield from ((file, text) for text in python_texts(file.read_bytes()))
        elif file.suffix in TEMPLATES and "templates" in file.parts:
            yield from ((file, text) for text in template_texts(file.read_text(encoding="utf-8")))


def extract(app: Path) -> Catalog:
    """A catalogue of the app's texts, without translations, in the order of their files."""
    catalog = Catalog()
    for file, text in texts_of(app):
        place = str(file.relative_to(app))
        catalog.add(text.id, locations=[(place, 0)], auto_comments=text.comments, context=text.context)
    return catalog


def header(file: TranslationFile, catalog: Catalog) -> str:
    lines = [
        f"Language: {file.language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {catalog.plural_forms}",
    ]
    quoted = "".join(f'"{line}\\n"\n' for line in lines)
    return f'# {LANGUAGES[file.language]} texts of {file.app.name}.\nmsgid ""\nmsgstr ""\n{quoted}\n'


def written(file: TranslationFile, catalog: Catalog) -> bytes:
    """The .po file's content, the same for the same texts wherever and whenever it is written."""
    body = BytesIO()
    write_po(body, catalog, width=LINE_WIDTH, omit_header=True, ignore_obsolete=True, include_lineno=False)
    return (header(file, catalog) + body.getvalue().decode().strip("\n") + "\n").encode()


def update(file: TranslationFile, template: Catalog) -> None:
    """Bring one file up to date with the texts in use."""
    if not len(template) and not file.path.is_file():
        return
    catalog = file.read()
    catalog.update(template, update_creation_date=False)
    file.path.parent.mkdir(parents=True, exist_ok=True)
    file.path.write_bytes(written(file, catalog))


def compile_file(file: TranslationFile) -> None:
    """Write the .mo beside the .po where it is missing or would differ."""
    if not file.path.is_file():
        return
    compiled = BytesIO()
    write_mo(compiled, file.read())
    target = file.path.with_suffix(".mo")
    if not target.is_file() or target.read_bytes() != compiled.getvalue():
        target.write_bytes(compiled.getvalue())


def forms(value: object) -> tuple[str, ...]:
    """Singular and plural of a message's id or string, one element where it has no plural."""
    return tuple(map(str, value)) if isinstance(value, tuple | list) else (str(value or ""),)


def placeholders(text: str) -> set[str]:
    """What is filled in at run time: `%(name)s`, `%s` and `{name}`."""
    return {match.group(0) for match in PLACEHOLDER.finditer(text)}


def fault(message: Message, translation: Message | None) -> str | None:
    """What is wrong with a translation, None when nothing is."""
    if translation is None or not all(forms(translation.string)):
        return "has no translation"
    if translation.fuzzy:
        return "is fuzzy: look at it and remove the mark"
    if len(forms(message.id)) > 1 and len(forms(translation.string)) < 2:
        return "has no plural"
    allowed = [placeholders(form) for form in forms(message.id)]
    wanted = [placeholders(form) for form in forms(translation.string)]
    if wanted[-1] != allowed[-1] or any(form not in allowed for form in wanted):
        return "has other placeholders"
    return None


def faults(file: TranslationFile, template: Catalog) -> Iterator[str]:
    """One line for each text of the template that is not well translated in the file."""
    catalog = file.read()
    for message in template:
        if message.id and (reason := fault(message, catalog.get(forms(message.id)[0], message.context))):
            yield f"{file.name}: {forms(message.id)[0]!r} {reason}"


def differences(apps: Iterable[Path] = APPS) -> Iterator[str]:
    """Texts that two apps translate in two ways: Django shows only one of them."""
    seen: dict[tuple[str, str, str], tuple[str, tuple[str, ...]]] = {}
    for file in files(apps):
        for message in file.read():
            key = (file.language, forms(message.id)[0], message.context or "")
            name, translated = seen.setdefault(key, (file.name, forms(message.string)))
            if key[1] and translated[0] != forms(message.string)[0]:
                yield f"{file.name}: {key[1]!r} is translated otherwise in {name}"


def update_all(apps: Iterable[Path] = APPS) -> None:
    for app in apps:
        template = extract(app)
        for file in files([app]):
            update(file, template)


def all_faults(apps: Iterable[Path] = APPS) -> list[str]:
    found = [line for app in apps for file in files([app]) for line in faults(file, extract(app))]
    return [*found, *differences(apps)]


def main(arguments: list[str]) -> None:
    match arguments:
        case ["update"]:
            update_all()
        case ["compile"]:
            from .wagtail_texts import files as files_of_wagtail

            for file in (*files(), *files_of_wagtail()):
                compile_file(file)
        case ["check"]:
            if found := all_faults():
                stop(*found, f"{len(found)} texts need a translator; begin with `make messages`.")
            say("Every text is translated.")
        case _:
            stop(__doc__ or "")


if __name__ == "__main__":
    main(sys.argv[1:])
