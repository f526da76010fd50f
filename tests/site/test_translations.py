"""Every text of the interface is found, and has a Danish and a German translation."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.contrib.auth.models import User
from django.test import Client
from wagtail.users.models import UserProfile

from scripts import messages, wagtail_texts
from scripts.extraction import python_texts, template_texts


def from_template(source: str) -> list[tuple[object, str | None]]:
    return [(text.id, text.context) for text in template_texts(source)]


def from_python(source: str) -> list[tuple[object, str | None]]:
    return [(text.id, text.context) for text in python_texts(source.encode())]


def test_every_text_of_the_interface_is_translated() -> None:
    assert messages.all_faults() == []


def test_all_that_wagtails_admin_says_is_translated() -> None:
    assert wagtail_texts.all_faults() == []


@pytest.mark.django_db
def test_danish_editors_read_danish_where_wagtail_has_english(client: Client, admin_user: User) -> None:
    UserProfile.objects.create(user=admin_user, preferred_language="da")
    client.force_login(admin_user)
    assert "Gå til hovedindholdet" in client.get("/admin/").content.decode()
    assert "Gemmer automatisk" in client.get("/admin/jsi18n/").content.decode()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('{% translate "Search" %}', ("Search", None)),
        ("{% trans 'Search' as label %}", ("Search", None)),
        ('{% translate "May" context "month" %}', ("May", "month")),
        ('{% translate "May" context "month" as label %}', ("May", "month")),
        ('{% translate "It\'s open"|capfirst %}', ("It's open", None)),
        ('{% translate "100 % free" %}', ("100 %% free", None)),
        ('{{ _("Search") }}', ("Search", None)),
        ('{{ value|default:_("none") }}', ("none", None)),
        ('{% include "x.html" with label=_("Close") %}', ("Close", None)),
        (
            "{% blocktranslate with n=name %}Hello {{ n }}, 5 %{% endblocktranslate %}",
            ("Hello %(n)s, 5 %%", None),
        ),
        ('{% blocktranslate context "greeting" %}Hi{% endblocktranslate %}', ("Hi", "greeting")),
        ("{% blocktranslate trimmed %}\n  One\n  two\n{% endblocktranslate %}", ("One two", None)),
        (
            "{% blocktrans count n=k trimmed %}\n{{ n }} hit{% plural %}\n{{ n }} hits{% endblocktrans %}",
            (("%(n)s hit", "%(n)s hits"), None),
        ),
    ],
)
def test_one_text_of_a_template(source: str, found: tuple[object, str | None]) -> None:
    assert from_template(source) == [found]


def test_texts_of_a_template_that_nobody_sees_are_left_out() -> None:
    source = '{% comment %}{% translate "a" %}{% endcomment %}{# _("b") #}{% translate name %}<p>_("c")</p>'
    assert from_template(source) == []


def test_verbatim_is_text_and_not_translated() -> None:
    assert from_template('{% verbatim %}{% translate "a" %}{% endverbatim %}') == []


def test_a_constant_in_the_opening_tag_comes_with_the_block() -> None:
    source = '{% blocktranslate with who=_("you") %}For {{ who }}{% endblocktranslate %}'
    assert from_template(source) == [("you", None), ("For %(who)s", None)]


def test_a_note_for_translators_goes_with_the_next_text_only() -> None:
    source = '{# Translators: a button #}{% translate "Send" %}{% translate "Back" %}'
    assert [text.comments for text in template_texts(source)] == [("Translators: a button",), ()]


def test_texts_of_a_template_stand_where_the_engine_looks_them_up() -> None:
    """What is extracted is what Django asks its catalogue for."""
    from django.template import engines
    from django.utils import translation

    block = "{% blocktranslate trimmed with n=name %}\n Hello\n {{ n }}, 5 %\n{% endblocktranslate %}"
    source = "{% load i18n %}" + block
    [text] = template_texts(source)
    asked: list[str] = []
    original = translation._trans.gettext
    translation._trans.gettext = lambda message: asked.append(message) or original(message)
    try:
        engines["django"].from_string(source).render({"name": "Bo"})
    finally:
        translation._trans.gettext = original
    assert text.id in asked


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('_("Name")', ("Name", None)),
        ('gettext_lazy("Name")', ("Name", None)),
        ('_("One "\n  "two")', ("One two", None)),
        ('ngettext("%(n)d row", "%(n)d rows", n)', (("%(n)d row", "%(n)d rows"), None)),
        ('pgettext_lazy("month", "May")', ("May", "month")),
        ('npgettext("hits", "one", "many", n)', (("one", "many"), "hits")),
    ],
)
def test_one_text_of_python(source: str, found: tuple[object, str | None]) -> None:
    assert from_python(source) == [found]


def test_variables_in_python_cannot_be_listed() -> None:
    assert from_python("_(name)\nother('x')\n# _('in a comment')") == []


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """A small app with one text of each sort."""
    templates = tmp_path / "sample" / "templates"
    templates.mkdir(parents=True)
    (templates / "a.html").write_text(
        '{% translate "Search" %}{% translate "May" context "month" %}'
        "{% blocktranslate count n=n %}{{ n }} hit{% plural %}{{ n }} hits{% endblocktranslate %}"
    )
    (tmp_path / "sample" / "views.py").write_text('_("Entries of %(town)s")\n')
    return tmp_path / "sample"


def danish(app: Path) -> messages.TranslationFile:
    return messages.TranslationFile(app=app, language="da")


def translate(app: Path, **words: str | tuple[str, str]) -> None:
    """Write the translations of the sample's texts; what is not given stays as it was."""
    file = danish(app)
    catalog = file.read()
    for key, word in words.items():
        message_id = {"search": "Search", "may": "May", "hits": "%(n)s hit", "town": "Entries of %(town)s"}[
            key
        ]
        message = catalog.get(message_id, "month" if key == "may" else None)
        assert message is not None
        message.string = word
        message.flags.discard("fuzzy")
    file.path.write_bytes(messages.written(file, catalog))


