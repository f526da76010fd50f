"""Topics of a SKOS vocabulary in Turtle, as the rows that a CSV file would have. Needs the extra `skos`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cms_blocks.models import Topic
from cms_blocks.slugs import free_slug, slug_of

from ..imports.messages import FileRefused
from ..imports.readers import Row
from .checking import LONGEST_SLUG
from .columns import SEPARATOR, all_columns

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

SUFFIX = ".ttl"
_UUID = "urn:uuid:"


class SkosReader:
    """`line` of a row is the number of the concept in the order of the addresses.

    A concept is the topic that has its address, else the one whose name in the first language is the same.
    What it says in languages that the site does not have is left out.
    """

    def __init__(self, path: Path, codes: Sequence[str]) -> None:
        self._graph = _parsed(path)
        self._codes = codes
        self.columns = tuple(name for name in all_columns(codes) if name not in ("see", "sensitive"))

    def rows(self) -> Iterator[Row]:
        from rdflib.namespace import RDF, SKOS

        concepts = sorted(set(self._graph.subjects(RDF.type, SKOS.Concept)), key=str)
        slugs = self._slugs(concepts)
        for number, concept in enumerate(concepts, start=1):
            yield Row(line=number, cells=self._cells(concept, slugs))

    def _cells(self, concept: "Node", slugs: dict["Node", str]) -> dict[str, str]:
        from rdflib.namespace import SKOS

        graph = self._graph
        broader = {*graph.objects(concept, SKOS.broader), *graph.subjects(SKOS.narrower, concept)}
        related = {*graph.objects(concept, SKOS.related), *graph.subjects(SKOS.related, concept)}
        address = str(concept)
        return {
            "slug": slugs[concept],
            "notation": str(graph.value(concept, SKOS.notation) or ""),
            "uri": address if address.startswith(("http://", "https://")) else "",
            "broader": _named(broader, slugs),
            "related": _named(related, slugs),
            **self._texts(concept),
        }

    def _texts(self, concept: "Node") -> dict[str, str]:
        from rdflib.namespace import SKOS

        labels, words, notes = (
            self._by_language(concept, kind) for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.scopeNote)
        )
        cells: dict[str, str] = {}
        for code in self._codes:
            first, *others = labels[code] or [""]
            cells[f"label_{code}"] = first
            cells[f"words_{code}"] = f"{SEPARATOR} ".join([*others, *words[code]])
            cells[f"note_{code}"] = "\n".join(notes[code])
        return cells

    def _by_language(self, concept: "Node", kind: Any) -> dict[str, list[str]]:
        """Sorted; what names no language is in the site's own."""
        found: dict[str, list[str]] = defaultdict(list)
        for literal in self._graph.objects(concept, kind):
            tag = (getattr(literal, "language", None) or self._codes[0]).lower()
            found[tag if tag in self._codes else tag.partition("-")[0]].append(str(literal))
        return defaultdict(list, {code: sorted(texts) for code, texts in found.items()})

    def _slugs(self, concepts: Iterable["Node"]) -> dict["Node", str]:
        known = list(Topic.objects.filter(source_row=None))
        addresses = {f"{_UUID}{topic.translation_key}": topic.slug for topic in known}
        addresses |= {topic.uri: topic.slug for topic in known if topic.uri}
        found = {one: addresses[str(one)] for one in concepts if str(one) in addresses}
        taken = set(found.values())
        for concept in concepts:
            if concept not in found:
                found[concept] = free_slug(self._wanted(concept), taken, LONGEST_SLUG)
                taken.add(found[concept])
        return found

    def _wanted(self, concept: "Node") -> str:
        texts = self._texts(concept)
        name = next((label for code in self._codes if (label := texts[f"label_{code}"])), "")
        return slug_of(name, LONGEST_SLUG) or "topic"


def _named(concepts: Iterable["Node"], slugs: dict["Node", str]) -> str:
    """What lies outside the file cannot be referred to."""
    return f"{SEPARATOR} ".join(sorted(slugs[one] for one in concepts if one in slugs))


def _parsed(path: Path) -> "Graph":
    try:
        from rdflib import Graph
        from rdflib.plugins.parsers.notation3 import BadSyntax
    except ImportError as error:
        raise FileRefused(
            _("To read SKOS the package rdflib is needed: install wagtail-torv with the extra “skos”.")
        ) from error
    try:
        return Graph().parse(data=path.read_bytes(), format="turtle")
    except (BadSyntax, LookupError, ValueError) as error:  # a file that ends too early runs off its end
        raise FileRefused(_("This is not SKOS in Turtle, or it is damaged.")) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileRefused(
            _("%(file)s cannot be opened: %(reason)s.") % {"file": path.name, "reason": reason}
        ) from error
