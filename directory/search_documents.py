"""Entries as the search sees them: one document for each entry and language of the site."""

import html
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from django.db.models import Model, Q
from django.utils import timezone, translation
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Site

from cms_blocks import sensitive
from cms_blocks.models import Topic
from cms_blocks.slugs import slug_of
from cms_blocks.topics import TopicTree
from search.analysis import WORD, analyse_word, is_stop_word, normalise
from search.analysis.stop_words import STOP_WORDS
from search.documents import Document
from search.facets import Facet
from search.generation import UntilIndexed
from search.joint_facets import JointFacet, register_joint
from search.kinds import register_kind
from search.registry import HitAddress, Searchable, register, register_facet

from . import hit_facts, host_fields
from .added_facts import AddedFacts, entry_ids_of, related_models
from .addresses import directory_page
from .ages import AGES, ages_of
from .blurring import places_shown
from .facets import ChoicesFacet, InOrderFacet, connect
from .models import (
    SLUG_LENGTH,
    AttendanceOption,
    CostOption,
    Entry,
    EntryKind,
    EntryStatus,
    EntryTargetGroup,
    EntryTopic,
    Facility,
    Location,
    OfferForm,
    PlaceName,
    Schedule,
    TargetGroup,
)
from .models.languages import language_choices
from .querysets import EntryQuerySet
from .when import TIMES_OF_DAY, WEEKDAYS, time_of_day, weekdays_of


class EntrySearchable(Searchable):
    name = "torv_directory.entry"
    label = _("Entry")
    models = (Entry,)
    related_models = (
        Topic,
        TargetGroup,
        Location,
        EntryTopic,
        EntryTargetGroup,
        Schedule,
        CostOption,
        *related_models(),
    )

    def key(self, instance: Model) -> str:
        assert isinstance(instance, Entry)  # noqa: S101 - what `models` says
        return str(instance.translation_key)

    def keys(self) -> Iterable[str]:
        rows = Entry.objects.sources().order_by("pk").values_list("translation_key", flat=True)
        return (str(key) for key in rows.iterator())

    def documents(self, keys: Sequence[str]) -> Iterator[Document]:
        """Entries that are not visible at the moment too: the index compares their dates."""
        sources = list(_live_sources(keys))
        facts = _Facts(sources)
        locales = {locale.pk: locale.language_code for locale in Locale.objects.all()}
        for source in sources:
            places = facts.places_shown(source)
            rows = facts.translations[source.pk]
            facets = facts.facets(source)
            stored = hit_facts.stored(source, places, facts.schedules(source))
            is_open = facts.is_open(source)
            for locale_id, code in locales.items():
                row = rows.get(locale_id, source)
                words = (
                    *facts.topic_words(source, locale_id),
                    *facts.group_words(source, locale_id),
                    *facts.added.words(source, code),
                )
                yield _document(
                    source=source,
                    row=row,
                    places=places,
                    locale=code,
                    lang=locales[row.locale_id],
                    words=words,
                    texts=facts.added.texts(source),
                    facets=facets,
                    stored=stored,
                    is_open=is_open,
                )

    def address(self, site: Site, locale: str) -> HitAddress | None:
        page = directory_page(site, locale)
        if page is None:
            return None
        list_url = page.get_url(current_site=site)
        return lambda hit: f"{list_url}{hit.stored['slug']}/"

    def related_keys(self, instance: Model) -> Iterable[str]:
        entries = Entry.objects.sources()
        if isinstance(instance, Topic):
            topics = TopicTree.load().with_narrower(instance.facts.pk)
            entries = entries.filter(entry_topics__topic__in=topics).distinct()
        elif isinstance(instance, TargetGroup):
            entries = entries.filter(entry_target_groups__target_group=instance.facts.pk)
        elif isinstance(instance, Location | EntryTopic | EntryTargetGroup | Schedule | CostOption):
            entries = entries.filter(pk=instance.entry_id)
        else:
            entries = entries.filter(pk__in=entry_ids_of(instance))
        return [str(key) for key in entries.order_by("pk").values_list("translation_key", flat=True)]


