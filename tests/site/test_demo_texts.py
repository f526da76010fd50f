"""The demo's files as written: no filler, nobody real, nothing that leads out of the demo."""

import re
import tomllib
from collections import Counter

import phonenumbers
import pytest
from demo import drawing, texts
from django.core.validators import validate_email

FILES = sorted(texts.DATA.rglob("*.toml"))
DOCUMENTED_NUMBERS = re.compile(r"(?:\+45 ?)?68 ?0\d(?: ?\d\d){2}|\+494066969\d{3}|112")


def content(file):
    """The values of a file as one text: comments say things that no citizen reads."""
    return "\n".join(strings(tomllib.loads(file.read_text(encoding="utf-8"))))


def strings(value):
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return [value] if isinstance(value, str) else []
    return [text for inner in value for text in strings(inner)]


def name(file):
    return str(file.relative_to(texts.DATA))


@pytest.mark.parametrize("file", FILES, ids=name)
def test_there_is_no_filler_text(file):
    assert not re.search(r"lorem|ipsum|dolor sit|todo|fixme|xxx|asdf|\?\?\?", content(file), re.IGNORECASE)


@pytest.mark.parametrize("file", FILES, ids=name)
def test_numbers_that_could_be_called_are_from_the_documented_ranges(file):
    runs = re.findall(r"(?<!\w)\+?\d[\d ]{6,}\d(?!\w)", content(file))
    assert [run for run in runs if not DOCUMENTED_NUMBERS.fullmatch(run)] == []


def test_the_documented_numbers_are_valid_and_used():
    found = [run for file in FILES for run in re.findall(r"\+(?:4568\d{6}|494066969\d{3})", content(file))]
    assert len(found) > 85
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(number)) for number in found)


@pytest.mark.parametrize("file", FILES, ids=name)
def test_mail_and_web_addresses_end_in_example(file):
    text = content(file)
    hosts = re.findall(r"https?://([^/\"'<\s]+)", text) + re.findall(r"[\w.+-]+@([\w.-]+\w)", text)
    assert [host for host in hosts if not host.endswith(".example")] == []


def test_mail_addresses_are_well_formed():
    found = {mail for file in FILES for mail in re.findall(r"[\w.+-]+@[\w.-]+\w", content(file))}
    assert len(found) > 10
    for mail in found:
        validate_email(mail)


def test_places_have_the_invented_postcodes():
    codes = {entry.values["place"]["postal_code"] for entry in texts.entries()}
    assert codes == {"6345", "6350", "6355", "6365", "6385", "43210"}


def test_there_are_eighty_entries_of_every_kind_and_a_good_part_is_translated():
    entries = texts.entries()
    kinds = Counter(entry.values["kind"] for entry in entries)
    assert kinds == {"self-help-group": 46, "co-operation-partner": 19, "contact-point": 8, "network": 7}
    assert all("da" in entry.values for entry in entries)
    for locale, least in (("de", 35), ("en", 25)):
        assert sum(locale in entry.values for entry in entries) >= least


def test_every_town_has_entries_and_every_narrow_topic_is_somebodys():
    entries = texts.entries()
    towns = Counter(entry.values["place"]["city"] for entry in entries)
    used = {topic for entry in entries for topic in entry.values["topics"]}
    topics = texts.rows("topics.toml", "topic", key="slug")
    broader = {topic.values["broader"] for topic in topics if "broader" in topic.values}
    villages = ("Havmølle", "Østerklint", "Hejresund", "Lærkemose")
    assert min(towns[town] for town in villages) >= 3
    assert {topic.key for topic in topics} - broader - used == set()


def test_no_two_entries_tell_the_same():
    said = Counter(
        sentence
        for entry in texts.entries()
        for locale in texts.LOCALES
        for sentence in sentences(entry.values.get(locale, {}))
    )
    assert [sentence for sentence, times in said.items() if times > 1] == []
    for field in ("phone", "email"):
        reached = Counter(entry.values[field] for entry in texts.entries() if field in entry.values)
        assert max(reached.values()) == 1


def sentences(words):
    """The sentences of an entry that are long enough to be its own: what warns of danger may be repeated."""
    plain = re.sub(r"<[^>]*>", "\n", f"{words.get('summary', '')}\n{words.get('description', '')}")
    parts = (part.strip() for part in re.split(r"(?<=[.?!])\s|\n", plain))
    return {part for part in parts if len(part) > 25 and "112" not in part}


def test_topics_form_a_hierarchy_of_three_levels_with_words_in_every_language():
    topics = {topic.key: topic for topic in texts.rows("topics.toml", "topic", key="slug")}
    assert len(topics) >= 40
    assert all(topic.values[locale]["words"] for topic in topics.values() for locale in texts.LOCALES)
    assert {depth(topics, slug) for slug in topics} == {1, 2, 3}


def depth(topics, slug):
    broader = topics[slug].values.get("broader")
    return 1 + depth(topics, broader) if broader else 1


@pytest.mark.parametrize("locale", texts.LOCALES)
def test_a_word_leads_to_one_topic(locale):
    rows = [topic.values[locale] for topic in texts.rows("topics.toml", "topic", key="slug")]
    words = Counter(word.casefold() for row in rows for word in {row["label"], *row["words"]})
    assert [word for word, times in words.items() if times > 1] == []


def test_what_pages_and_entries_refer_to_is_there():
    topics = {topic.key for topic in texts.rows("topics.toml", "topic", key="slug")}
    persons = {person.key for person in texts.rows("contact-persons.toml", "person")}
    groups = {group.key for group in texts.rows("target-groups.toml", "target_group", key="slug")}
    pictures = {picture.key for picture in texts.rows("pictures.toml", "picture")}
    files = {file.key for file in texts.rows("documents.toml", "document")}
    for text in [*texts.pages(), *texts.entries()]:
        assert set(text.values.get("topics", [])) <= topics
        assert set(text.values.get("contacts", [])) <= persons
        assert set(text.values.get("target_groups", [])) <= groups
        assert {key for block in text.values.get("body", []) for key in block.get("files", [])} <= files
        assert {block["picture"] for block in text.values.get("body", []) if "picture" in block} <= pictures
    assert pictures == drawing.SCENES.keys()


def test_links_name_pages_and_entries_that_are_there():
    pages = {page.key for page in texts.pages()}
    entries = {entry.key for entry in texts.entries()}
    topics = {topic.key for topic in texts.rows("topics.toml", "topic", key="slug")}
    all_text = "".join(content(file) for file in FILES)
    assert set(re.findall(r'href="page:([^"]*)"', all_text)) <= pages
    assert set(re.findall(r'href="entry:([^"]*)"', all_text)) <= entries
    assert set(re.findall(r'href="directory:\?topic=([^"]*)"', all_text)) <= topics


def test_a_page_in_another_language_is_placed_by_its_source():
    german = next(page for page in texts.pages() if (page.locale, page.key) == ("de", "open-dialogue"))
    assert "parent" not in german.values
    assert (german.kind, german.parent) == ("service", "mental-health")


def test_every_page_stands_below_one_that_comes_before_it():
    pages = {(page.locale, page.key): page for page in texts.pages()}
    for page in pages.values():
        if page.parent:
            assert pages[page.locale, page.parent].order < page.order


def test_a_picture_comes_out_the_same_each_time():
    first, second = drawing.draw("dawn"), drawing.draw("dawn")
    assert first.size == (1600, 900)
    assert first.tobytes() == second.tobytes()
