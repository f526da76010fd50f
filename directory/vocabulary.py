"""The controlled vocabulary as readers of one language see it, in one query."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from django.db.models import Q
from wagtail.models import Locale

from cms_blocks.models import Topic
from cms_blocks.topics import TopicTree
from search.analysis.collation import sort_key


@dataclass(frozen=True, kw_only=True)
class Term:
    """A topic in the reader's words; `lang` is their language, `pk` that of the source row."""

    pk: int
    slug: str
    label: str
    synonyms: tuple[str, ...]
    note: str
    lang: str
    sort: str


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A topic with all that is narrower."""

    term: Term
    narrower: "tuple[Branch, ...]"


@dataclass(frozen=True)
class Vocabulary:
    """All topics by primary key of their source rows. Those not to be used are in `tree.see`."""

    lang: str
    terms: Mapping[int, Term]
    tree: TopicTree

    @classmethod
    def load(cls, locale: Locale) -> Self:
        rows = Topic.objects.filter(Q(source_row=None) | Q(locale=locale)).select_related("locale")
        chosen: dict[int, Topic] = {}
        sources = []
        for row in rows:
            if row.is_source:
                sources.append(row)
            if not row.is_source or row.pk not in chosen:
                chosen[row.source_row_id or row.pk] = row
        lang = locale.language_code
        terms = {source.pk: _term(source, chosen[source.pk], lang) for source in sources}
        return cls(lang, terms, TopicTree.of(sources))

    @cached_property
    def used(self) -> tuple[Term, ...]:
        """Topics that can be chosen, by name in the language's order."""
        used = (term for pk, term in self.terms.items() if pk not in self.tree.see)
        return tuple(sorted(used, key=lambda term: (term.sort, term.slug)))

    @cached_property
    def _below(self) -> Mapping[int | None, list[Term]]:
        below: dict[int | None, list[Term]] = defaultdict(list)
        for term in self.used:
            below[self.tree.broader.get(term.pk)].append(term)
        return below

    @cached_property
    def top(self) -> tuple[Branch, ...]:
        return self._branches(None)

    def _branches(self, above: int | None) -> tuple[Branch, ...]:
        """Topics in a loop have no top above them: they are found by name only."""
        return tuple(
            Branch(term=term, narrower=self._branches(term.pk)) for term in self._below.get(above, ())
        )

    def by_slug(self, slug: str) -> Term | None:
        return next((term for term in self.terms.values() if term.slug == slug), None)

    def narrower(self, term: Term) -> tuple[Term, ...]:
        return tuple(self._below.get(term.pk, ()))

    def broader(self, term: Term) -> tuple[Term, ...]:
        """The topics above it, the top first."""
        return tuple(self.terms[pk] for pk in reversed(self.tree.line(term.pk)[1:]))

    def instead_of(self, term: Term) -> Term:
        """The topic to use: this one, or the one it leads to."""
        return self.terms.get(self.tree.see.get(term.pk, term.pk), term)

    def other_words(self, term: Term) -> tuple[str, ...]:
        """Its synonyms, and the words of the topics it is used for."""
        leading = (self.terms[pk] for pk, see in self.tree.see.items() if see == term.pk)
        words = (*term.synonyms, *(word for other in leading for word in (other.label, *other.synonyms)))
        return tuple(dict.fromkeys(words))


def _term(source: Topic, row: Topic, lang: str) -> Term:
    return Term(
        pk=source.pk,
        slug=source.slug,
        label=row.pref_label,
        synonyms=tuple(row.synonyms),
        note=row.scope_note,
        lang=row.locale.language_code,
        sort=sort_key(row.pref_label, lang),
    )