class _Facts:
    """What belongs to many entries, one query for each sort: prefetching costs far more, row by row."""

    def __init__(self, sources: Sequence[Entry]) -> None:
        ids = [source.pk for source in sources]
        self.places: dict[int, list[Location]] = defaultdict(list)
        for place in Location.objects.filter(entry__in=ids).order_by("entry", "sort_order"):
            self.places[place.entry_id].append(place)
        self.translations: dict[int, dict[int, Entry]] = defaultdict(dict)
        # By the key they share with their source: few entries have a translation, so an index of the sources
        # tells a database little.
        keys = [source.translation_key for source in sources]
        for row in Entry.objects.filter(translation_key__in=keys, source_row__in=ids, live=True):
            self.translations[row.source_row_id or 0][row.locale_id] = row
        topics: dict[int, list[int]] = defaultdict(list)
        carried = EntryTopic.objects.filter(entry__in=ids).order_by("entry", "sort_order")
        for entry_id, topic_id in carried.values_list("entry_id", "topic_id"):
            topics[entry_id].append(topic_id)
        self._schedules: dict[int, list[Schedule]] = defaultdict(list)
        for schedule in Schedule.objects.filter(entry__in=ids):
            self._schedules[schedule.entry_id].append(schedule)
        self._costs: dict[int, list[CostOption]] = defaultdict(list)
        for cost in CostOption.objects.filter(entry__in=ids):
            self._costs[cost.entry_id].append(cost)
        self._groups: dict[int, list[int]] = defaultdict(list)
        named = EntryTargetGroup.objects.filter(entry__in=ids).order_by("entry", "sort_order")
        for entry_id, group_id in named.values_list("entry_id", "target_group_id"):
            self._groups[entry_id].append(group_id)
        self._group_labels = {
            (group.source_row_id or group.pk, group.locale_id if group.source_row_id else 0): group
            for group in TargetGroup.objects.all()
        }
        self.added = AddedFacts(ids)
        self._today = timezone.localdate()
        self._tree = TopicTree.load()
        self._topics = {entry.pk: self._tree.naming(topics[entry.pk]) for entry in sources}
        self._words = _topic_words({topic for carried in self._topics.values() for topic in carried})

    def places_shown(self, source: Entry) -> list[Location]:
        """Roughly only, where the entry carries a sensitive topic."""
        places = self.places[source.pk]
        return places_shown(source, places, is_sensitive=self.is_sensitive(source))

    def is_sensitive(self, source: Entry) -> bool:
        """Whether a topic of it, or one above that, is."""
        return self._tree.is_sensitive(self._topics[source.pk])

    def is_open(self, source: Entry) -> bool:
        return sensitive.may_be_open_data(self._topics[source.pk], self._tree)

    def topic_words(self, source: Entry, locale_id: int) -> tuple[str, ...]:
        """Labels and synonyms; a topic without a translation gives its own."""
        found = (self._words.get((topic, locale_id)) for topic in self._topics[source.pk])
        own = (self._words.get((topic, 0), ()) for topic in self._topics[source.pk])
        return tuple(
            word for words, source_words in zip(found, own, strict=True) for word in words or source_words
        )

    def group_words(self, source: Entry, locale_id: int) -> tuple[str, ...]:
        labels = self._group_labels
        return tuple(
            labels.get((group, locale_id), labels[group, 0]).label for group in self._groups[source.pk]
        )

    def schedules(self, source: Entry) -> list[Schedule]:
        """Those with a day to come; none where it does not take place. Each night the index is told anew."""
        if not source.takes_place:
            return []
        return [each for each in self._schedules[source.pk] if not each.rule.is_over(self._today)]

    def _schedule_facets(self, source: Entry) -> dict[str, tuple[str, ...]]:
        schedules = self.schedules(source)
        days_and_times = [
            (day, time_of_day(schedule.opens_at))
            for schedule in schedules
            for day in weekdays_of(schedule, self._today)
        ]
        return {
            "weekday": tuple(dict.fromkeys(day for day, _time in days_and_times)),
            "time_of_day": tuple(dict.fromkeys(time_of_day(schedule.opens_at) for schedule in schedules)),
            WHEN.name: tuple(dict.fromkeys(WHEN.pair(*pair) for pair in days_and_times)),
        }

    def _details(self, source: Entry) -> dict[str, tuple[str, ...]]:
        costs = self._costs[source.pk]
        facilities = (code for place in self.places[source.pk] for code in place.facilities)
        return {
            "target_group": tuple(self._group_labels[group, 0].slug for group in self._groups[source.pk]),
            "language": tuple(source.languages),
            "offer_form": tuple(source.offer_forms),
            "attendance": (source.attendance_option,) if source.attendance_option else (),
            "accessibility": tuple(dict.fromkeys(facilities)),
            "age": ages_of(source),
            "cost": ("free",) if costs and all(cost.is_free for cost in costs) else (),
            "open_for_new": ("yes",) if source.is_open_for_new else (),
            **self._schedule_facets(source),
        }

    def facets(self, source: Entry) -> dict[str, tuple[str, ...]]:
        places = self.places[source.pk]
        return {
            **self.added.facets(source),
            "entry_kind": (source.kind,) if source.kind else (),
            "topic": self._tree.with_broader(self._topics[source.pk]),
            "place": tuple(dict.fromkeys(place.city_slug for place in places if place.city_slug)),
            **{name: values for name, values in self._details(source).items() if values},
            "region": tuple(dict.fromkeys(place.region_slug for place in places if place.region_slug)),
        }


