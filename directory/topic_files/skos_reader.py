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
from .columns import SEE, SENSITIVE, SEPARATOR, all_columns
from .skos import OWN

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

SUFFIX = ".ttl"
_UUID = "urn:uuid:"


class SkosReader:
    """`line` of a row is the number of the concept in the order of the addresses.

    A concept is the topic that has its address, else the one whose name in the first language is the same.
    What it says in languages that the site does not have is left out. Files of others say nothing of `see`
    and `sensitive`, and leave them as they are.
    """

    def __init__(self, path: Path, codes: Sequence[str]) -> None:
        self._graph = _parsed(path)
        self._codes = codes
        self.columns = tuple(all_columns(codes))

    def rows(self) -> Iterator[Row]:
        from rdflib.namespace import RDF, SKOS

        sorts = (SKOS.Concept, _own("Reference"))
        concepts = sorted({one for sort in sorts for one in self._graph.subjects(RDF.type, sort)}, key=str)
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
            **self._own_facts(concept, slugs),
        }

    def _own_facts(self, concept: "Node", slugs: dict["Node", str]) -> dict[str, str]:
        cells: dict[str, str] = {}
        sensitive = self._graph.value(concept, _own(SENSITIVE))
        if sensitive is not None:
            cells[SENSITIVE] = "yes" if str(sensitive) == "true" else "no"
            cells[SEE] = _named(self._graph.objects(concept, _own(SEE)), slugs)
        return cells

    def _texts(self, concept: "Node") -> dict[str, str]:
        from rdflib.namespace import SKOS

        labels, words, notes = (
            self._by_language(concept, kind) for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.scopeNote)
        )
        lent = self._lent_words(concept)
        cells: dict[str, str] = {}
        for code in self._codes:
            first, *others = labels[code] or [""]
            cells[f"label_{code}"] = first
            own = [word for word in words[code] if word not in lent[code]]
            cells[f"words_{code}"] = f"{SEPARATOR} ".join([*others, *own])
            cells[f"note_{code}"] = "\n".join(notes[code])
        return cells

    def _lent_words(self, concept: "Node") -> dict[str, set[str]]:
        """Labels of the topics that refer to this one, by language."""
        from rdflib.namespace import SKOS

        lent: dict[str, set[str]] = defaultdict(set)
        for reference in self._graph.subjects(_own(SEE), concept):
            for kind in (SKOS.prefLabel, SKOS.altLabel):
                for code, texts in self._by_language(reference, kind).items():
                    lent[code].update(texts)
        return lent

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


def _own(name: str) -> Any:
    from rdflib import URIRef

    return URIRef(f"{OWN}{name}")


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
