"""The demo's files as written: no filler, nobody real, nothing that leads out of the demo."""

import re
import tomllib

import phonenumbers
import pytest
from demo import drawing, texts
from django.core.validators import validate_email

FILES = sorted(texts.DATA.rglob("*.toml"))
DOCUMENTED_NUMBERS = re.compile(r"(?:\+45 ?)?68 ?0\d(?: ?\d\d){2}|112")


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
    found = [run for file in FILES for run in re.findall(r"\+4568\d{6}", content(file))]
    assert len(found) > 15
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
    assert codes == {"6350", "6355", "6385"}


def test_there_are_ten_entries_of_every_kind_and_half_of_them_are_translated():
    entries = texts.entries()
    kinds = {entry.values["kind"] for entry in entries}
    assert len(entries) == 10
    assert kinds == {"self-help-group", "co-operation-partner", "contact-point", "network"}
    for locale in ("de", "en"):
        assert sum(locale in entry.values for entry in entries) >= 5


def test_topics_form_a_hierarchy_with_words_in_every_language():
    topics = {topic.key: topic for topic in texts.rows("topics.toml", "topic", key="slug")}
    assert 15 <= len(topics) <= 20
    broader = {topic.values["broader"] for topic in topics.values() if "broader" in topic.values}
    assert broader <= topics.keys()
    assert all(topic.values[locale]["words"] for topic in topics.values() for locale in texts.LOCALES)


def test_what_pages_and_entries_refer_to_is_there():
    topics = {topic.key for topic in texts.rows("topics.toml", "topic", key="slug")}
    persons = {person.key for person in texts.rows("contact-persons.toml", "person")}
    pictures = {picture.key for picture in texts.rows("pictures.toml", "picture")}
    for text in [*texts.pages(), *texts.entries()]:
        assert set(text.values.get("topics", [])) <= topics
        assert set(text.values.get("contacts", [])) <= persons
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
    assert (german.kind, german.parent) == ("standard", "mental-health")


def test_a_picture_comes_out_the_same_each_time():
    first, second = drawing.draw("dawn"), drawing.draw("dawn")
    assert first.size == (1600, 900)
    assert first.tobytes() == second.tobytes()