def faults(app: Path) -> list[str]:
    return list(messages.faults(danish(app), messages.extract(app)))


GOOD = {"search": "Søg", "may": "maj", "hits": ("%(n)s fund", "%(n)s fund"), "town": "Indgange i %(town)s"}


def test_a_file_is_written_once_and_then_stays_as_it_is(app: Path) -> None:
    messages.update_all([app])
    translate(app, **GOOD)
    first = danish(app).path.read_bytes()
    messages.update_all([app])
    assert danish(app).path.read_bytes() == first
    assert faults(app) == []


def test_a_file_names_no_dates_no_machine_and_no_lines(app: Path) -> None:
    messages.update_all([app])
    text = danish(app).path.read_text()
    assert "Date" not in text
    assert str(app) not in text
    assert "#: templates/a.html\n" in text
    assert 'msgctxt "month"' in text
    assert 'msgid_plural "%(n)s hits"' in text


def test_without_translations_every_text_is_a_fault(app: Path) -> None:
    messages.update_all([app])
    assert len(faults(app)) == 4


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"search": ""}, "has no translation"),
        ({"hits": ("%(n)s fund", "")}, "has no translation"),
        ({"town": "Indgange i %(by)s"}, "has other placeholders"),
        ({"town": "Indgange"}, "has other placeholders"),
        ({"hits": ("et fund", "flere fund")}, "has other placeholders"),
    ],
)
def test_a_bad_translation_is_named(app: Path, words: dict[str, str | tuple[str, str]], reason: str) -> None:
    messages.update_all([app])
    translate(app, **{**GOOD, **words})
    [line] = faults(app)
    assert reason in line


def test_a_changed_text_keeps_its_old_translation_as_a_guess(app: Path) -> None:
    messages.update_all([app])
    translate(app, **GOOD)
    (app / "views.py").write_text('_("All entries of %(town)s")\n')
    messages.update_all([app])
    [line] = faults(app)
    assert "All entries of" in line
    assert "fuzzy" in line


def test_a_text_that_is_gone_leaves_the_file(app: Path) -> None:
    messages.update_all([app])
    translate(app, **GOOD)
    (app / "views.py").write_text("")
    messages.update_all([app])
    assert "Indgange" not in danish(app).path.read_text()


def test_two_apps_that_disagree_are_named(app: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "views.py").write_text('_("Search")\n_("Entries of %(town)s")\n')
    messages.update_all([app, other])
    translate(app, **GOOD)
    translate(other, search="Find", town="Indgange i %(town)s")
    assert [line for line in messages.differences([app, other]) if "'Search'" in line]
    assert not [line for line in messages.differences([app, other]) if "Entries" in line]


def test_an_app_that_says_a_word_of_wagtails_admin_otherwise_is_named(
    app: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (app / "views.py").write_text('_("Cancelled")\n')
    messages.update_all([app])
    catalog = danish(app).read()
    catalog["Cancelled"].string = "Aflyst"
    danish(app).path.write_bytes(messages.written(danish(app), catalog))
    monkeypatch.setattr(wagtail_texts, "APPS", (app,))
    [line] = wagtail_texts.all_faults()
    assert "'Cancelled' is translated otherwise" in line


def test_compiling_writes_what_django_reads(app: Path) -> None:
    from gettext import GNUTranslations

    messages.update_all([app])
    translate(app, **GOOD)
    messages.compile_file(danish(app))
    with danish(app).path.with_suffix(".mo").open("rb") as file:
        catalogue = GNUTranslations(file)
    assert catalogue.gettext("Search") == "Søg"
    assert catalogue.pgettext("month", "May") == "maj"
    assert catalogue.ngettext("%(n)s hit", "%(n)s hits", 3) == "%(n)s fund"


def test_an_empty_app_gets_no_file(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    messages.update(danish(empty), Catalog())
    assert not danish(empty).path.exists()