def _topic_words(ids: set[int]) -> dict[tuple[int, int], tuple[str, ...]]:
    """(source row, locale) -> words of the topic in that locale; locale 0 stands for the source's own."""
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for topic in Topic.objects.filter(Q(pk__in=ids) | Q(source_row__in=ids)):
        words = (topic.pref_label, *topic.synonyms)
        if topic.source_row_id is None:
            found[topic.pk, 0] = words
        else:
            found[topic.source_row_id, topic.locale_id] = words
    return found


def _live_sources(keys: Sequence[str]) -> EntryQuerySet:
    sources = Entry.objects.sources().filter(translation_key__in=keys, live=True)
    return sources.exclude(status=EntryStatus.DEFUNCT)


def _document(
    *,
    source: Entry,
    row: Entry,
    places: Sequence[Location],
    locale: str,
    lang: str,
    words: tuple[str, ...],
    texts: tuple[str, ...],
    facets: Mapping[str, tuple[str, ...]],
    stored: Mapping[str, object],
    is_open: bool,
) -> Document:
    positions = [place.public_position for place in places if place.public_position]
    position = positions[0] if positions else None
    return Document(
        object_key=str(source.translation_key),
        object_id=row.pk,
        locale=locale,
        lang=lang,
        kind=source.kind or "entry",
        title=row.name,
        keywords=(*words, *row.other_names, _kind_label(source.kind, lang)),
        summary=row.summary,
        body="\n".join(filter(None, (*_texts(row), *texts, *map(_address, places)))),
        facets=facets,
        stored={**stored, "kind_label": _kind_label(source.kind, locale)},
        visible_from=source.visible_from,
        visible_to=min(filter(None, (source.visible_to, source.expire_at)), default=None),
        checked_on=source.assured_on,
        latitude=position and position[0],
        longitude=position and position[1],
        other_positions=tuple(positions[1:]),
        is_open=is_open,
    )


def _texts(row: Entry) -> tuple[str, ...]:
    """What is written of it, without the names of persons."""
    return (
        _plain_text(row.description),
        row.purposes,
        row.eligibility_description,
        row.application_process,
        row.team_description,
    )


@cache
def _kind_label(kind: str, lang: str) -> str:
    with translation.override(lang):
        return str(EntryKind(kind).label) if kind in EntryKind.values else kind


def _address(place: Location) -> str:
    parts = (*place.public_street, f"{place.postal_code} {place.city}".strip(), place.region)
    return ", ".join(filter(None, parts))


def _plain_text(rich_text: str) -> str:
    """Words of neighbouring elements stay apart: a paragraph's end is no end of a word in the markup."""
    return " ".join(html.unescape(strip_tags(rich_text.replace("<", " <"))).split())


class EntryKindFacet(Facet):
    name = "entry_kind"
    label = _("Kind")

    def labels(self, values: Sequence[str], locale: str) -> Mapping[str, str]:
        with translation.override(locale):
            return {kind.value: str(kind.label) for kind in EntryKind if kind.value in values}


#: Every search asks whether its words are places; a new place comes with a change of the index.
_place_names = UntilIndexed()


