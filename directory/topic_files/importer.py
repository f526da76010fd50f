"""A file of topics into the vocabulary: all of it is checked, and all of it written, or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Locale

from cms_blocks.models import Topic
from cms_blocks.spreadsheets import text_of

from ..imports import csv_reader  # noqa: F401 - it registers itself
from ..imports.messages import Message
from ..imports.readers import Row, open_file
from ..imports.report import Outcome
from .checking import checked, refusal, slug_in
from .columns import PLAIN, SENSITIVE, TEXTS, check_columns, parts, site_locales
from .skos_reader import SUFFIX, SkosReader

#: Field -> beginning of the column a fault of it is reported under.
_COLUMN_OF = {**{field: f"{kind}_" for kind, field in TEXTS.items()}, "is_sensitive": SENSITIVE}


@dataclass
class TopicReport:
    """What became of the rows; `messages` say why some were refused, and then nothing was written."""

    outcomes: list[Outcome] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def number(self, outcome: Outcome) -> int:
        return self.outcomes.count(outcome)

    @property
    def is_refused(self) -> bool:
        return bool(self.messages)

    def __str__(self) -> str:
        """The last line of the command, the same in every language."""
        refused = len({message.line for message in self.messages})
        counts = [
            f"{outcome.value} {self.number(outcome)}" for outcome in Outcome if outcome != Outcome.REFUSED
        ]
        return ", ".join([f"rows {len(self.outcomes) or refused}", *counts, f"refused {refused}"])


def import_topics(path: Path, *, dry_run: bool = False) -> TopicReport:
    """Raises `FileRefused` where the file as a whole cannot be used."""
    locales = site_locales()
    is_skos = path.suffix.lower() == SUFFIX
    reader = SkosReader(path, list(locales)) if is_skos else open_file(path)
    check_columns(reader.columns, locales)
    rows = list(reader.rows() if is_skos else map(_as_written, reader.rows()))
    report = TopicReport()
    topics = {topic.slug: topic for topic in Topic.objects.filter(source_row=None).select_related("locale")}
    report.messages += checked(rows, topics, list(locales))
    if not report.is_refused:
        with transaction.atomic():
            report.messages += _Writing(topics, locales, report).run(rows)
            if dry_run or report.is_refused:
                transaction.set_rollback(True)
    return report


def _as_written(row: Row) -> Row:
    """Without the marks that an export puts before what looks like a formula."""
    return replace(row, cells={name: text_of(cell) for name, cell in row.cells.items()})


class _Writing:
    """Writes rows that are known to be readable; what only the database can tell is found on the way."""

    def __init__(self, topics: dict[str, Topic], locales: Mapping[str, Locale], report: TopicReport) -> None:
        self.topics = topics
        self.locales = locales
        self.report = report
        self.changed: dict[str, bool] = {}
        self.is_new: set[str] = set()
        self.translations = {
            (row.source_row_id, row.locale.language_code): row
            for row in Topic.objects.filter(source_row__isnull=False).select_related("locale")
        }

    def run(self, rows: Sequence[Row]) -> list[Message]:
        for row in rows:
            self._write_source(row)
        related = _related(rows)
        for row in rows:
            self._write_relations(row, related)
        faults = [fault for row in rows for fault in self._write_translations(row)]
        faults += [fault for row in rows for fault in self._faults(row, self.topics[slug_in(row)])]
        self.report.outcomes = [self._outcome(slug_in(row)) for row in rows]
        return faults

    def _outcome(self, slug: str) -> Outcome:
        if slug in self.is_new:
            return Outcome.CREATED
        return Outcome.UPDATED if self.changed.get(slug) else Outcome.UNCHANGED

    def _write_source(self, row: Row) -> None:
        slug = slug_in(row)
        topic = self.topics.get(slug)
        if topic is None:
            topic = self.topics[slug] = Topic(
                slug=slug, locale=self.locales[_first_language(row, self.locales)]
            )
            self.is_new.add(slug)
        values: dict[str, object] = {
            **{name: row.cells[column].strip() for column, name in PLAIN.items() if column in row.cells},
            **_texts(row, topic.locale.language_code),
        }
        if SENSITIVE in row.cells:
            values["is_sensitive"] = row.cells[SENSITIVE].strip().lower() == "yes"
        self._save(topic, values, slug)

    def _write_relations(self, row: Row, related: Mapping[str, set[str]]) -> None:
        slug = slug_in(row)
        topic = self.topics[slug]
        links = {name: row.cells[name].strip() for name in ("broader", "see") if name in row.cells}
        self._save(topic, {name: self.topics.get(other) for name, other in links.items()}, slug)
        if "related" in row.cells:
            wanted = {self.topics[other].pk for other in related[slug]}
            if wanted != set(topic.related.values_list("pk", flat=True)):
                topic.related.set(wanted)
                self.changed[slug] = True

    def _write_translations(self, row: Row) -> Iterator[Message]:
        slug = slug_in(row)
        topic = self.topics[slug]
        for code, locale in self.locales.items():
            texts = _texts(row, code)
            if code == topic.locale.language_code or not texts.get("pref_label"):
                continue
            translation = self.translations.get((topic.pk, code)) or topic.copy_for_translation(locale)
            self._save(translation, texts, slug)
            yield from self._faults(row, translation)

    def _save(self, topic: Topic, values: Mapping[str, object], slug: str) -> None:
        """Only what differs, so that a file that changes nothing writes nothing."""
        different = {
            name: value for name, value in values.items() if _plain(getattr(topic, name)) != _plain(value)
        }
        for name, value in different.items():
            setattr(topic, name, value)
        if different or topic.pk is None:
            topic.save()
            self.changed[slug] = True

    def _faults(self, row: Row, topic: Topic) -> Iterator[Message]:
        slug = slug_in(row)
        if not self.changed.get(slug):
            return
        try:
            topic.full_clean()
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                column = _column(name, topic.locale.language_code)
                yield refusal(row, column, " ".join(sentences))


def _plain(value: object) -> object:
    """Text without the line ends and blanks that browsers and spreadsheets add."""
    return (
        [part for line in value.splitlines() if (part := line.strip())] if isinstance(value, str) else value
    )


def _column(name: str, code: str) -> str:
    beginning = _COLUMN_OF.get(name, name)
    return f"{beginning}{code}" if beginning.endswith("_") else beginning


def _first_language(row: Row, locales: Mapping[str, Locale]) -> str:
    return next(code for code in locales if row.cells.get(f"label_{code}", "").strip())


def _texts(row: Row, code: str) -> dict[str, object]:
    """Field -> text in that language, of the columns the file has; a name is never emptied."""
    texts: dict[str, object] = {}
    for kind, name in TEXTS.items():
        cell = row.cells.get(f"{kind}_{code}")
        if cell is not None and (cell.strip() or kind != "label"):
            texts[name] = "\n".join(parts(cell)) if kind == "words" else cell.strip().replace("\r\n", "\n")
    return texts


def _related(rows: Sequence[Row]) -> dict[str, set[str]]:
    """Both ways: it is enough that one of the two rows names the other."""
    named = {slug_in(row): set(parts(row.cells.get("related", ""))) for row in rows}
    for slug, others in list(named.items()):
        for other in others:
            if other in named:
                named[other] = named[other] | {slug}
    return named
