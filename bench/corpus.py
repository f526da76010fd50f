"""Made-up entries in any number: 66 words each, drawn from a vocabulary with Zipf's frequencies."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time
from itertools import accumulate

from django.utils.html import strip_tags
from django.utils.text import slugify
from wagtail.models import Locale, Page, Site

from cms_blocks.models import Topic
from directory.models import Entry, EntryKind, EntryTopic, Location, PlaceName, Schedule
from directory.pages.models import DirectoryPage

from .contestants import is_plain
from .stock.models import StockEntry, StockTopic

WORDS_PER_ENTRY = 66
_VOCABULARY = 20_000
_TOPICS = 100
_TOWNS = 40
_REGIONS = 5
_BATCH = 2_000


@dataclass(frozen=True)
class Corpus:
    """The vocabulary, most frequent word first, and words that stand in about 30 % of the entries."""

    vocabulary: list[str]
    words_near_common: list[str]
    random: random.Random
    used: set[str] = field(default_factory=set)


def make_corpus() -> Corpus:
    """The same for every run: the seed is fixed."""
    source = random.Random(20_261)
    words: dict[str, None] = {}
    while len(words) < _VOCABULARY:
        syllables = source.randint(2, 5)
        word = "".join(source.choice("bdfgklmnprstv") + source.choice("aiou") for _ in range(syllables))
        if is_plain(word):
            words[word] = None
    vocabulary = list(words)
    return Corpus(vocabulary, [vocabulary[_common_rank() + step] for step in (0, 1, -1, 2)], source)


def reread() -> Corpus:
    """That of a database which was filled before."""
    made = make_corpus()
    for texts in Entry.objects.values_list("name", "summary", "description").iterator(_BATCH):
        made.used.update(strip_tags(" ".join(texts)).split())
    return made


def _weights() -> list[float]:
    return [1 / (rank + 3) for rank in range(_VOCABULARY)]


def _common_rank() -> int:
    """The rank of the word that an entry of 66 words holds with a chance nearest to 30 %."""
    weights = _weights()
    total = sum(weights)
    chances = [1 - (1 - weight / total) ** WORDS_PER_ENTRY for weight in weights[:50]]
    return min(range(len(chances)), key=lambda rank: abs(chances[rank] - 0.3))


def queries(corpus: Corpus) -> dict[str, str]:
    """21 queries by name: rare, middling, common, two words, beginnings of words."""
    words = corpus.vocabulary
    near = corpus.words_near_common
    seen = [word for word in words if word in corpus.used]
    rare = {f"rare, {part} % rarer": seen[len(seen) * (100 - part) // 100] for part in (40, 30, 15, 2)}
    middling = {f"middling, rank {rank}": words[rank] for rank in (60, 100, 150, 200, 300, 400)}
    common = {f"common {number}": word for number, word in enumerate(near[:4], 1)}
    pairs = {
        "two words, common": f"{near[0]} {near[1]}",
        "two words, mixed": f"{near[0]} {words[200]}",
        "two words, middling": f"{words[60]} {words[90]}",
        "two words, rare": f"{words[300]} {words[50]}",
    }
    beginnings = {f"beginning {rank}": words[rank][:5] + "*" for rank in (120, 500, 2500)}
    return {**rare, **middling, **common, **pairs, **beginnings}


def write_entries(corpus: Corpus, size: int) -> None:
    """Entries with a place, a meeting time and one or two topics, written in bulk, live, in Danish only."""
    locale, _created = Locale.objects.get_or_create(language_code="da")
    Locale.objects.exclude(pk=locale.pk).delete()
    home = Page.objects.get(pk=Site.objects.get().root_page_id)
    home.add_child(instance=DirectoryPage(title="Vejviser", slug="vejviser", locale=locale))
    topics = _topics(locale)
    cumulated = list(accumulate(_weights()))
    for start in range(0, size, _BATCH):
        numbers = range(start, min(start + _BATCH, size))
        entries = Entry.objects.bulk_create([_entry(corpus, cumulated, number, locale) for number in numbers])
        places = Location.objects.bulk_create([_location(corpus.random, entry) for entry in entries])
        PlaceName.remember(places)
        Schedule.objects.bulk_create([_schedule(entry) for entry in entries])
        EntryTopic.objects.bulk_create(
            [row for entry in entries for row in _carried(corpus.random, entry, topics)]
        )


def _topics(locale: Locale) -> list[Topic]:
    return Topic.objects.bulk_create(
        [Topic(pref_label=f"Emne {n}", slug=f"emne-{n}", locale=locale) for n in range(_TOPICS)]
    )


def _town_names() -> list[str]:
    return [f"By {n}" for n in range(_TOWNS)]


def _entry(corpus: Corpus, cumulated: list[float], number: int, locale: Locale) -> Entry:
    words = corpus.random.choices(corpus.vocabulary, cum_weights=cumulated, k=WORDS_PER_ENTRY)
    corpus.used.update(words)
    apart = random.Random(number)
    return Entry(
        name=" ".join(words[:6]),
        summary=" ".join(words[6:20]),
        description=f"<p>{' '.join(words[20:])}</p>",
        slug=f"entry-{number}",
        kind=corpus.random.choice(EntryKind.values),
        locale=locale,
        live=True,
        languages=apart.sample(("da", "de", "en", "ar"), 2),
        attendance_option=apart.choice(("in-person", "online", "hybrid")),
        offer_forms=apart.sample(("group", "one-to-one"), 1),
    )


def _schedule(entry: Entry) -> Schedule:
    apart = random.Random(entry.slug)
    day = apart.choice(("MO", "TU", "WE", "TH", "FR"))
    return Schedule(entry=entry, byday=[day], opens_at=time(apart.choice((9, 14, 19))))


def _location(source: random.Random, entry: Entry) -> Location:
    name = source.choice(_town_names())
    region = f"Region {source.randrange(_REGIONS)}"
    apart = random.Random(entry.slug)
    place = Location(
        entry=entry,
        city=name,
        region=region,
        postal_code="8000",
        latitude=apart.uniform(55, 56),
        longitude=apart.uniform(9, 11),
    )
    place.derive()
    return place


def _carried(source: random.Random, entry: Entry, topics: list[Topic]) -> Iterator[EntryTopic]:
    for topic in source.sample(topics, source.choice((1, 2))):
        yield EntryTopic(entry=entry, topic=topic)


def write_stock_entries() -> None:
    """The entries of the directory once more, as the stock model."""
    topics = {
        slug: StockTopic.objects.create(slug=slug) for slug in Topic.objects.values_list("slug", flat=True)
    }
    entries = Entry.objects.prefetch_related("locations", "entry_topics__topic").order_by("pk")
    batch: list[Entry] = []
    for entry in entries.iterator(_BATCH):
        batch.append(entry)
        if len(batch) == _BATCH:
            _write_stock_batch(batch, topics)
            batch = []
    _write_stock_batch(batch, topics)


def _write_stock_batch(batch: list[Entry], topics: dict[str, StockTopic]) -> None:
    written = StockEntry.objects.bulk_create([_stock_entry(entry) for entry in batch])
    through = StockEntry.topics.through
    through.objects.bulk_create(
        [
            through(stockentry_id=stock.pk, stocktopic_id=topics[carried.topic.slug].pk)
            for stock, entry in zip(written, batch, strict=True)
            for carried in entry.entry_topics.all()
        ]
    )


def _stock_entry(entry: Entry) -> StockEntry:
    place = entry.locations.all()[0]
    return StockEntry(
        name=entry.name,
        summary=entry.summary,
        description=entry.description,
        kind=entry.kind,
        town=place.city_slug,
        region=slugify(place.region),
    )