class PlaceNameFacet(Facet):
    """Towns or regions, as they were first written."""

    sort: PlaceName.Sort

    def labels(self, values: Sequence[str], locale: str) -> Mapping[str, str]:
        return dict(PlaceName.objects.filter(sort=self.sort, slug__in=values).values_list("slug", "name"))

    def places(self, names: Sequence[str]) -> Mapping[str, str]:
        known = _place_names.remember((self.sort,), self._known)
        slugs = {name: known.get(slug_of(name, SLUG_LENGTH)) for name in names}
        return {name: slug for name, slug in slugs.items() if slug}

    def _known(self) -> Mapping[str, str]:
        """What readers write, as a slug -> the place. Searches leave stop words out: of `Frankfurt am Main`
        a German one asks for `frankfurt-main`."""
        rows = PlaceName.objects.filter(sort=self.sort).order_by("slug").values_list("slug", "name")
        known = {slug: slug for slug, _name in rows}
        for slug, name in rows:
            for telling in _without_stop_words(name):
                known.setdefault(telling, slug)
        return known

    def names(self, locale: str) -> Mapping[str, Sequence[str]]:
        rows = PlaceName.objects.filter(sort=self.sort).values_list("slug", "name")
        return {slug: (name,) for slug, name in rows}


def _without_stop_words(name: str) -> Iterator[str]:
    """Slugs of a name as the languages with stop words leave it; of those that are all stop words none."""
    words = WORD.findall(normalise(name))
    for language in STOP_WORDS if len(words) > 1 else ():
        telling = [word for word in words if not is_stop_word(analyse_word(word, language)[0], language)]
        if telling:
            yield slug_of(" ".join(telling), SLUG_LENGTH)


class PlaceFacet(PlaceNameFacet):
    name = "place"
    label = _("Town")
    sort = PlaceName.Sort.TOWN


class RegionFacet(PlaceNameFacet):
    name = "region"
    label = _("Region or state")
    sort = PlaceName.Sort.REGION


class TargetGroupFacet(Facet):
    name = "target_group"
    label = _("Target group")

    def labels(self, values: Sequence[str], locale: str) -> Mapping[str, str]:
        groups = TargetGroup.objects.filter(slug__in=values).select_related("locale")
        own = {group.slug: group.label for group in groups if group.is_source}
        return own | {group.slug: group.label for group in groups if group.locale.language_code == locale}


#: Both of one meeting: who meets on Monday morning and Thursday evening does not on Monday evening.
WHEN = JointFacet(
    name="weekday_and_time",
    parts={
        "weekday": tuple(value for value, _label in WEEKDAYS.values()),
        "time_of_day": tuple(value for value, _label in TIMES_OF_DAY),
    },
)

#: Headings above lists of entries.
KINDS = {
    EntryKind.SELF_HELP_GROUP.value: _("Self-help groups"),
    EntryKind.NETWORK.value: _("Networks"),
    EntryKind.CONTACT_POINT.value: _("Contact points"),
    EntryKind.COOPERATION_PARTNER.value: _("Co-operation partners"),
    "entry": _("Other offers"),
}

register(EntrySearchable())
for _order, (_slug, _label) in enumerate(KINDS.items(), start=50):
    register_kind(_slug, _label, order=_order)
register_facet(TargetGroupFacet())
register_facet(InOrderFacet("weekday", _("Weekday"), lambda: WEEKDAYS.values()))
register_facet(InOrderFacet("time_of_day", _("Time of day"), lambda: TIMES_OF_DAY))
register_joint(WHEN)
register_facet(ChoicesFacet("offer_form", _("Form of the offer"), lambda: OfferForm.choices))
register_facet(ChoicesFacet("attendance", _("Attendance"), lambda: AttendanceOption.choices))
register_facet(ChoicesFacet("language", _("Language"), language_choices))
register_facet(ChoicesFacet("accessibility", _("Accessibility"), lambda: Facility.choices))
register_facet(InOrderFacet("age", _("Open to the age"), lambda: AGES))
register_facet(ChoicesFacet("cost", _("Cost"), lambda: [("free", _("Free of charge"))]))
register_facet(ChoicesFacet("open_for_new", _("Free places"), lambda: [("yes", _("Has free places"))]))
register_facet(EntryKindFacet())
register_facet(PlaceFacet())
register_facet(RegionFacet())
for _facet in host_fields.facets():
    register_facet(_facet)
connect()
