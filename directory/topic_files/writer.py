"""Topics into a CSV file that `import_topics` reads back without a change."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from typing import TextIO

from cms_blocks.models import Topic
from cms_blocks.spreadsheets import text_cell

from .columns import PLAIN, SEPARATOR, TEXTS, all_columns, site_locales

YES = "yes"


def export_csv(file: TextIO) -> int:
    """Writes every topic, by slug; returns how many. Four queries, whatever there is."""
    codes = list(site_locales())
    writer = csv.DictWriter(file, all_columns(codes), restval="", lineterminator="\r\n")
    writer.writeheader()
    count = 0
    for cells in topic_cells():
        writer.writerow(
            {name: text_cell(value) for name, value in cells.items() if name in writer.fieldnames}
        )
        count += 1
    return count


def topic_cells() -> Iterator[dict[str, str]]:
    """Column -> cell, for each topic by slug."""
    rows = defaultdict(list)
    for row in Topic.objects.filter(source_row__isnull=False).select_related("locale"):
        rows[row.source_row_id].append(row)
    related = related_slugs()
    for source in (
        Topic.objects.filter(source_row=None).select_related("locale", "broader", "see").order_by("slug")
    ):
        yield {
            "slug": source.slug,
            **{column: getattr(source, field) for column, field in PLAIN.items()},
            "broader": source.broader.slug if source.broader else "",
            "related": f"{SEPARATOR} ".join(related.get(source.pk, ())),
            "see": source.see.slug if source.see else "",
            "sensitive": YES if source.is_sensitive else "",
            **{name: cell for row in (source, *rows[source.pk]) for name, cell in text_cells(row).items()},
        }


def related_slugs() -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    pairs = Topic.related.through.objects.order_by("to_topic__slug").values_list(
        "from_topic", "to_topic__slug"
    )
    for source, slug in pairs:
        found[source].append(slug)
    return found


def text_cells(row: Topic) -> dict[str, str]:
    code = row.locale.language_code
    values = {field: getattr(row, field) for field in TEXTS.values()}
    values["alt_labels"] = f"{SEPARATOR} ".join(row.synonyms)
    return {f"{kind}_{code}": values[field] for kind, field in TEXTS.items()}
