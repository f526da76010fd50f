"""What a search finds of contact persons: those whom a public page shows. Private persons are never here."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, ReferenceIndex, Site

from search.documents import Document
from search.registry import HitAddress, Searchable
from search.results import StoredHit

from .. import story_consents
from ..models import ContactPerson
from ..page_mixins import PersonListPageMixin
from ..references import ORIGINAL
from ..usage import references_to
from .pages import PageAddress, concrete
from .showing import BOOST, Shown, by_locale


class PersonSearchable(Searchable):
    """One document for each locale in which a page shows the person; ways of contact are not in it."""

    name = "torv_blocks.person"
    label = _("Contact person")
    is_shown_by_pages = True
    models = (ContactPerson,)

    def key(self, instance: Model) -> str:
        return str(instance.translation_key)  # type: ignore[attr-defined]

    def keys(self) -> Iterable[str]:
        rows = ContactPerson.objects.filter(source_row=None).order_by("pk")
        return (str(key) for key in rows.values_list("translation_key", flat=True).iterator())

    def documents(self, keys: Sequence[str]) -> Iterator[Document]:
        rows = ContactPerson.objects.filter(translation_key__in=keys).select_related("locale").order_by("pk")
        written: dict[Any, dict[str, ContactPerson]] = defaultdict(dict)
        for row in rows:
            written[row.translation_key][row.locale.language_code] = row
        sources = [row for row in rows if row.is_source and not row.archived]
        pages = _pages_showing(sources, rows)
        ends = story_consents.ends(page for shown in pages.values() for page in shown)
        for source in sources:
            for locale, shown in by_locale(pages[source.pk], ends).items():
                yield _document(source, written[source.translation_key].get(locale, source), locale, shown)

    def address(self, site: Site, locale: str) -> HitAddress | None:
        roots = [root for root in Site.get_site_root_paths() if root.site_id == site.pk]
        return _Address(roots) if roots else None

    def keys_on(self, pages: Collection[Page]) -> Iterable[str]:
        keys = [page.pk for page in pages]
        base, person = _types()
        shown = ReferenceIndex.objects.filter(
            base_content_type=base, object_id__in=[str(key) for key in keys], to_content_type=person
        ).values_list("to_object_id", flat=True)
        departments = set().union(*_departments(Page.objects.filter(pk__in=keys)).values())
        rows = ContactPerson.objects.filter(
            Q(pk__in=[int(key) for key in shown]) | Q(source_row=None, department__in=departments)
        )
        return {str(key) for key in rows.values_list("translation_key", flat=True)}


class _Address(PageAddress):
    """The place on the page, where the page has one for each person."""

    def __call__(self, hit: StoredHit) -> str:
        page = super().__call__(hit)
        anchor = hit.stored["anchor"]
        return f"{page}#{anchor}" if page and anchor else page


def _types() -> tuple[ContentType, ContentType]:
    types = ContentType.objects.get_for_models(Page, ContactPerson, for_concrete_models=False)
    return types[Page], types[ContactPerson]


def _pages_showing(sources: Sequence[ContactPerson], rows: Iterable[ContactPerson]) -> dict[int, list[Page]]:
    """Source row -> the public pages that show the person: lists of persons first, then from the top."""
    lists = _departments(Page.objects.live())
    source_of = {row.pk: row.source_row_id or row.pk for row in rows}
    refs = references_to(ContactPerson, source_of).filter(base_content_type=_types()[0])
    pairs = {(source_of[int(row)], int(page)) for row, page in refs.values_list("to_object_id", "object_id")}
    pairs |= {
        (source.pk, page)
        for source in sources
        for page, departments in lists.items()
        if source.department in departments
    }
    readable = story_consents.readable().select_related(*ORIGINAL)
    pages = readable.in_bulk({page for _source, page in pairs})
    found: dict[int, list[Page]] = defaultdict(list)
    for source, page in pairs:
        if page in pages:
            found[source].append(pages[page])
    for those in found.values():
        those.sort(key=lambda page: (page.pk not in lists, page.depth, page.path))
    return found


def _departments(pages: QuerySet[Page]) -> dict[int, set[str]]:
    """Page -> the departments that it lists; one query for each type of page that does."""
    found: dict[int, set[str]] = {}
    for model in concrete(PersonListPageMixin):
        rows = model.objects.filter(pk__in=pages.values("pk")).values_list("pk", "departments")
        for key, lines in rows:
            found[key] = {line.strip() for line in lines.splitlines() if line.strip()}
    return found


def _document(source: ContactPerson, row: ContactPerson, locale: str, shown: Shown) -> Document:
    with translation.override(locale):
        kind_label = str(PersonSearchable.label)
    is_list = issubclass(shown.page.specific_class or Page, PersonListPageMixin)
    return Document(
        object_key=str(source.translation_key),
        object_id=row.pk,
        locale=locale,
        lang=row.locale.language_code,
        kind="person",
        title=source.name,
        summary=", ".join(filter(None, (row.role, row.department, row.organisation))),
        body=row.area_of_responsibility,
        stored={
            "url_path": shown.page.url_path,
            "anchor": f"person-{source.translation_key}" if is_list else "",
            "kind_label": kind_label,
        },
        facets=shown.facets,
        sites=shown.sites,
        visible_to=shown.visible_to,
        boost=BOOST,
    )
